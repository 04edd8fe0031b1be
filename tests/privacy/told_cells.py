"""What tables tell, cell by cell, and what everybody knows that they add up to."""

from typing import Any

import duckdb
from tests.privacy.attacker import Attacker, each_of

ONE_WAY = """
    select *, case when persona <> 'all' then 'persona' else segment end as level,
        case when persona <> 'all' then persona else segment_value end as slice
    from {table}
    where persona = 'all' or segment = 'all'
"""

Cells = dict[tuple[Any, ...], int]
"""Counts by kind, level, slice, and names: of several types."""


def activities_of(con: duckdb.DuckDBPyConnection) -> Cells:
    """Return events by kind, level, slice and name; transitions of the whole."""
    cells: Cells = {}
    for level, value, name, events in con.execute(
        "select level, slice, activity, events"
        f" from ({ONE_WAY.format(table='fct_activities')})"
    ).fetchall():
        cells["activity", level, value, name] = events
    for level, value, name, *touchpoint, events in con.execute(
        "select level, slice, activity, touchpoint, stage_index::varchar, actor, events"
        f" from ({ONE_WAY.format(table='fct_touchpoints')})"
    ).fetchall():
        cells["touchpoint", level, value, name, *touchpoint] = events
    for before, after, transitions in con.execute(
        "select from_activity, to_activity, transitions from fct_transitions"
        " where persona = 'all' and segment = 'all'"
    ).fetchall():
        cells["transition", "all", "all", before, after] = transitions
    return cells


def funnels_of(
    con: duckdb.DuckDBPyConnection,
) -> Cells:
    """Return all that three tables tell of funnels; what is null is not told."""
    query = f"""
        with steps as ({ONE_WAY.format(table="fct_funnel")}),
        ends as ({ONE_WAY.format(table="fct_conversion")}),
        leaks as ({ONE_WAY.format(table="fct_drop_offs")} and period = 'all'),
        last as (
            select funnel, max(step_index) as step_index from meta_funnels group by 1
        )
        select
            unnest(['reached', 'dropped', 'excluded', 'in_progress', 'mature']),
            level, slice, funnel, step_index,
            unnest([reached, dropped, excluded, in_progress, reached_mature])
        from steps
        union all
        select unnest(['reached', 'mature']), if(period = 'all', level, 'month'),
            if(period = 'all', slice, period[:7]), ends.funnel, step_index,
            unnest([converted, converted_mature])
        from ends inner join last on ends.funnel = last.funnel
        where period = 'all' or level = 'all'
        union all
        select unnest(['reached', 'dropped', 'in_progress', 'mature']), level, slice,
            funnel, step_index, unnest([reached, dropped, in_progress, at_risk])
        from leaks
    """
    return {
        (kind, level, value, funnel, step): count
        for kind, level, value, funnel, step, count in con.execute(query).fetchall()
        if count is not None
    }


def learn_slices(attacker: Attacker, truth: Cells) -> None:
    """Learn that the slices of a level add up to the whole."""
    slices: dict[tuple[Any, ...], dict[str, set[str]]] = {}
    values: dict[str, set[str]] = {}
    for kind, level, value, *names in truth:
        slices.setdefault((kind, *names), {}).setdefault(level, set()).add(value)
        values.setdefault(level, set()).add(value)
    for (kind, *names), levels in slices.items():
        for level in levels.keys() - {"all"}:
            terms = each_of((kind, level, value, *names) for value in values[level])
            attacker.sum_is(terms | {(kind, "all", "all", *names): -1.0}, 0)


def learn_touchpoints(attacker: Attacker, truth: Cells) -> None:
    parts: dict[tuple[str, str, str], list[tuple[Any, ...]]] = {}
    for kind, level, value, *names in truth:
        if kind == "touchpoint":
            parts.setdefault((level, value, names[0]), []).append(
                (kind, level, value, *names)
            )
    for (level, value, name), cells in parts.items():
        terms = each_of(cells) | {("activity", level, value, name): -1.0}
        attacker.sum_is(terms, 0)


def learn_transitions(attacker: Attacker, truth: Cells) -> None:
    """Learn that no activity is left, or come to, more often than it happens."""
    moves = [cell for cell in truth if cell[0] == "transition"]
    attacker.sum_is(each_of(moves), sum(truth[cell] for cell in moves))
    for place in (3, 4):
        for name in {cell[place] for cell in moves}:
            terms = each_of((c for c in moves if c[place] == name), -1.0)
            attacker.is_never_below_zero(
                {**terms, ("activity", "all", "all", name): 1.0}
            )
