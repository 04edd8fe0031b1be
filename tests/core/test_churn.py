"""Who leaves, and who can be said to have left."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

from journeymine.warehouse import Row

CHURN = '[churn]\nkind = "non-contractual"\nhorizon = "10 days"'


def test_a_customer_churns_in_the_month_of_its_last_activity(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CHURN)
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-04-28 09:00 | true
            ann      | view     | 2024-05-05 09:00 | true
            ann      | mail     | 2024-05-07 09:00 | false
            bob      | view     | 2024-05-31 09:00 | true
            bob      | view     | 2024-06-09 09:00 | true
            bob      | view     | 2024-06-21 00:00 | true
            cid      | view     | 2024-05-31 09:00 | true
            cid      | view     | 2024-06-09 09:00 | true
            cid      | view     | 2024-06-19 09:00 | true
            cid      | view     | 2024-06-21 00:01 | true
        """,
    )
    assert result_of(
        "fct_churn",
        "period, at_risk, churned, active, undetermined, resurrected",
        where=WHOLE,
    ) == [
        ("2024-04-01", 0, 0, 0, 0, 0),
        ("2024-05-01", 1, 1, 0, 0, 0),
        # bob's first spell ended in June, and a second began; cid's is not settled.
        ("2024-06-01", 2, 1, 0, 1, 1),
        ("all", 3, 2, 0, 1, 1),
    ]


@pytest.mark.parametrize(
    ("last", "is_churned"),
    [("2024-06-21 00:00", True), ("2024-06-21 00:01", None), ("2024-07-01", False)],
)
def test_a_customer_is_churned_active_or_not_known_yet(
    last: str,
    is_churned: bool | None,
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(CHURN)
    given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | {last}
        """,
    )
    assert result_of("dim_customers", "is_churned") == [(is_churned,)]


def test_without_a_horizon_nobody_churns(given: Given, result_of: ResultOf) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-01-01 09:00
        """,
    )
    assert result_of("fct_churn", "at_risk") == []
    assert result_of("dim_customers", "is_churned") == [(None,)]


def test_a_rate_is_of_months_of_which_all_is_known(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    # Of June, nobody can be known to have stayed, but some to have left; of May, who
    # was last seen after the 21st is neither.
    project(CHURN + '\n[project]\nname = "T"\nas_of = 2024-06-20T00:00:00Z')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-31 09:00
            ann      | view     | 2024-06-02 09:00
            bob      | view     | 2024-04-30 09:00
            bob      | view     | 2024-05-02 09:00
            cid      | view     | 2024-04-30 09:00
            cid      | view     | 2024-05-09 09:00
            cid      | view     | 2024-05-18 09:00
            cid      | view     | 2024-05-27 09:00
            cid      | view     | 2024-06-05 09:00
            dan      | view     | 2024-05-31 09:00
            dan      | view     | 2024-06-10 09:00
        """,
    )
    assert result_of(
        "fct_churn",
        "period, at_risk, churned, undetermined, settled, churn_rate",
        where=WHOLE,
    ) == [
        ("2024-04-01", 0, 0, 0, 0, None),
        ("2024-05-01", 2, 1, 0, 2, 0.5),
        ("2024-06-01", 3, 2, 1, 0, None),
        ("all", 5, 3, 1, 2, 0.5),
    ]


def judged(days: list[datetime], month: datetime, as_of: datetime) -> Counter[str]:
    """Return what a month means for a customer, by the words of the definition."""
    horizon, end = timedelta(days=10), (month + timedelta(days=32)).replace(day=1)
    found = Counter[str]()
    spells: list[list[datetime]] = []
    for day in days:
        if not spells or day - spells[-1][-1] > horizon:
            spells.append([])
        spells[-1].append(day)
    for place, spell in enumerate(spells):
        found["resurrected"] += place > 0 and month <= spell[0] < end
        if not (spell[0] < month <= spell[-1]):
            continue  # it was not open when the month began
        silent_until = spell[-1] + horizon
        is_silent = not any(spell[-1] < day <= silent_until for day in days)
        found["at_risk"] += 1
        if month <= spell[-1] < end and is_silent and silent_until <= as_of:
            found["churned"] += 1
        elif any(day >= end for day in days):
            found["active"] += 1
        else:
            found["undetermined"] += 1
    return found


def test_churn_is_that_of_the_definition_for_random_customers(bench: Bench) -> None:
    rng = random.Random(9)
    start, as_of = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
    days = {
        f"c{number}": sorted(
            start + timedelta(hours=12 * rng.randrange(2 * 182))
            for _ in range(rng.randint(1, 25))
        )
        for number in range(500)
    }
    bench.set_project(CHURN)
    rows = [(name, day) for name, own in days.items() for day in own]
    bench.given(
        stg_events={
            "customer": [row[0] for row in rows],
            "occurred_at": [row[1] for row in rows],
            "activity": ["view"] * len(rows),
        }
    )
    months = [datetime(2024, month, 1, tzinfo=UTC) for month in range(1, 7)]
    truth: list[Row] = []
    for month in months:
        total = Counter[str]()
        for own in days.values():
            total.update(judged(own, month, as_of))
        truth.append(
            (
                f"{month:%Y-%m-%d}",
                *(
                    total[word]
                    for word in (
                        "at_risk",
                        "churned",
                        "active",
                        "undetermined",
                        "resurrected",
                    )
                ),
            )
        )
    assert (
        bench.result_of(
            "fct_churn",
            "period, at_risk, churned, active, undetermined, resurrected",
            where=WHOLE + " and period <> 'all'",
        )
        == truth
    )
