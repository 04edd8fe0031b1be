"""Funnels against a brute force that tries every chain, on random units."""

import random
from itertools import pairwise, product

import pytest
from tests.core.bench import Bench
from tests.core.funnel_brute_force import (
    AS_OF,
    ENTRIES,
    STEPS,
    TIES,
    Event,
    Unit,
    expected,
    funnel_name,
    measured,
    project,
    table,
    units,
)

UNITS = 10_000


def test_every_depth_and_state_is_that_of_the_longest_chain(bench: Bench) -> None:
    drawn = units(UNITS, seed=1)
    bench.set_project(project())
    found = measured(bench, table(drawn))
    for steps, entry, ties in product(range(len(STEPS)), ENTRIES, TIES):
        truth = {
            row
            for unit in drawn
            if unit.steps == steps and (row := expected(unit, entry, ties))
        }
        assert found[funnel_name(steps, entry, ties)] == truth, (steps, entry, ties)


def test_a_longer_window_never_lowers_a_depth(bench: Bench) -> None:
    events = table(units(800, seed=2))
    depths = []
    for window in (2, 5, 11):
        bench.set_project(project(window))
        depths.append(
            {
                (funnel, row[0]): row[1:4]
                for funnel, rows in measured(bench, events).items()
                for row in rows
            }
        )
    for short, long in pairwise(depths):
        assert short.keys() == long.keys()
        for unit, before in short.items():
            assert all(a <= b for a, b in zip(before, long[unit], strict=True)), unit  # type: ignore[operator]


@pytest.mark.parametrize("changed", ["rows in another order", "other events between"])
def test_only_the_steps_themselves_matter(bench: Bench, changed: str) -> None:
    rng = random.Random(3)
    drawn = units(800, seed=3)
    bench.set_project(project())
    before = measured(bench, table(drawn))
    if changed == "rows in another order":
        events = table(drawn)
        order = rng.sample(range(len(events["customer"])), len(events["customer"]))
        events = {name: [values[i] for i in order] for name, values in events.items()}
    else:
        further = [
            Unit(
                unit.name,
                unit.steps,
                # At the end, so that the ids of the others stay.
                (*unit.events, *(Event(rng.randrange(AS_OF), 0, "y") for _ in "12")),
            )
            for unit in drawn
        ]
        events = table(further)
    assert measured(bench, events) == before


def test_funnels_add_up_in_every_slice(bench: Bench) -> None:
    bench.set_project(project())
    events = table(units(800, seed=4))
    rng = random.Random(4)
    bench.given(
        stg_events=events
        | {
            "device": [
                rng.choice(["mobile", "desktop", ""]) for _ in events["customer"]
            ]
        }
    )
    bench.build("fct_funnel")
    broken = """
        select * from (
            select
                *,
                lead(reached) over rows as next_reached,
                reached - dropped - excluded - in_progress as rest
            from fct_funnel
            window rows as (
                partition by funnel, persona, segment, segment_value
                order by step_index
            )
        )
        where next_reached > reached
            or coalesce(next_reached, reached) <> rest
            or step_index = 1 and entered <> reached
            or reached_strict > reached
            or reached > reached_interchangeable
            or reached_mature > reached
    """
    assert bench.con.execute(broken).fetchall() == []
    unsummed = """
        select part.funnel, part.persona, part.segment, part.step_index
        from fct_funnel as part
        inner join fct_funnel as whole
            on part.funnel = whole.funnel and part.step_index = whole.step_index
            and whole.segment = 'all' and whole.persona = part.persona
        where part.segment <> 'all'
        group by all
        having sum(part.entered) <> any_value(whole.entered)
            or sum(part.reached) <> any_value(whole.reached)
            or sum(part.dropped) <> any_value(whole.dropped)
            or sum(part.in_progress) <> any_value(whole.in_progress)
    """
    assert bench.con.execute(unsummed).fetchall() == []
    slices = bench.con.execute("select distinct segment from fct_funnel").fetchall()
    assert len(slices) == 5
