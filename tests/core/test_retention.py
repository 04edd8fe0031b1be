"""Who comes back, period by period."""

from datetime import date

from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

WEEKS = '[retention]\nperiod = "week"'


def test_periods_are_a_customers_own_and_the_birth_does_not_count(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(WEEKS)
    given(
        stg_events="""
            customer | activity | occurred_at             | is_customer
            ann      | view     | 2024-06-12 12:00        | true
            ann      | view     | 2024-06-19 11:59:59     | true
            bob      | view     | 2024-06-16 23:00        | true
            bob      | view     | 2024-06-23 23:00        | true
            bob      | mail     | 2024-06-30 23:00        | false
        """,
    )
    # Both began in the week from Monday 10 June; ann came back in the first seven
    # days, bob exactly a week later. bob's second week ends on 30 June at 23:00.
    assert result_of(
        "fct_retention",
        "cohort, period_index, customers, active, at_risk, retention_rate, is_final",
        where=WHOLE,
    ) == [
        (date(2024, 6, 10), 0, 2, 1, 2, 0.5, True),
        (date(2024, 6, 10), 1, 2, 1, 2, 0.5, True),
        (date(2024, 6, 10), 2, 2, 0, 0, 0.0, False),
    ]


def test_a_cohort_is_a_calendar_period_in_the_projects_zone(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[project]\nname = "T"\ntimezone = "Europe/Berlin"\n'
        'as_of = 2024-07-01T00:00:00Z\n[retention]\nperiod = "month"'
    )
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-31 21:59
            bob      | view     | 2024-05-31 22:00
        """,
    )
    assert result_of(
        "fct_retention", "cohort, customers", where=WHOLE + " and period_index = 0"
    ) == [(date(2024, 5, 1), 1), (date(2024, 6, 1), 1)]


def test_without_periods_nobody_is_followed(given: Given, result_of: ResultOf) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-31 21:59
        """,
    )
    assert result_of("fct_retention", "cohort") == []


def test_a_named_event_is_the_birth_and_named_activities_are_returns(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(WEEKS + '\ncohort = ["order", "gift"]\nreturns = "order"')
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-05-28 12:00 | true
            ann      | order    | 2024-06-04 12:00 | true
            ann      | view     | 2024-06-12 12:00 | true
            ann      | gift     | 2024-06-12 13:00 | true
            bob      | order    | 2024-06-03 12:00 | false
            bob      | gift     | 2024-06-05 12:00 | true
            bob      | order    | 2024-06-13 12:00 | true
            cid      | view     | 2024-06-05 12:00 | true
        """,
    )
    # cid is in no cohort: it never ordered. What ann did on the 12th is no return.
    assert result_of(
        "fct_retention",
        "cohort, period_index, customers, active",
        where=WHOLE + " and period_index < 2",
    ) == [(date(2024, 6, 3), 0, 2, 0), (date(2024, 6, 3), 1, 2, 1)]


def test_another_event_at_the_moment_of_the_birth_is_a_return(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(WEEKS + '\ncohort = "order"')
    given(
        stg_events="""
            customer | activity | occurred_at      | source_order
            ann      | view     | 2024-06-28 12:00 | 1
            ann      | order    | 2024-06-28 12:00 | 2
            bob      | view     | 2024-06-28 11:59 | 1
            bob      | order    | 2024-06-28 12:00 | 2
        """,
    )
    assert result_of("fct_retention", "customers, active", where=WHOLE) == [(2, 1)]


def test_who_returns_later_counts_on_or_after_every_period_before(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(WEEKS)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-10 12:00
            ann      | view     | 2024-06-25 12:00
            bob      | view     | 2024-06-10 12:00
            bob      | view     | 2024-06-18 12:00
            cid      | view     | 2024-06-10 12:00
        """,
    )
    assert result_of(
        "fct_retention",
        "period_index, active, active_or_later, round(unbounded_rate, 3)",
        where=WHOLE,
    ) == [(0, 0, 2, 0.667), (1, 1, 2, 0.667), (2, 1, 1, 0.333)]


def test_a_cell_that_is_not_final_is_read_from_those_at_risk(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(WEEKS)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-10 00:00
            ann      | view     | 2024-06-24 00:00
            bob      | view     | 2024-06-11 00:00
            bob      | view     | 2024-06-25 00:00
            cid      | view     | 2024-06-10 00:00
        """,
    )
    # The week from the 24th is over for ann and cid, not for bob.
    assert result_of(
        "fct_retention",
        "customers, active, at_risk, at_risk_active, at_risk_rate, is_final",
        where=WHOLE + " and period_index = 2",
    ) == [(3, 2, 2, 1, 0.5, False)]


def test_means_leave_out_cells_that_are_not_final(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(WEEKS)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-03 12:00
            ann      | view     | 2024-06-11 12:00
            bob      | view     | 2024-06-03 12:00
            cid      | view     | 2024-06-12 12:00
            dan      | view     | 2024-06-20 12:00
            dan      | view     | 2024-06-28 12:00
        """,
    )
    # Two cohorts have had their second week; that of dan's is not over.
    assert result_of(
        "fct_retention_curve",
        "period_index, cohorts, customers, active, round(retention_rate, 3)",
        where=WHOLE + " and period_index < 2",
    ) == [(0, 3, 4, 0, 0.0), (1, 2, 3, 1, 0.333)]


def test_cells_of_slices_sum_to_the_whole(bench: Bench) -> None:
    bench.set_project(WEEKS)
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | device
            ann      | view     | 2024-06-03 12:00 | mobile
            ann      | view     | 2024-06-11 12:00 | mobile
            bob      | view     | 2024-06-03 12:00 | desktop
            bob      | view     | 2024-06-18 12:00 | desktop
            cid      | view     | 2024-06-03 12:00 |
        """,
    )
    counts = "customers, active, active_or_later, at_risk, at_risk_active"
    sums = ", ".join(f"sum({name})" for name in counts.split(", "))
    parts = bench.result_of(
        "fct_retention",
        "cohort, period_index",
        sums,
        where="persona = 'all' and segment = 'device' group by all",
    )
    assert parts == bench.result_of(
        "fct_retention", "cohort, period_index", counts, where=WHOLE
    )
    assert len(parts) == 4
