"""Retention against a loop over random customers."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from tests.core.bench import WHOLE, Bench

from journeymine.warehouse import Row

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
START = datetime(2024, 4, 1, tzinfo=UTC)
CUSTOMERS = 10_000
EVERYTHING = ("view", "order", "gift")


class Event(NamedTuple):
    time: datetime
    order: int
    activity: str
    is_own: bool


def random_events(rng: random.Random) -> list[Event]:
    """Return a customer's events in order; few moments, so that many tie."""
    moments = [6 * rng.randrange(4 * 91) for _ in range(rng.randint(1, 4))]
    return sorted(
        Event(
            START + timedelta(hours=rng.choice(moments) + rng.choice([0, 0, 168])),
            order,
            rng.choice(EVERYTHING),
            rng.random() < 0.9,
        )
        for order in range(rng.randint(1, 8))
    )


def told(
    customers: Sequence[list[Event]],
    days: int,
    births: Sequence[str],
    returns: Sequence[str],
) -> list[Row]:
    """Return cohort, period and counts, by the words of the definition."""
    length = timedelta(days=days)
    cohorts: dict[date, list[tuple[datetime, set[int]]]] = defaultdict(list)
    for events in customers:
        own = [event for event in events if event.is_own]
        birth = next((event for event in own if event.activity in births), None)
        if birth is None:
            continue
        active = set()
        for event in own:
            is_return = event.activity in returns and event is not birth
            if is_return and event.time >= birth.time:
                active.add((event.time - birth.time) // length)
        day = birth.time.date()
        monday = day - timedelta(days=day.weekday())
        cohort = day.replace(day=1) if days == 30 else monday
        cohorts[cohort].append((birth.time, active))
    rows: list[Row] = []
    for cohort, members in cohorts.items():
        for n in range(30):
            if min(birth for birth, _ in members) + n * length > AS_OF:
                break
            over = [one for one in members if one[0] + (n + 1) * length <= AS_OF]
            rows.append(
                (
                    cohort,
                    n,
                    len(members),
                    sum(n in active for _, active in members),
                    sum(any(m >= n for m in active) for _, active in members),
                    len(over),
                    sum(n in active for _, active in over),
                    len(over) == len(members),
                )
            )
    return sorted(rows)


@pytest.mark.parametrize(
    ("period", "days", "births", "returns"),
    [
        ("week", 7, [], []),
        ("month", 30, [], []),
        ("week", 7, ["order"], []),
        ("month", 30, ["order", "gift"], ["view", "order"]),
    ],
)
def test_retention_is_that_of_a_loop_over_random_customers(
    period: str, days: int, births: list[str], returns: list[str], bench: Bench
) -> None:
    rng = random.Random(f"{period} {births}")
    customers = [random_events(rng) for _ in range(CUSTOMERS)]
    rows = [
        (f"c{number:05}", event)
        for number, events in enumerate(customers)
        for event in events
        if event.time <= AS_OF
    ]
    bench.set_project(
        f'[retention]\nperiod = "{period}"\ncohort = {births}\nreturns = {returns}'
    )
    bench.given(
        stg_events={
            "customer": [name for name, _ in rows],
            "occurred_at": [event.time for _, event in rows],
            "source_order": [event.order for _, event in rows],
            "activity": [event.activity for _, event in rows],
            "is_customer": [event.is_own for _, event in rows],
        }
    )
    known = [[one for one in events if one.time <= AS_OF] for events in customers]
    truth = told(known, days, births or EVERYTHING, returns or EVERYTHING)
    assert truth == bench.result_of(
        "fct_retention",
        "cohort, period_index, customers, active, active_or_later, at_risk",
        "at_risk_active, is_final",
        where=WHOLE,
    )
    assert any(row[-1] for row in truth)
    assert any(0 < int(str(row[6])) < int(str(row[3])) for row in truth)
