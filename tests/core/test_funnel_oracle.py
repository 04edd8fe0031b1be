"""Funnels against a brute force that tries every chain, on random units."""

import random
from dataclasses import replace
from itertools import pairwise

from tests.core.bench import Bench
from tests.core.funnel_expected import expected
from tests.core.funnel_variants import (
    AS_OF,
    Event,
    Unit,
    project,
    random_unit,
    random_variant,
    table,
)

from journeymine.warehouse import Row

UNITS = 10_000
VARIANTS = 160


def drawn(seed: int, variants: int = VARIANTS, units: int = UNITS) -> list[Unit]:
    rng = random.Random(seed)
    funnels = [random_variant(rng, number) for number in range(variants)]
    return [
        random_unit(rng, funnels[place % variants], f"u{place:05}")
        for place in range(units)
    ]


def set_project(bench: Bench, units: list[Unit], window: int | None = None) -> None:
    variants = {unit.variant.number: unit.variant for unit in units}
    bench.set_project(project(list(variants.values()), window))


def measured(bench: Bench, events: dict[str, list[object]]) -> list[Row]:
    """Return, per funnel and unit, what the product says, as `expected` does."""
    bench.given(stg_events=events)
    bench.build("int_funnel_clocks")
    minute = 60_000_000
    rows = bench.con.execute(
        f"""
        with clocks as (
            select funnel, unit_code, attempt_index,
                list((duration_us // {minute}, cause) order by step_index) as clocks
            from int_funnel_clocks
            group by all
        )
        select
            funnel, split_part(identifiers, '=', 2), attempt_index,
            (first_entry_us - epoch_us(timestamptz '2024-05-01 00:00:00+00'))
                // {minute},
            depth, depth_strict, depth_interchangeable, depth_mature, optional_held,
            optional_held_strict, optional_held_interchangeable, optional_held_mature,
            state, clocks
        from int_funnel_units
        inner join clocks using (funnel, unit_code, attempt_index)
        inner join int_set_customers
            on int_funnel_units.customer_code = int_set_customers.customer_code
        """
    ).fetchall()
    return sorted((*row[:-1], tuple(row[-1])) for row in rows)


def test_everything_is_as_the_chains_say(bench: Bench) -> None:
    units = drawn(seed=1)
    set_project(bench, units)
    found = measured(bench, table(units))
    truth = sorted(row for unit in units for row in expected(unit))
    by_name = {unit.name: unit for unit in units}
    wrong = sorted({*found} ^ {*truth})
    assert not wrong, (len(wrong), wrong[:2], by_name[str(wrong[0][1])])
    assert found == truth
    assert {row[-2] for row in found} == {
        "converted",
        "in_progress",
        "excluded",
        "dropped",
    }


def test_a_longer_window_never_lowers_a_depth(bench: Bench) -> None:
    units = drawn(seed=2, variants=60, units=1_500)
    # An attempt that closes later takes entries from later ones; where an exclusion
    # takes a unit out, or ends what would else have ended sooner, fewer are left.
    units = [
        Unit(unit.name, replace(unit.variant, drops=False), unit.events)
        for unit in units
        if unit.variant.entry != "attempts"
    ]
    depths = []
    for window in (2, 5, 11):
        set_project(bench, units, window)
        rows = measured(bench, table(units))
        depths.append({(*row[:2], row[3]): row[4:7] for row in rows})
    for short, long in pairwise(depths):
        assert short.keys() == long.keys()
        for unit, before in short.items():
            pairs = zip(before, long[unit], strict=True)
            assert all(a is None or a <= b for a, b in pairs), unit  # type: ignore[operator]


def test_the_order_of_rows_changes_nothing(bench: Bench) -> None:
    units = drawn(seed=3, variants=60, units=1_500)
    events = table(units)
    order = random.Random(3).sample(
        range(len(events["customer"])), len(events["customer"])
    )
    set_project(bench, units)
    before = measured(bench, events)
    shuffled = {name: [values[i] for i in order] for name, values in events.items()}
    assert measured(bench, shuffled) == before


def test_events_that_are_no_step_change_nothing(bench: Bench) -> None:
    rng = random.Random(4)
    units = [
        unit
        for unit in drawn(seed=4, variants=60, units=1_500)
        if unit.variant.unit == "customer" and unit.variant.mode != "direct"
    ]
    further = [
        Unit(
            unit.name,
            unit.variant,
            (
                *unit.events,
                *(
                    Event(rng.randrange(AS_OF), 0, "z", 90 + one, held=("u", "u"))
                    for one in range(2)
                ),
            ),
        )
        for unit in units
    ]
    set_project(bench, units)
    assert measured(bench, table(further)) == measured(bench, table(units))


def test_funnels_add_up_in_every_slice(bench: Bench) -> None:
    units = drawn(seed=5, variants=60, units=2_000)
    rng = random.Random(5)
    events = table(units)
    devices = [rng.choice(["mobile", "desktop", ""]) for _ in events["customer"]]
    set_project(bench, units)
    bench.given(stg_events=events | {"device": devices})
    bench.build("fct_funnel")
    bench.build("fct_funnel_units")
    for sql in (RECONCILED, SUMMED, COUNTED):
        assert bench.con.execute(sql).fetchall() == []
    slices = bench.con.execute("select distinct segment from fct_funnel").fetchall()
    assert len(slices) == 5


RECONCILED = """
    select * from (
        select
            *,
            lead(reached) over rows as next_reached,
            reached - dropped - excluded - in_progress as rest
        from fct_funnel
        where not is_optional
        window rows as (
            partition by funnel, persona, segment, segment_value order by step_index
        )
    )
    where next_reached > reached
        or coalesce(next_reached, reached) <> rest
        or step_index = 1 and entered <> reached
        or reached_strict > reached
        or reached > reached_interchangeable
        or reached_mature > reached
"""
SUMMED = """
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
        or sum(part.excluded) <> any_value(whole.excluded)
        or sum(part.in_progress) <> any_value(whole.in_progress)
"""
COUNTED = """
    with cells as (
        select funnel, segment, segment_value, step_index, is_optional, reached,
            dropped, excluded, in_progress, entered_mature
        from fct_funnel
        where persona = 'all' and segment <> 'all' and entered > 0
    )
    select cells.*
    from cells
    inner join fct_funnel_units as units
        on cells.funnel = units.funnel
        and units.segments[cells.segment] = cells.segment_value
    group by all
    having cells.reached <> count(*) filter (
            where case when cells.is_optional
                then units.optional_held >> (cells.step_index - 1) & 1 = 1
                else units.depth >= cells.step_index end
        )
        or cells.dropped <> count(*) filter (
            where units.depth = cells.step_index and units.state = 'dropped'
        )
        or cells.excluded <> count(*) filter (
            where units.depth = cells.step_index and units.state = 'excluded'
        )
        or cells.in_progress <> count(*) filter (
            where units.depth = cells.step_index and units.state = 'in_progress'
        )
        or cells.entered_mature <> count(units.depth_mature)
"""
"""Each cell is the number of its people, in every slice."""
