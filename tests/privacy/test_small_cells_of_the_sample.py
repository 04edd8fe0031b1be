"""The shared tables of the sample, and one who adds up all that they tell."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published
from tests.privacy.attacker import Attacker, Terms, each_of
from tests.privacy.told_cells import (
    activities_of,
    funnels_of,
    learn_slices,
    learn_touchpoints,
    learn_transitions,
)

from journeymine.marts import DATABASE
from journeymine.small_cells import share
from journeymine.small_cells.tables import is_small

LEAST = 10
SURE = 1e-6
ASKED = 12


@dataclass(frozen=True)
class Both:
    """The shared and the full tables of one run."""

    shared: duckdb.DuckDBPyConnection
    full: duckdb.DuckDBPyConnection


@pytest.fixture(scope="module")
def both(sample: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Share the tables of the sample."""
    full = (sample.output / "current").resolve()
    folder: Path = tmp_path_factory.mktemp("shared") / "stage"
    share(full, folder, LEAST)
    with (
        duckdb.connect(str(folder / DATABASE), read_only=True) as told,
        duckdb.connect(str(full / DATABASE), read_only=True) as truth,
    ):
        yield Both(told, truth)


def test_no_count_of_a_few_is_shared(both: Both) -> None:
    for table, counts in {
        "fct_activities": ("customers", "events", "journeys"),
        "fct_touchpoints": ("customers", "events", "journeys"),
        "fct_transitions": ("customers", "transitions"),
        "fct_funnel": (
            "reached",
            "dropped",
            "excluded",
            "in_progress",
            "reached_mature",
        ),
        "fct_conversion": (
            "entered",
            "converted",
            "entered_mature",
            "converted_mature",
        ),
        "fct_drop_offs": ("reached", "dropped", "in_progress", "at_risk"),
        "fct_churn": ("at_risk", "churned", "active", "undetermined", "settled"),
        "fct_retention": ("customers", "active", "active_or_later", "at_risk"),
        "fct_abandonment": ("attempts", "recoverable", "recovered"),
    }.items():
        few = " or ".join(f"{count} between 1 and {LEAST - 1}" for count in counts)
        told = both.shared.execute(f"select * from {table} where {few}").fetchall()
        assert told == []
        assert both.shared.execute(f"select * from {table} limit 1").fetchall()


def test_what_is_shared_is_as_it_was(both: Both) -> None:
    for table, key in {
        "fct_activities": "persona, segment, segment_value, activity",
        "fct_funnel": "funnel, persona, segment, segment_value, step_index",
    }.items():
        shared = both.shared.execute(f"select * from {table} order by {key}")
        names = [name for name, *_ in shared.description or []]
        rows = [dict(zip(names, row, strict=True)) for row in shared.fetchall()]
        full = both.full.execute(f"select * from {table} order by {key}")
        whole = [dict(zip(names, row, strict=True)) for row in full.fetchall()]
        parts = key.split(", ")
        truth = {tuple(row[part] for part in parts): row for row in whole}
        for row in rows:
            was = truth[tuple(row[part] for part in parts)]
            assert {name: was[name] for name in names if row[name] is not None} == {
                name: value for name, value in row.items() if value is not None
            }


def test_activities_touchpoints_and_transitions_give_away_no_few(both: Both) -> None:
    truth, told = activities_of(both.full), activities_of(both.shared)
    attacker = Attacker(told)
    learn_slices(attacker, truth)
    learn_touchpoints(attacker, truth)
    learn_transitions(attacker, truth)
    small = sorted(cell for cell, count in truth.items() if is_small(count, LEAST))
    for cell in random.Random(1).sample(small, ASKED):
        assert attacker.doubt({cell: 1.0}) >= LEAST - SURE


def test_the_tables_of_funnels_give_away_no_few(both: Both) -> None:
    truth, told = funnels_of(both.full), funnels_of(both.shared)
    attacker = Attacker(told)
    learn_slices(attacker, truth)
    small: list[Terms] = []
    for name in sorted(truth):
        kind, level, value, funnel, step = name
        if is_small(truth[name], LEAST):
            small.append({name: 1.0})
        after = ("reached", level, value, funnel, step + 1)
        if kind == "reached" and after in truth:
            states = ("dropped", "excluded", "in_progress")
            parts = each_of((state, level, value, funnel, step) for state in states)
            attacker.sum_is({**parts, after: 1.0, name: -1.0}, 0)
        later = ("mature", level, value, funnel, step + 1)
        if kind == "mature" and later in truth:
            attacker.is_never_below_zero({name: 1.0, later: -1.0})
        if kind == "mature":
            reached = ("reached", level, value, funnel, step)
            attacker.is_never_below_zero({reached: 1.0, name: -1.0})
    for terms in random.Random(1).sample(small, 2 * ASKED):
        assert attacker.doubt(terms) >= LEAST - SURE


def test_no_rate_is_told_whose_counts_are_not(both: Both) -> None:
    alone = """
        select * from fct_funnel
        where (rate_mature is not null and entered_mature + reached_mature is null)
            or (conversion_rate_basis = 'rate_mature' and conversion_rate is not null
                and reached_mature is null)
    """
    assert both.shared.execute(alone).fetchall() == []
    previous = """
        select later.*
        from fct_funnel as later
        left join fct_funnel as earlier
            on later.funnel = earlier.funnel and later.persona = earlier.persona
                and later.segment = earlier.segment
                and later.segment_value = earlier.segment_value
                and later.step_index = earlier.step_index + 1
        where later.rate_observed_of_previous is not null and earlier.funnel is null
    """
    assert both.shared.execute(previous).fetchall() == []
    for table, rate, counts in (
        ("fct_conversion", "rate_observed", "converted"),
        ("fct_drop_offs", "drop_rate", "at_risk, dropped_at_risk"),
        ("fct_churn", "churn_rate", "settled, churned"),
        ("fct_retention", "retention_rate", "active"),
        ("fct_retention", "at_risk_rate", "at_risk, at_risk_active"),
        ("fct_abandonment", "recovery_rate", "recoverable, recovered"),
    ):
        missing = " or ".join(f"{count} is null" for count in counts.split(", "))
        query = f"select * from {table} where {rate} is not null and ({missing})"
        assert both.shared.execute(query).fetchall() == []
