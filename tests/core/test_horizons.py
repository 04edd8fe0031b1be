"""Silences that are learned from what customers do."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

A = datetime(2024, 7, 1, tzinfo=UTC)
CHURN = '[churn]\nkind = "non-contractual"'
MARKS = {"source": ["web"]}
CART = (
    '[abandonment.cart]\nintent = ["cart"]\ngoal = ["order"]\nexits = { no = ["no"] }'
)


def test_a_timeout_is_the_longest_usual_silence_before_a_goal(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:00
            ann      | cart     | 2024-05-01 09:00
            ann      | view     | 2024-05-01 09:50
            ann      | order    | 2024-05-01 10:00
            bob      | cart     | 2024-05-01 09:00
            bob      | no       | 2024-05-01 12:00
            bob      | order    | 2024-05-01 15:00
            cid      | cart     | 2024-05-01 09:00
            cid      | view     | 2024-05-16 09:00
            cid      | order    | 2024-05-16 09:01
            dot      | cart     | 2024-06-20 09:00
            dot      | order    | 2024-06-21 09:00
        """,
    )
    # bob's cart ended by an exit, cid's took more than 14 days, dot's had no 14 days.
    assert result_of("py_attempt_timeouts", "timeout_us // 60000000", "is_learned") == [
        (50, True)
    ]


def test_a_timeout_is_at_least_half_an_hour(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | order    | 2024-05-01 09:10
        """,
    )
    assert result_of("py_attempt_timeouts", "timeout_us // 60000000") == [(30,)]


@pytest.mark.parametrize("usual_days", [3, 8, 20])
@pytest.mark.parametrize("customers", [20, 300])
def test_the_churn_horizon_is_the_least_that_few_return_after(
    customers: int, usual_days: int, bench: Bench
) -> None:
    bench.set_project(CHURN)
    for seed in range(6):
        times = _visits(seed, usual_days, customers)
        log: dict[str, list[object]] = {
            "customer_code": [code for code, own in times.items() for _ in own],
            "occurred_us": [_us(time) for own in times.values() for time in own],
            "is_customer": [True for own in times.values() for _ in own],
        }
        numbers = [*range(len(log["is_customer"]))]
        bench.given(int_event_log={**log, "event_number": numbers}, py_watermarks=MARKS)
        bench.build("py_churn_horizon")
        horizon = bench.context.parameters["churn_horizon_us"]
        assert horizon == _least_horizon(times) * 86_400_000_000


def test_no_horizon_is_learned_where_one_is_set(bench: Bench) -> None:
    bench.set_project(f'{CHURN}\nhorizon = "9 days"')
    bench.given(stg_events={"customer": ["a"], "activity": ["b"], "occurred_at": [A]})
    bench.build("py_churn_horizon")
    assert bench.context.parameters["churn_horizon_us"] == 9 * 86_400_000_000


def test_the_run_tells_what_its_silences_are(bench: Bench) -> None:
    bench.set_project(
        f'{CART}\ntimeout = "9 minutes"\n{CHURN}\nhorizon = "9 days"\n'
        '[retention]\ncohort = ["order", "gift"]'
    )
    bench.given(stg_events={"customer": ["a"], "activity": ["b"], "occurred_at": [A]})
    found = bench.result_of("meta_run", "name", "value")
    assert {
        ("abandonment_cart_timeout_seconds", "540"),
        ("abandonment_cart_timeout_basis", "set"),
        ("churn_kind", "non-contractual"),
        ("churn_horizon_seconds", "777600"),
        ("churn_horizon_basis", "set"),
        ("retention_period", "week"),
        ("retention_cohort", "order or gift"),
        ("retention_returns", "any own event"),
    } <= set(found)


def _us(time: datetime) -> int:
    return round(time.timestamp()) * 1_000_000


def _visits(seed: int, usual_days: int, customers: int) -> dict[int, list[datetime]]:
    """Return visits of customers who come back after some whole days, or never."""
    dice = random.Random(seed)
    visits = {}
    for customer in range(customers):
        time = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=dice.randrange(90))
        own = []
        while time <= A:
            own.append(time)
            if dice.random() < 0.3:
                break
            time += timedelta(days=1 + int(dice.expovariate(1 / usual_days)))
        visits[customer] = own
    return visits


def _least_horizon(visits: dict[int, list[datetime]]) -> int:
    """Return the horizon by the definition, day by day."""
    silences = [
        (own[i], own[i + 1] - own[i] if i + 1 < len(own) else None)
        for own in visits.values()
        for i in range(len(own))
    ]
    for days in range(7, 181):
        length = timedelta(days=days)
        silent = [
            silence
            for began, silence in silences
            if began < A - 2 * length and (silence is None or silence > length)
        ]
        back = [one for one in silent if one is not None and one < 2 * length]
        if silent and len(back) <= 0.05 * len(silent):
            return days
    return 180
