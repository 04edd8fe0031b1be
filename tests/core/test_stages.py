"""How long journeys stay in a stage, and where they go from there."""

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["order"]
inactivity = "10 days"
{more}
[stages]
interest = ["view", "read"]
intent = ["cart"]
purchase = ["order"]
"""
STAGES = PROJECT.format(more="")


def test_a_stay_lasts_until_the_first_step_in_another_stage(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(STAGES)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | read     | 2024-05-01 09:01
            ann      | cart     | 2024-05-01 09:03
            ann      | view     | 2024-05-01 09:04
            ann      | order    | 2024-05-01 09:09
        """,
    )
    assert result_of(
        "fct_stages",
        "stage_index, stage, journeys, visits, events, total_seconds, time_share",
        "next_stage, next_stage_rate, ended_stays",
        where=WHOLE,
    ) == [
        (1, "interest", 1, 2, 3, 480, pytest.approx(8 / 9), "intent", 0.5, 0),
        (2, "intent", 1, 1, 1, 60, pytest.approx(1 / 9), "interest", 1, 0),
        (3, "purchase", 1, 1, 1, 0, 0, None, None, 1),
    ]


def test_steps_without_a_stage_are_a_stay_of_their_own(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(STAGES)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | help     | 2024-05-01 09:01
            ann      | view     | 2024-05-01 09:03
            ann      | order    | 2024-05-01 09:07
        """,
    )
    assert result_of(
        "fct_stages",
        "stage_index, stage, visits, total_seconds, settled, stuck, stuck_rate",
        where=WHOLE,
    ) == [
        (0, "(none)", 1, 120, 1, 0, None),
        (1, "interest", 2, 300, 1, 0, 0),
        (3, "purchase", 1, 0, 1, 1, 1),
    ]


def test_an_open_stay_is_told_apart_and_is_in_no_median(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(STAGES)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | cart     | 2024-05-01 09:10
            bob      | view     | 2024-06-29 09:00
            bob      | cart     | 2024-06-29 09:20
            bob      | cart     | 2024-06-30 09:20
            cid      | view     | 2024-06-30 09:00
        """,
    )
    assert result_of(
        "fct_stages",
        "stage, journeys, closed_stays, open_stays, ended_stays, total_seconds",
        "mean_seconds, p50_seconds, p90_seconds, settled, stuck",
        where=WHOLE,
    ) == [
        ("intent", 2, 1, 1, 1, 86400, 0, 0, 0, 1, 1),
        ("interest", 3, 2, 1, 0, 1800, 900, 600, 1200, 1, 0),
    ]


def test_a_rule_moves_an_event_to_its_stage(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        STAGES
        + """
[[rules]]
match = { path = "/basket" }
stage = "intent"
[[rules]]
match = { path = "/blog" }
stage = "awareness"
"""
    )
    given(
        stg_events="""
            customer | activity | path    | occurred_at
            ann      | view     | /blog   | 2024-05-01 09:00
            ann      | view     | /       | 2024-05-01 09:01
            ann      | view     | /basket | 2024-05-01 09:02
            ann      | order    |         | 2024-05-01 09:04
        """,
    )
    assert result_of("fct_stages", "stage, total_seconds", where=WHOLE) == [
        ("awareness", 60),
        ("intent", 120),
        ("interest", 60),
        ("purchase", 0),
    ]


def test_noise_and_repeats_take_time_but_are_no_steps(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(more='noise = ["ping"]\ncollapse = "all"'))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | ping     | 2024-05-01 09:00
            ann      | view     | 2024-05-01 09:01
            ann      | view     | 2024-05-01 09:02
            ann      | cart     | 2024-05-01 09:04
            ann      | cart     | 2024-05-01 09:07
            ann      | ping     | 2024-05-01 09:08
            bob      | ping     | 2024-05-01 09:00
            bob      | ping     | 2024-05-01 09:05
        """,
    )
    assert result_of(
        "fct_stages", "stage, journeys, visits, events, total_seconds", where=WHOLE
    ) == [
        ("(none)", 1, 1, 0, 300),
        ("intent", 1, 1, 1, 240),
        ("interest", 1, 1, 1, 240),
    ]


def test_aftermath_is_in_no_stay(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(STAGES + 'retention = ["login"]')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | order    | 2024-05-01 09:01
            ann      | login    | 2024-05-01 09:02
        """,
    )
    assert result_of("fct_stages", "stage, total_seconds", where=WHOLE) == [
        ("interest", 60),
        ("purchase", 0),
    ]


def test_without_stages_the_mart_is_empty(given: Given, result_of: ResultOf) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
        """,
    )
    assert result_of("fct_stages", "*") == []
