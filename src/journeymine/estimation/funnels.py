"""How likely a step of a funnel is reached in time, in every slice and period."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from journeymine.estimation.curves import Curves, Integers, Points, incidence_curves
from journeymine.estimation.sliced import (
    COLUMNS,
    cells_of,
    ends_by,
    places_of,
    rows_of,
    units,
)
from journeymine.plan import Context

PARTS = 60
"""Equal parts of the window at whose ends a curve is read."""

LEVELS = np.array([0.5, 0.9])
"""The shares of units for which the time to convert is published."""


class Round(NamedTuple):
    """A step of a funnel: what one pass of the estimation is about."""

    funnel: str
    step_index: int
    window_us: int
    is_first: bool
    is_last: bool


def make_funnel_curves(context: Context) -> None:
    """Write `py_funnel_curves`: what is estimated at 61 points of each window.

    Key: funnel, step_index (of required steps, from 2), period, persona, segment,
    segment_value, time_us. Columns: at_risk, ended (reached the step so far),
    incidence, incidence_low, incidence_high; competing, the incidence of exclusions and
    exits; is_window_end; p50_us and p90_us, the same at all times. Months of the entry
    are periods too, of the last step and at the end of the window only.
    """
    con = context.con
    con.execute(_EMPTY)
    for round_ in _rounds(context):
        step = {"funnel": round_.funnel, "step_index": round_.step_index}
        if round_.is_first:
            con.execute(_MEMBERS, {"funnel": round_.funnel})
        con.execute(_UNITS, {**step, "is_last": round_.is_last})
        keys, cells = cells_of(con)
        times = np.arange(PARTS + 1, dtype=np.int64) * round_.window_us // PARTS
        curves = incidence_curves(ends_by(units(con), 1), cells, Points(times, LEVELS))
        con.register("estimated", _rows(keys, times, curves))
        con.execute(_ADD, step)
        con.unregister("estimated")


def _rounds(context: Context) -> list[Round]:
    found = context.con.execute(
        """
        select
            funnel, step_index, window_us,
            step_index = min(step_index) over (partition by funnel), step_index = steps
        from (select distinct funnel, step_index from int_funnel_clocks)
        inner join cfg_funnels using (funnel)
        order by funnel_index, step_index
        """
    ).fetchall()
    return [Round(*row) for row in found]


def _rows(keys: pa.Table, times: Integers, curves: Curves) -> pa.Table:
    """Return the curves as rows, with what else is known of a funnel's."""
    cells, points = places_of(keys, len(times))
    competing = curves.competing[cells, points]
    p50, p90 = curves.quantiles[cells].T
    columns = {
        "competing": pa.array(competing, mask=np.isnan(competing)),
        "is_window_end": pa.array(points == PARTS),
        "p50_us": pa.array(p50, mask=p50 < 0),
        "p90_us": pa.array(p90, mask=p90 < 0),
    }
    rows = rows_of(keys, times, curves)
    for name, values in columns.items():
        rows = rows.append_column(name, values)
    return rows


_EMPTY = f"""
create or replace table py_funnel_curves (
    funnel varchar, step_index bigint, {COLUMNS},
    competing double, is_window_end boolean, p50_us bigint, p90_us bigint
)
"""

_MEMBERS = """
create or replace temp table funnel_members as
select
    unit_code,
    attempt_index,
    customer_code,
    slice_set,
    cast(month as varchar) as month,
    row_number() over (order by unit_code, attempt_index) as unit_index,
    dense_rank() over (order by slice_set) - 1 as set_index
from int_funnel_units
inner join int_funnel_slices using (funnel, unit_code, attempt_index)
inner join int_slice_sets using (slice_set)
where funnel = $funnel
"""

_UNITS = """
create or replace temp table curve_units as
select
    unit_index,
    duration_us as duration,
    case cause when 'censored' then 0 when 'reached' then 1 else 2 end as cause,
    customer_code,
    slice_set,
    case when $is_last then month else 'all' end as period,
    set_index
from int_funnel_clocks
inner join funnel_members using (unit_code, attempt_index)
where funnel = $funnel and step_index = $step_index
"""

_ADD = """
insert into py_funnel_curves by name
select $funnel as funnel, $step_index as step_index, *
from estimated
"""
