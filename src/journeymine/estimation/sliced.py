"""Curves of what ends over time, in every slice: from tables to estimates and back.

A step writes the temporary table `curve_units` (unit_index, duration, cause,
customer_code, slice_set, period, set_index), one row per unit; a cause of 0 says that
the unit was not over yet, a set is a period and a combination of slices.
"""

import duckdb
import numpy as np
import pyarrow as pa

from journeymine.estimation.curves import AT_THE_END, Cells, Curves, Ends, Integers

COLUMNS = """
    period varchar, persona varchar, segment varchar, segment_value varchar,
    time_us bigint, at_risk bigint, ended bigint,
    incidence double, incidence_low double, incidence_high double
"""
"""The columns of `rows_of`, as in `create table`."""


def units(con: duckdb.DuckDBPyConnection) -> dict[str, Integers]:
    """Return the units of `curve_units`: those that end sooner first."""
    found = con.execute(
        "select duration, cause, customer_code, set_index from curve_units"
        " order by duration, unit_index"
    ).fetchnumpy()
    return {name: np.asarray(values) for name, values in found.items()}


def ends_by(found: dict[str, Integers], cause: int) -> Ends:
    """Return how units end: by the cause of this number, or if it is 0, by any."""
    is_asked = found["cause"] == cause if cause else found["cause"] > 0
    causes = np.where(is_asked, 1, np.where(found["cause"] > 0, 2, 0)).astype(np.int8)
    return Ends(found["duration"], causes, found["customer_code"], found["set_index"])


def cells_of(con: duckdb.DuckDBPyConnection) -> tuple[pa.Table, Cells]:
    """Return the slices of `curve_units`, and which of them each set counts in."""
    con.execute(_CELLS)
    keys = con.sql(
        "select distinct on (cell) period, persona, segment, segment_value"
        " from curve_cells order by cell"
    ).to_arrow_table()
    found = con.execute(
        "select set_index, cell from curve_cells order by set_index, cell"
    ).fetchnumpy()
    starts = np.r_[0, np.cumsum(np.bincount(found["set_index"]))].astype(np.int64)
    return keys, Cells(starts, np.asarray(found["cell"]), len(keys))


def places_of(keys: pa.Table, times: int) -> tuple[Integers, Integers]:
    """Return cell and time, by position, of each row of `rows_of`."""
    cells, points = np.divmod(np.arange(len(keys) * times), times)
    is_whole = np.asarray(keys.column("period")) == "all"
    kept = is_whole[cells] | (points == times - 1)
    return cells[kept], points[kept]


def rows_of(keys: pa.Table, times: Integers, curves: Curves) -> pa.Table:
    """Return a row per cell and time; of months, only the last time."""
    cells, points = places_of(keys, len(times))
    is_end = times[points] == AT_THE_END
    low, high = curves.interval()
    rates = {
        "incidence": curves.incidence[cells, points],
        "incidence_low": low[cells, points],
        "incidence_high": high[cells, points],
    }
    columns = {
        "time_us": pa.array(times[points], mask=is_end),
        "at_risk": pa.array(curves.at_risk[cells, points]),
        "ended": pa.array(curves.ended[cells, points]),
        **{name: pa.array(one, mask=np.isnan(one)) for name, one in rates.items()},
    }
    table = keys.take(pa.array(cells))
    for name, values in columns.items():
        table = table.append_column(name, values)
    return table


_CELLS = """
create or replace temp table curve_cells as
with sets as (
    select distinct set_index, slice_set, period from curve_units
),
periods as (
    select * from sets
    union
    select * replace ('all' as period) from sets
)
select
    set_index,
    dense_rank() over (order by period, persona, segment, segment_value) - 1 as cell,
    period,
    persona,
    segment,
    segment_value
from periods
inner join int_slices using (slice_set)
"""
