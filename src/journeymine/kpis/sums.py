"""What is known of each metric, period and slice: sums over customers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeymine.kpis.calendar import read_periods
from journeymine.kpis.cases import amounts, read_cases, read_together
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

if TYPE_CHECKING:
    from journeymine.kpis.loops import Amounts, Cases

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

KEY = ("metric_index", "period_code", "slice_code")
COUNTS = ("customers", "cases", "waiting", "x", "y")
PRODUCTS = ("xx", "xy", "yy", "before_xx", "before_xy", "before_yx", "before_yy")


@dataclass(frozen=True)
class Slices:
    """The slices of all sets, one behind the other, where each set's begin; numbers."""

    members: Integers
    begins: Integers
    codes: Integers


def make_sums(context: Context) -> None:
    """Write `py_kpi_sums`: key, then `COUNTS` and `PRODUCTS` over customers.

    The products that begin with `before` are those of what a customer did in the
    period before and in this one.
    """
    periods, slices = read_periods(context.con), _slices(context.con)
    shapes = ((0, len(part)) for part in (KEY, COUNTS, PRODUCTS))
    tables = {0: _table(*(np.empty(shape, np.int64) for shape in shapes))}
    for metrics in read_together(context.con):
        cases, columns = read_cases(context, metrics[0], periods)
        for metric in metrics:
            found = summed(cases, amounts(metric, columns), periods.previous, slices)
            tables[metric.index] = _filled(metric.index, slices, *found)
    whole = [tables[index] for index in sorted(tables)]
    write_arrow(context.con, "py_kpi_sums", pa.concat_tables(whole))


def summed(
    cases: "Cases", counted: "Amounts", previous: Integers, slices: Slices
) -> tuple[Integers, Floats]:
    """Return the sums of a metric: shape (periods, slices, 5) and (..., 7).

    Parameters
    ----------
    previous
        Of each period the one before, -1 without.
    """
    # Importing numba takes half a second: only where its loops are run.
    from journeymine.kpis.loops import Places, add_up  # noqa: PLC0415

    sets = len(slices.begins) - 1
    shape = (len(previous), sets + len(slices.codes))
    counts = np.zeros((*shape, len(COUNTS)), np.int64)
    products = np.zeros((*shape, len(PRODUCTS)))
    add_up(
        cases,
        counted,
        Places(slices.members, slices.begins, shape[1], _before(previous, shape[1])),
        (counts.reshape(-1, len(COUNTS)), products.reshape(-1, len(PRODUCTS))),
    )
    for place in range(sets):
        members = sets + slices.members[slices.begins[place] : slices.begins[place + 1]]
        counts[:, members] += counts[:, place, None]
        products[:, members] += products[:, place, None]
    return counts[:, sets:], products[:, sets:]


def _before(previous: Integers, groups: int) -> Integers:
    """Return the cell of the period before each, -1 without."""
    cells = previous[:, None] * groups + np.arange(groups)
    cells[previous < 0] = -1
    return cells.ravel()


def _filled(
    metric: int, slices: Slices, counts: Integers, products: Floats
) -> pa.Table:
    """Return the sums of a metric where there is anything."""
    period, place = np.nonzero(counts[:, :, 1] + counts[:, :, 2])
    key = [np.full(len(period), metric), period + 1, slices.codes[place]]
    return _table(np.stack(key, axis=1), counts[period, place], products[period, place])


def _table(key: Integers, counts: Integers, products: Integers | Floats) -> pa.Table:
    whole = zip((*KEY, *COUNTS), (*key.T, *counts.T), strict=True)
    columns = {name: pa.array(values, pa.int64()) for name, values in whole}
    for name, values in zip(PRODUCTS, products.T, strict=True):
        columns[name] = pa.array(values, pa.float64())
    return pa.table(columns)


def _slices(con: duckdb.DuckDBPyConnection) -> Slices:
    found = con.sql(
        """
        select distinct int_kpi_sets.kpi_set - 1 as place, int_slices.slice_code
        from int_slices
        inner join int_kpi_sets on int_slices.slice_set = int_kpi_sets.slice_set
        where (int_slices.persona = 'all' or int_slices.segment = 'all')
            and int_slices.segment not in ('month', 'outcome')
        order by all
        """
    ).fetchnumpy()
    codes, members = np.unique(found["slice_code"], return_inverse=True)
    sets = int(found["place"].max(initial=-1)) + 1
    begins = np.searchsorted(found["place"], np.arange(sets + 1))
    whole = (np.asarray(part, np.int64) for part in (members, begins, codes))
    return Slices(*whole)
