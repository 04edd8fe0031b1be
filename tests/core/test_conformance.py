"""What an expected journey says of journeys: rule by rule, drawn."""

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject
from tests.core.expected_project import DEVIATIONS, JOURNEYS, NAME, PROJECT


def test_a_step_is_too_late_after_its_time_since_the_event_matched_before(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    steps = '["view", "read", { any = "cart", within = "1 hour" }, "order"]'
    project(PROJECT.format(expected=f"steps = {steps}"))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | read     | 2024-05-01 09:00
            ann      | cart     | 2024-05-01 10:00
            ann      | order    | 2024-05-01 18:00
            bob      | view     | 2024-05-01 08:00
            bob      | read     | 2024-05-01 09:00
            bob      | cart     | 2024-05-01 10:00:01
            bob      | order    | 2024-05-01 18:00
            cid      | view     | 2024-05-01 08:00
            cid      | cart     | 2024-05-01 09:30
            cid      | order    | 2024-05-01 09:40
            dan      | cart     | 2024-05-01 09:30
            dan      | order    | 2024-05-01 19:30
        """,
    )
    # It is one second for bob. Cid's read is skipped, so the view counts; before dan's
    # cart nothing is matched.
    assert result_of(DEVIATIONS, f"{NAME}, step", where="kind = 'too_late'") == [
        ("bob", "cart"),
        ("cid", "cart"),
    ]
    assert result_of(JOURNEYS, f"{NAME}, cost, fitness, is_conforming, too_late") == [
        ("ann", 0, 1, True, 0),
        ("bob", 0, 1, False, 1),
        ("cid", 1, pytest.approx(6 / 7), False, 1),
        ("dan", 2, pytest.approx(4 / 6), False, 0),
    ]


def test_a_journey_is_too_late_from_its_first_step_to_its_last(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(expected='steps = ["cart", "order"]\nwithin = "1 day"'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | cart     | 2024-05-03 08:00
            ann      | order    | 2024-05-04 08:00
            bob      | cart     | 2024-05-03 08:00
            bob      | order    | 2024-05-04 08:01
            cid      | cart     | 2024-05-03 08:00
        """,
    )
    assert result_of(DEVIATIONS, f"{NAME}, kind, step, rule") == [
        ("bob", "too_late", "(journey)", "whole"),
        ("cid", "unfinished", "order", "must"),
    ]


def test_who_is_in_progress_lacks_only_what_it_has_passed(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(expected='steps = ["view", "read", "cart", "order"]'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-28 08:00
            bob      | view     | 2024-06-28 08:00
            bob      | cart     | 2024-06-28 09:00
            cid      | view     | 2024-05-28 08:00
            cid      | cart     | 2024-05-28 09:00
        """,
    )
    assert result_of(DEVIATIONS, f"{NAME}, kind, step") == [
        ("bob", "skipped", "read"),
        ("cid", "skipped", "read"),
        ("cid", "unfinished", "order"),
    ]
    assert result_of(
        "fct_conformance", "journeys, in_progress, conforming", where=WHOLE
    ) == [(3, 2, 1)]


def test_a_stage_is_any_of_its_activities_and_may_last(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    steps = 'steps = [{ stage = "interest" }, { stage = "intent", repeat = false }]'
    project(PROJECT.format(expected=f'{steps}\nnever = [{{ stage = "help" }}]'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | read     | 2024-05-01 08:01
            ann      | view     | 2024-05-01 08:02
            ann      | cart     | 2024-05-01 08:03
            bob      | read     | 2024-05-01 08:00
            bob      | cart     | 2024-05-01 08:01
            bob      | cart     | 2024-05-01 08:02
            bob      | ticket   | 2024-05-01 08:03
        """,
    )
    assert result_of(DEVIATIONS, f"{NAME}, kind, step") == [
        ("bob", "forbidden", "ticket"),
        ("bob", "inserted", "intent"),
    ]


def test_a_stage_that_a_rule_gives_an_event_counts(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    rules = """
        [[rules]]
        match = { activity = "open", channel = "store" }
        stage = "intent"
    """
    project(PROJECT.format(expected='steps = [{ stage = "intent" }]') + rules)
    given(
        stg_events="""
            customer | activity | channel | occurred_at
            ann      | open     | store   | 2024-05-01 08:00
            bob      | open     | web     | 2024-05-01 08:00
        """,
    )
    assert result_of(JOURNEYS, f"{NAME}, steps, unfinished") == [
        ("ann", 1, 0),
        ("bob", 0, 1),
    ]


def test_what_nothing_names_is_allowed_unless_told_otherwise(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    events = """
        customer | activity | occurred_at
        ann      | view     | 2024-05-01 08:00
        ann      | help     | 2024-05-01 08:01
        ann      | order    | 2024-05-01 08:02
    """
    found = {}
    for others in ("allowed", "inserted"):
        steps = 'steps = ["view", "order"]'
        project(PROJECT.format(expected=f'{steps}\nothers = "{others}"'))
        given(stg_events=events)
        found[others] = result_of(DEVIATIONS, "kind, step, rule, deviations")
    assert found == {"allowed": [], "inserted": [("inserted", "help", "other", 1)]}


def test_what_must_come_before_is_missing_or_late_not_what_it_is_about(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(expected='steps = ["view"]\nbefore = { call = "faq" }'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | faq      | 2024-05-01 08:00
            ann      | call     | 2024-05-01 08:01
            ann      | view     | 2024-05-01 08:02
            bob      | call     | 2024-05-01 08:00
            bob      | view     | 2024-05-01 08:01
            cid      | view     | 2024-05-01 08:00
            cid      | call     | 2024-05-01 08:01
            cid      | faq      | 2024-05-01 08:02
        """,
    )
    assert result_of(DEVIATIONS, f"{NAME}, kind, step") == [
        ("bob", "skipped", "faq before call"),
        ("cid", "wrong_order", "faq before call"),
    ]
