"""How a unit stands in a funnel at the watermark, and what a unit is."""

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject
from tests.core.test_funnels import funnel, log


@pytest.mark.parametrize(
    ("entry", "state"),
    [("12:00", "dropped"), ("12:00:00.000001", "in_progress")],
)
def test_a_unit_is_in_progress_until_its_window_has_ended(
    entry: str, state: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    # The last moment of the log is noon of 2 May, and a window lasts a day.
    project('[project]\nname = "T"\nas_of = 2024-05-02T12:00:00Z\n' + funnel("ab"))
    given(stg_events=log(f"a {entry}"))
    assert result_of("int_funnel_units", "state") == [(state,)]


def test_any_late_entry_keeps_a_unit_in_progress_at_its_greatest_depth(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[project]\nname = "T"\nas_of = 2024-05-10T12:00:00Z\n' + funnel())
    given(stg_events=log("a 09:00", "b 09:01", "a 11:00 10"))
    assert result_of("int_funnel_units", "depth", "depth_mature", "state") == [
        (2, 2, "in_progress")
    ]


def test_a_mature_depth_comes_from_entries_whose_window_has_ended(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[project]\nname = "T"\nas_of = 2024-05-10T12:00:00Z\n' + funnel("ab"))
    given(stg_events=log("a 09:00", "a 11:00 10", "b 11:01 10"))
    assert result_of("int_funnel_units", "depth", "depth_mature", "state") == [
        (2, 1, "converted")
    ]


def test_a_customers_chain_may_cross_journeys_but_a_journeys_may_not(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    steps = '[journey]\ngoal = ["g"]\n' + funnel("ab")
    events = log("a 09:00", "g 09:01", "b 09:02")
    project(steps)
    given(stg_events=events)
    assert result_of("int_funnel_units", "unit", "depth") == [("customer", 2)]
    project(steps + 'unit = "journey"')
    given(stg_events=events)
    assert result_of("int_funnel_units", "unit", "depth") == [("journey", 1)]


def test_a_sessions_chain_stays_in_the_session(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel("ab", unit="session"))
    given(stg_events=log("a 09:00", "a 10:00", "b 10:30", "b 11:01"))
    assert result_of("int_funnel_units", "depth") == [(1,), (2,)]


@pytest.mark.parametrize(
    ("as_of", "state"), [("09:29", "in_progress"), ("09:30", "dropped")]
)
def test_a_session_is_open_until_its_silence_is_known(
    as_of: str, state: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        f'[project]\nname = "T"\nas_of = 2024-05-01T{as_of}:00Z\n'
        + funnel("ab", unit="session")
    )
    given(stg_events=log("a 09:00"))
    assert result_of("int_funnel_units", "state") == [(state,)]


def test_a_journey_is_open_while_its_outcome_is_not_known(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[project]\nname = "T"\nas_of = 2024-05-01T12:00:00Z\n[journey]\ngoal = ["g"]\n'
        + funnel("ab", unit="journey")
    )
    given(stg_events=log("a 09:00", "g 09:01", "a 09:02"))
    assert result_of("int_funnel_units", "state") == [("dropped",), ("in_progress",)]


def test_what_happened_after_the_end_of_a_journey_is_no_step_of_it(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[journey]\ngoal = ["g"]\n[stages]\nretention = ["b"]\n'
        + funnel("ab", unit="journey")
    )
    given(stg_events=log("a 09:00", "g 09:01", "b 09:02"))
    assert result_of("int_funnel_units", "depth") == [(1,)]


def test_a_funnel_adds_up(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(funnel())
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | a        | 2024-05-01 09:00
            bob      | a        | 2024-05-01 09:00
            bob      | b        | 2024-05-01 09:01
            cid      | a        | 2024-05-01 09:00
            cid      | b        | 2024-05-01 09:01
            cid      | c        | 2024-05-01 09:02
            dan      | a        | 2024-06-30 09:00
            eve      | b        | 2024-05-01 09:00
        """,
    )
    assert result_of(
        "fct_funnel",
        "step_index, step, entered, reached, dropped, in_progress",
        "entered_mature, reached_mature, rate_observed, rate_mature",
        "rate_observed_of_previous",
        where=WHOLE,
    ) == [
        (1, "a", 4, 4, 1, 1, 3, 3, 1.0, 1.0, None),
        (2, "b", 4, 2, 1, 0, 3, 2, 2 / 4, 2 / 3, 2 / 4),
        (3, "c", 4, 1, 0, 0, 3, 1, 1 / 4, 1 / 3, 1 / 2),
    ]
    assert result_of(
        "fct_conversion", "period, entered, converted, in_progress", where=WHOLE
    ) == [("2024-05-01", 3, 1, 0), ("2024-06-01", 1, 0, 1), ("all", 4, 1, 1)]
