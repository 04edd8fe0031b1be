"""Which rate of a funnel is the headline, and what is said where one is missing."""

import pytest
from tests.core.bench import WHOLE, Bench, Columns, Given, ResultOf, SetProject

ONE = '[funnels.f]\nsteps = ["a", "b"]\nwindow = "10 days"'


def follow(late: int, converted: int = 1) -> Columns:
    """Return customers of whom as many were followed to the end without a goal."""
    rows = [(f"d{one:03d}", "a", "2024-06-21 00:00") for one in range(late)]
    for one in range(converted):
        rows += [
            (f"g{one:03d}", "a", "2024-06-28 00:00"),
            (f"g{one:03d}", "b", "2024-06-28 01:00"),
        ]
    names = ("customer", "activity", "occurred_at")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


@pytest.mark.parametrize(("late", "basis"), [(29, "rate_mature"), (30, "rate_km")])
def test_the_estimate_is_the_headline_if_thirty_were_followed_to_the_end(
    bench: Bench, late: int, basis: str
) -> None:
    bench.set_project(ONE)
    bench.given(stg_events=follow(late))
    for table, where in (("fct_funnel", "step_index = 2"), ("fct_conversion", "true")):
        ((found, at_risk, rate, low, high),) = bench.result_of(
            table,
            "conversion_rate_basis, at_risk_at_window, conversion_rate",
            "conversion_rate_low, conversion_rate_high",
            where=f"{WHOLE} and {where}"
            + (" and period = 'all'" if table == "fct_conversion" else ""),
        )
        assert (found, at_risk) == (basis, late)
        assert bench.con.execute(
            f"select {basis}, {basis}_low, {basis}_high from {table} where {WHOLE}"
            f" and {where} and {basis} <> 1 order by all desc limit 1"
        ).fetchone() == (rate, low, high)


def test_without_an_estimate_it_is_said_why(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(ONE + '\n[funnels.never]\nsteps = ["y", "z"]')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | a        | 2024-06-30
        """
    )
    reasons = "funnel, step_index, rate_km, rate_km_reason, conversion_rate_reason"
    late = "no entry has had its whole window yet"
    assert result_of("fct_funnel", reasons, where=WHOLE) == [
        ("f", 1, 1.0, None, None),
        ("f", 2, None, "nobody was seen for the whole window", late),
        ("never", 1, None, "nobody entered", "nobody entered"),
        ("never", 2, None, "nobody entered", "nobody entered"),
    ]


def test_an_optional_step_has_no_clock(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[funnels.f]\nsteps = ["a", { any = ["b"], optional = true }, "c"]')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | a        | 2024-06-01
            ann      | b        | 2024-06-02
            ann      | c        | 2024-06-03
        """
    )
    assert result_of(
        "fct_funnel", "step_index, rate_km, rate_km_reason", where=WHOLE
    ) == [
        (1, 1.0, None),
        (2, None, "an optional step has no clock of its own"),
        (3, 1.0, None),
    ]


def test_the_time_to_convert_counts_those_who_never_do(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(ONE)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | a        | 2024-06-01 09:00
            ann      | b        | 2024-06-01 10:00
            bob      | a        | 2024-06-01 09:00
            bob      | b        | 2024-06-01 12:00
            cid      | a        | 2024-06-01 09:00
            dan      | a        | 2024-06-01 09:00
        """
    )
    times = "seconds_to_convert_p50, seconds_to_convert_p90"
    assert result_of("fct_funnel", "step_index", times, where=WHOLE) == [
        (1, 0.0, 0.0),
        (2, 10800.0, None),
    ]
