"""The cases that metrics count: read once for all those of a family, or of a funnel."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, groupby
from typing import TYPE_CHECKING, NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from journeymine.kpis.metric import EITHER, Kind
from journeymine.plan import Context

if TYPE_CHECKING:
    from journeymine.kpis.calendar import Periods
    from journeymine.kpis.loops import Amounts, Cases

Integers = NDArray[np.int64]
Columns = dict[str, Integers]

NO_LIMIT = 2**62

QUERY = """
    select cases.* exclude (slice_set), sets.kpi_set - 1 as place,
        case when period_code > 0 then 0 else cast(
            timezone($zone, make_timestamptz(moment_us)) as date
        ) - date '1970-01-01' end as day
    from ({cases}) as cases
    inner join int_kpi_sets as sets on cases.slice_set = sets.slice_set
"""
OF_FUNNEL = """
    select customer_code, slice_set, moment_us, period_code, depth, depth_mature
    from int_kpi_units where funnel = $name
"""
OF_FAMILY = """
    select metric_index, customer_code, slice_set, moment_us, 0 as period_code, x, y,
        waiting
    from int_kpi_cases where family = $name
"""


@dataclass(frozen=True)
class Asked:
    """A metric: where its cases are, and which of them it counts."""

    kinds: tuple[Kind, ...]
    index: int
    family: str
    funnel: str
    position: int
    depth: int
    is_once: bool


class Read(NamedTuple):
    """Cases and their columns, both in order of customers."""

    cases: "Cases"
    columns: Columns


def read_together(con: duckdb.DuckDBPyConnection) -> Iterator[list[Asked]]:
    """Yield metrics, those together whose cases are read together."""
    rows = con.sql(
        """
        select [is_monthly, is_weekly] as told, metric_index, family,
            if(family = 'funnel', subject, '') as funnel, position, depth, is_once
        from cfg_metrics order by family, funnel, told, metric_index
        """
    ).fetchall()
    metrics = [Asked(tuple(compress(EITHER, told)), *metric) for told, *metric in rows]
    for _, found in groupby(metrics, lambda one: (one.family, one.funnel, one.kinds)):
        yield [*found]


def read_cases(context: Context, metric: Asked, periods: "Periods") -> Read:
    """Return the cases of a metric, and of all that are read together with it."""
    # Importing numba takes half a second: only where its loops are run.
    from journeymine.kpis.loops import Cases, by_customer  # noqa: PLC0415

    found = context.con.execute(
        QUERY.format(cases=OF_FUNNEL if metric.funnel else OF_FAMILY),
        {"zone": context.parameters["zone"], "name": metric.funnel or metric.family},
    ).fetchnumpy()
    columns = {name: np.asarray(column, np.int64) for name, column in found.items()}
    customers = columns.pop("customer_code")
    order, begins = by_customer(customers, int(customers.max(initial=-1)) + 1)
    columns = {name: column[order] for name, column in columns.items()}
    return Read(
        Cases(begins, columns.pop("place"), periods.of(columns, metric.kinds)), columns
    )


def amounts(metric: Asked, columns: Columns) -> "Amounts":
    """Return what a metric counts of cases that were read for it."""
    from journeymine.kpis.loops import Amounts  # noqa: PLC0415

    most = 1 if metric.is_once else NO_LIMIT
    if not metric.funnel:
        is_case = columns["metric_index"] == metric.index
        return Amounts(is_case, columns["x"], columns["y"], columns["waiting"], most)
    depth, mature = columns["depth"], columns["depth_mature"]
    is_known = mature >= metric.position
    return Amounts(
        is_case=depth >= metric.position,
        x=is_known.astype(np.int64),
        y=(is_known & (mature == metric.depth)).astype(np.int64),
        waiting=(mature == 0).astype(np.int64),
        most=most,
    )
