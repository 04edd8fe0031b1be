"""The drivers of random logs, against plain loops over the events."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from tests.core.bench import Bench
from tests.core.driver_brute_force import (
    Happened,
    Landmark,
    band,
    counted,
    landmarks,
    plain_odds,
)

Persona = Callable[[Landmark], str]
Row = tuple[tuple[str, str, str, str], tuple[float, ...]]
STEPS = ("cart", "pay", "buy")
WINDOW = 3 * 24 * 60
MONTH = 30 * 24 * 60
BEGIN = datetime(2024, 1, 1)  # noqa: DTZ001 - as the drawn tables have it
PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
segments = ["device"]
[funnels.shop]
steps = ["cart", "pay", "buy"]
window = "3 days"
[drivers]
min_units = 20
"""


def lived(rng: random.Random) -> list[Happened]:
    """Return the events of a customer: each in a minute of its own."""
    minutes = sorted(rng.sample(range(50 * 24 * 60), rng.randint(20, 90)))
    devices = rng.choices(["mobile", "desktop", None], [5, 3, 6], k=len(minutes))
    activities = rng.choices(
        ["cart", "pay", "buy", "view", "help", "error"],
        [4, rng.choice([2, 6]), 3, 5, 2, 1],
        k=len(minutes),
    )
    return [Happened(*one) for one in zip(minutes, activities, devices, strict=True)]


def told_by_loops(units: Sequence[Landmark], persona: Persona) -> Iterator[Row]:
    """Yield slice, driver, counts and odds ratio of the units of a step."""
    for driver in sorted({driver for one in units for driver in one.known}):
        if not has_enough(units, driver):
            continue
        for name in ("all", "p1", "p2"):
            of_it = [one for one in units if name in ("all", persona(one))]
            if has_enough(of_it, driver):
                tables = counted(
                    of_it, driver, lambda one: (persona(one), band(one.events))
                )
                a, b, c, d = (sum(column) for column in zip(*tables, strict=True))
                yield (name, *driver), (a + b, a, c + d, c, plain_odds(tables)[0])


def has_enough(units: Sequence[Landmark], driver: tuple[str, str, str]) -> bool:
    with_it = sum(driver in one.known for one in units)
    return 20 <= with_it <= len(units) - 20


def draw(bench: Bench, customers: dict[str, list[Happened]]) -> dict[str, str]:
    """Draw the log, and return the personas that are drawn."""
    rows = [(name, one) for name, events in customers.items() for one in events]
    times = [str(BEGIN + timedelta(minutes=one.minute)) for _, one in rows]
    number = len(customers)
    bench.given(
        stg_events={
            "customer": [name for name, _ in rows],
            "activity": [one.activity for _, one in rows],
            "occurred_at": times,
            "device": [one.device for _, one in rows],
        },
        int_personas={
            "customer_code": list(range(1, number + 1)),
            "persona": ["p1", "p2"] * (number // 2),
        },
    )
    bench.build("int_set_customers")
    codes = bench.con.execute(
        "select replace(identifiers, 'user_id=', ''), customer_code"
        " from int_set_customers"
    ).fetchall()
    return {str(name): f"p{2 - code % 2}" for name, code in codes}


def test_counts_and_odds_are_those_of_plain_loops(bench: Bench) -> None:
    rng = random.Random(8)
    customers = {f"c{number:03}": lived(rng) for number in range(150)}
    bench.set_project(PROJECT)
    personas = draw(bench, customers)

    def persona(one: Landmark) -> str:
        is_known = one.minute > customers[one.customer][0].minute + MONTH
        return personas[one.customer] if is_known else "(not yet)"

    waiting: dict[int, list[Landmark]] = {1: [], 2: []}
    for name, events in customers.items():
        for one in landmarks(name, events, STEPS, WINDOW):
            waiting[one.step_index].append(one)
    expected: dict[tuple[object, ...], tuple[float, ...]] = {
        (step_index, *key): row
        for step_index, units in waiting.items()
        for key, row in told_by_loops(units, persona)
    }
    key = ("step_index", "persona", "driver_kind", "driver", "driver_value")
    figures = ("units_with", "converted_with", "units_without", "converted_without")
    of_events = "driver_kind in ('activity', 'attribute')"
    rows = bench.result_of("fct_drivers", *key, *figures, "odds_ratio", where=of_events)
    assert {row[:5]: row[5:9] for row in rows} == {
        key: row[:4] for key, row in expected.items()
    }
    assert {row[1] for row in rows} == {"all", "p1", "p2"}
    judged = [row for row in rows if row[9] is not None]
    assert len(judged) > len(rows) / 2
    for row in judged:
        assert row[9] == pytest.approx(expected[row[:5]][4], abs=1e-8)
