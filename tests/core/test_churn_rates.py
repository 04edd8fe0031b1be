"""Rates of churn, how sure they are, and that they add up."""

import random

import pytest
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject
from tests.core.test_churn import CHURN
from tests.core.test_churn_oracle import drawn, random_visits


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


def test_the_pooled_rate_is_as_sure_as_its_customers_are_many(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    # In each of four months, ann and bob stayed: that is two customers, not eight.
    project(CHURN.replace("10 days", "40 days"))
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2023-12-15 09:00
            ann      | view     | 2024-01-15 09:00
            ann      | view     | 2024-02-15 09:00
            ann      | view     | 2024-03-15 09:00
            ann      | view     | 2024-04-15 09:00
            ann      | view     | 2024-05-15 09:00
            bob      | view     | 2023-12-15 09:00
            bob      | view     | 2024-01-15 09:00
            bob      | view     | 2024-02-15 09:00
            bob      | view     | 2024-03-15 09:00
            bob      | view     | 2024-04-15 09:00
            bob      | view     | 2024-05-15 09:00
        """,
    )
    assert result_of(
        "fct_churn",
        "settled, churn_rate, churn_rate_low, round(churn_rate_high, 3)",
        where=WHOLE + " and period = 'all'",
    ) == [(8, 0.0, 0.0, 0.658)]


def test_at_risk_is_churned_active_or_undetermined_in_every_slice(bench: Bench) -> None:
    rng = random.Random(10)
    customers = [random_visits(rng) for _ in range(500)]
    bench.set_project('[churn]\nhorizon = "10 days"')
    devices = [rng.choice(["mobile", "desktop", ""]) for one in customers for _ in one]
    bench.given(stg_events=drawn(customers) | {"device": devices})
    counts = "at_risk, churned, active, undetermined, resurrected, settled"
    sums = ", ".join(f"sum({name})" for name in counts.split(", "))
    whole = bench.result_of("fct_churn", "period", counts, where=WHOLE)
    for segment in ("device", "channel", "month", "outcome"):
        where = f"persona = 'all' and segment = '{segment}' group by period"
        assert bench.result_of("fct_churn", "period", sums, where=where) == whole
    assert not bench.result_of(
        "fct_churn",
        "period",
        where="at_risk <> churned + active + undetermined or undetermined < 0"
        " or settled < at_risk and undetermined = 0 and period < '2024-05'",
    )


def test_the_spread_of_a_pooled_rate_is_that_over_customers(bench: Bench) -> None:
    rng = random.Random(11)
    # Months of one customer are alike: lost in all of them, or in none.
    months = [rng.randint(0, 8) for _ in range(50)]
    lost = [n * rng.randint(0, 1) for n in months]
    share = sum(lost) / sum(months)
    groups = sum(n > 0 for n in months)
    variance = (
        sum((k - share * n) ** 2 for k, n in zip(lost, months, strict=True))
        * groups
        / (groups - 1)
        / sum(months) ** 2
    )
    products = (
        sum(one * other for one, other in zip(a, b, strict=True))
        for a, b in ((lost, lost), (lost, months), (months, months))
    )
    numbers = ", ".join(map(str, (sum(lost), sum(months), groups, *products)))
    found = bench.con.execute(f"select effective_units({numbers})").fetchall()[0][0]
    assert found == pytest.approx(share * (1 - share) / variance)
    assert found < sum(months) / 2
