"""The steps of funnels as places where units are lost."""

from collections.abc import Iterator

import duckdb
import numpy as np

from journeymine.pain_points.combinations import MONTH, Combinations, recent
from journeymine.pain_points.places import Place
from journeymine.pain_points.strata import likeness

STEPS = """
select here.funnel, here.step_index, any_value(here.step),
    list(distinct here.activity) || list(distinct beyond.activity)
from cfg_funnel_steps as here
inner join cfg_funnel_steps as beyond
    on here.funnel = beyond.funnel and here.step_index = beyond.previous_index
where not here.is_optional and not beyond.is_optional
group by here.funnel, here.step_index
order by here.funnel, here.step_index
"""
LOSSES = f"""
select losses.slice_set, {MONTH.format("sets.month")} as month, at_risk, lost, converted
from int_funnel_losses as losses
inner join int_slice_sets as sets on losses.slice_set = sets.slice_set
where funnel = $funnel and step_index = $step
order by losses.slice_set
"""

Effects = dict[tuple[str, int], float]


def step_places(
    con: duckdb.DuckDBPyConnection, combinations: Combinations, effects: Effects
) -> Iterator[Place]:
    """Yield the steps of all funnels, but the last ones."""
    for funnel, index, step, activities in con.execute(STEPS).fetchall():
        found = con.execute(LOSSES, {"funnel": funnel, "step": index}).fetchnumpy()
        columns = {name: np.asarray(one, np.int64) for name, one in found.items()}
        kept = recent(columns["month"])
        slice_set, month, *counts = (one[kept] for one in columns.values())
        at_risk, lost, converted = (one.astype(np.float64) for one in counts)
        yield Place(
            "step",
            funnel,
            step,
            frozenset(activities),
            combinations.sets(slice_set, month),
            at_risk,
            lost,
            lost,
            at_risk - lost,
            converted,
            effects.get((funnel, index), 1.0),
            has_peers=True,
            code=(index, 0),
        )


def read_effects(con: duckdb.DuckDBPyConnection) -> Effects:
    """Return by how much variances exceed those of independent units, from 1."""
    rows = con.execute("from int_loss_sums").fetchall()
    return {(funnel, index): likeness(*sums) for funnel, index, *sums in rows}
