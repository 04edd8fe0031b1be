"""Who comes back, period by period."""

import random
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

from journeymine.warehouse import Row

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)


def test_periods_are_a_customers_own_and_the_birth_does_not_count(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[retention]\nperiod = "week"')
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


@pytest.mark.parametrize(("period", "days"), [("week", 7), ("month", 30)])
def test_retention_is_that_of_a_loop_over_random_customers(
    period: str, days: int, bench: Bench
) -> None:
    rng = random.Random(10)
    length, start = timedelta(days=days), datetime(2024, 4, 1, tzinfo=UTC)
    visits = {
        f"c{number}": sorted(
            start + timedelta(hours=6 * rng.randrange(4 * 91))
            for _ in range(rng.randint(1, 8))
        )
        for number in range(400)
    }
    rows = [(name, time) for name, times in visits.items() for time in times]
    bench.set_project(f'[retention]\nperiod = "{period}"')
    bench.given(
        stg_events={
            "customer": [row[0] for row in rows],
            "occurred_at": [row[1] for row in rows],
            "activity": ["view"] * len(rows),
        }
    )
    births = defaultdict(list)
    active, at_risk = Counter[tuple[date, int]](), Counter[tuple[date, int]]()
    for birth, *later in visits.values():
        day = birth.date()
        cohort = (
            day.replace(day=1)
            if period == "month"
            else day - timedelta(days=day.weekday())
        )
        births[cohort].append(birth)
        active.update((cohort, n) for n in {(time - birth) // length for time in later})
        at_risk.update(
            (cohort, n) for n in range(30) if birth + (n + 1) * length <= AS_OF
        )
    truth: list[Row] = [
        (
            cohort,
            n,
            len(members),
            active[cohort, n],
            at_risk[cohort, n],
            at_risk[cohort, n] == len(members),
        )
        for cohort, members in births.items()
        for n in range(30)
        if min(members) + n * length <= AS_OF
    ]
    assert bench.result_of(
        "fct_retention",
        "cohort, period_index, customers, active, at_risk, is_final",
        where=WHOLE,
    ) == sorted(truth)
