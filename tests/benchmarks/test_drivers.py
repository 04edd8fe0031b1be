"""How sure drivers are where the truth is known, and what they cost: `make bench`."""

import os
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import numpy as np
import pyarrow as pa
import pytest
from tests.benchmarks.metrics import GIVEN, SORTED
from tests.core.bench import Bench
from tests.core.driver_simulated import (
    PLANTED,
    help_and_buying,
    simulated,
    told,
)

from journeymine.plan import Step
from journeymine.warehouse import build_model, connect

EVENTS = int(os.environ.get("JOURNEYMINE_EVENTS", "5_000_000"))
MOST_SECONDS = 6 * EVENTS / 5_000_000
SETTINGS = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
segments = ["device"]
[journey]
goal = ["a07"]
exits = { gone = ["a08"] }
[funnels.main]
steps = ["a01", "a02", "a03", "a04"]
window = "30 days"
"""
DEVICE = """
    printf(
        '{"device": "%s"}', ['mobile', 'desktop', 'tablet'][customer_code % 3 + 1]
    )
"""
COSTS = (
    *("py_driver_attempts", "int_driver_landmarks", "py_driver_activities"),
    *("py_drivers", "fct_drivers"),
)
"""What is built for drivers only."""


def test_at_most_5_per_cent_of_logs_without_drivers_show_any() -> None:
    found = [told(simulated(seed)) for seed in range(1_000)]
    flagged = np.mean([(one.q < 0.05).any() for one in found])
    inside = np.mean(
        np.concatenate([(one.low <= 1) & (one.high >= 1) for one in found])
    )
    print(f"\nany driver in {flagged:.1%} of 1,000 logs; coverage {inside:.1%}")
    assert flagged <= 0.05
    assert 0.93 <= inside <= 0.98


def test_a_planted_driver_is_told_first() -> None:
    logs = (told(simulated(seed, effect=-1.5)) for seed in range(100))
    first = sum(one.names[int(np.nanargmax(one.evidence))] == PLANTED for one in logs)
    print(f"\nplanted driver at rank 1 in {first} of 100 logs")
    assert first >= 95


def test_what_comes_with_time_seems_no_reason_to_leave(bench: Bench) -> None:
    found = [help_and_buying(bench, seed, 2_000) for seed in range(40)]
    naive = np.mean([one[0] for one in found])
    inside = np.mean([low <= 1 <= high for _, low, high in found])
    print(
        f"\nodds ratio whenever it came: {naive:.2f}; 1 in the interval: {inside:.0%}"
    )
    assert naive < 0.5
    assert inside >= 0.85


@pytest.mark.parametrize("is_asked", [False, True])
def test_drivers_cost_little_and_nothing_if_nobody_asks(
    is_asked: bool, tmp_path: Path
) -> None:
    with connect(tmp_path / "log.duckdb") as con:
        bench = Bench(con, tmp_path)
        bench.set_project(SETTINGS + ("[drivers]" if is_asked else ""))
        _draw(bench)
        bench.build("int_slice_sets")
        cost = {}
        for node in bench._missing("fct_drivers"):
            began = _cpu()
            if isinstance(node, Step):
                node.make(bench.context)
            else:
                build_model(con, node, bench.context.parameters)
            cost[node.name] = _cpu() - began
            bench.made.add(node.name)
        rows = con.sql("select count(*) from fct_drivers").fetchall()
    spent = sum(cost[name] for name in COSTS)
    print(f"\n{EVENTS:,} events, drivers asked for: {is_asked}; {rows[0][0]} rows")
    for name in COSTS:
        print(f"{cost[name]:7.2f} s of CPU  {name}")
    print(f"{spent:7.2f} s of CPU  together")
    assert spent <= (MOST_SECONDS if is_asked else 1)


def _draw(bench: Bench) -> None:
    """Draw a log of customers who do things at random for a month, some at no time."""
    rng = np.random.default_rng(1)
    customers = EVENTS // 16 + 1
    customer = rng.integers(1, customers, EVENTS)
    start = rng.integers(0, 150, customers)[customer] * 86_400
    seconds = start + rng.integers(0, 30 * 86_400, EVENTS)
    activity = rng.integers(0, 40, (2, EVENTS)).min(axis=0) + 1
    unsorted = {
        "event_id": np.arange(EVENTS),
        "customer_code": customer,
        "occurred_us": (1_704_067_200 + seconds) * 1_000_000,
        "activity_code": activity.astype(np.int32),
        "is_customer": rng.random(EVENTS) < 0.9,
    }
    bench.con.register("unsorted", pa.table(unsorted))
    bench.con.execute(_with_devices(SORTED))
    bench.con.unregister("unsorted")
    for name in ("int_events", "int_set_customers"):
        bench.con.execute(f"create table {name} as {GIVEN[name]}")
    bench.con.execute(
        "create table int_personas as select customer_code,"
        " 'p' || (customer_code % 5 + 1) as persona from int_set_customers"
    )
    bench.drawn |= {"int_event_log", "int_events", "int_set_customers"}
    bench.drawn |= {"int_personas", "py_watermarks"}


def _with_devices(sql: str) -> str:
    before, after = sql.split("case when activity_code = 40")
    _, after = after.split("as attributes", 1)
    return f"{before} {DEVICE} as attributes{after}"


def _cpu() -> float:
    usage = getrusage(RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
