"""By how much a metric changed from one period to the next, and how sure that is.

A share or mean is a ratio of sums over customers, a total a sum over them; whoever
comes in both periods makes the two alike, and their covariance is taken off. The rest
is as two personas are compared. Totals are compared per day: months differ in length.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from journeymine.comparing.differences import Crossed, covariance
from journeymine.comparison import Values, q_values
from journeymine.personas.contrasts import (
    LEAST_CUSTOMERS,
    SUMS,
    Sums,
    floats,
    with_figures,
)
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

KEY = ("metric_index", "period_code", "slice_code")

LEAST_CASES = 30
"""In each of the two periods; of fewer nothing is concluded."""

PAIRS = """
select
    later.metric_index, later.period_code, later.slice_code, periods.period_kind,
    cfg_metrics.scale, cfg_metrics.least, cfg_metrics.most,
    case cfg_metrics.direction when 'down' then -1 else 1 end as better,
    periods.days, cfg_metrics.form = 'total' as is_total,
    {sides},
    case when is_total then 0 else sums_b.before_xx end as x_a_x_b,
    case when is_total then 0 else sums_b.before_xy end as x_a_y_b,
    case when is_total then 0 else sums_b.before_yx end as y_a_x_b,
    sums_b.before_yy as y_a_y_b
from int_kpis as later
inner join int_kpis as earlier
    on later.metric_index = earlier.metric_index
    and later.slice_code = earlier.slice_code
    and later.previous_code = earlier.period_code
inner join cfg_metrics on later.metric_index = cfg_metrics.metric_index
inner join int_kpi_periods as periods on later.period_code = periods.period_code
inner join int_kpi_periods as days_a on earlier.period_code = days_a.period_code
inner join int_kpi_periods as days_b on later.period_code = days_b.period_code
inner join py_kpi_sums as sums_a
    on earlier.metric_index = sums_a.metric_index
    and earlier.period_code = sums_a.period_code
    and earlier.slice_code = sums_a.slice_code
inner join py_kpi_sums as sums_b
    on later.metric_index = sums_b.metric_index
    and later.period_code = sums_b.period_code
    and later.slice_code = sums_b.slice_code
where least(later.cases, earlier.cases) >= {least_cases}
    and (
        (later.is_final and earlier.is_final)
        or (periods.period_kind = 'comparison' and cfg_metrics.waits_for = 'time'
            and (cfg_metrics.form <> 'total' or (days_a.is_whole and days_b.is_whole)))
    )
order by later.metric_index, later.period_code, later.slice_code
"""


@dataclass(frozen=True)
class Change:
    """What is later minus what was before, its 95 % interval, how sure; NaN unknown."""

    value: Values
    low: Values
    high: Values
    p: Values
    distance: Values
    """In standard errors."""


def changes(
    before: Sums, after: Sums, crossed: Crossed, bounds: tuple[Values, Values]
) -> Change:
    """Return by how much y / x of later differs from that of before.

    Parameters
    ----------
    bounds
        Between which y lies per x; NaN where there are no such bounds.
    """
    sides = (before.with_two_more(*bounds), after.with_two_more(*bounds))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [side.variance() for side in sides]
        apart = np.asarray(parts[0] + parts[1])
        freedom = apart**2 / sum(
            part**2 / (side.customers - 1)
            for part, side in zip(parts, sides, strict=True)
        )
        error = np.sqrt(np.maximum(apart - 2 * covariance(*sides, crossed), 0))
        middle = sides[1].ratio() - sides[0].ratio()
        p = 2 * stdtr(freedom, -np.abs(middle) / error)
        half = stdtrit(freedom, 0.975) * error
        distance = middle / error
    widest = bounds[1] - bounds[0]
    low, high = np.fmax(middle - half, -widest), np.fmin(middle + half, widest)
    is_few = np.minimum(before.customers, after.customers) < LEAST_CUSTOMERS
    is_unknown = is_few | ~(error > 0)
    found = (np.where(is_unknown, np.nan, one) for one in (low, high, p, distance))
    return Change(after.ratio() - before.ratio(), *found)


def make_changes(context: Context) -> None:
    """Write `py_kpi_changes`: key of `int_kpis`, change, its certainty, and its rank.

    Among all metrics and slices told by months, by weeks, and by spans of the project,
    the q-values hold the share of false findings. What became worse has ranks from 1,
    the surest first, and so has what became better.
    """
    sides = ", ".join(_side(side) for side in "ab")
    query = PAIRS.format(sides=sides, least_cases=LEAST_CASES)
    found: pa.Table = context.con.sql(query).to_arrow_table()
    a, b = (Sums(*(floats(found, f"{name}_{side}") for name in SUMS)) for side in "ab")
    crossed = Crossed(*(floats(found, name) for name in Crossed.__dataclass_fields__))
    change = changes(a, b, crossed, (floats(found, "least"), floats(found, "most")))
    worse = floats(found, "better") * change.value < 0
    q, rank = _compared(found.column("period_kind").to_pylist(), change, worse)
    # Of totals the sums are per day, and the figures of the period's days.
    length = np.where(floats(found, "is_total") > 0, floats(found, "days"), 1)
    unit = length / floats(found, "scale")
    figures = {
        "change": change.value * unit,
        "change_low": change.low * unit,
        "change_high": change.high * unit,
        "p_value": change.p,
        "q_value": q,
        "place": rank,
    }
    told = with_figures(found.select(KEY), figures)
    told = told.append_column("is_worse", pa.array(worse))
    write_arrow(context.con, "py_kpi_changes", told)


def _compared(
    kinds: list[str], change: Change, worse: NDArray[np.bool_]
) -> tuple[Values, Values]:
    """Return q-values and ranks, each among the periods of one kind."""
    names = np.array(kinds, dtype=str)
    q, rank = (np.full(len(kinds), np.nan) for _ in range(2))
    for name in sorted(set(kinds)):
        q[names == name] = q_values(change.p[names == name])
        for is_worse in (False, True):
            here = (names == name) & (worse == is_worse)
            rank[here] = _ranks(np.abs(change.distance[here]))
    return q, rank


def _side(side: str) -> str:
    """Return the sums of a side; of totals, x is the days, which vary with nobody."""
    sums = f"sums_{side}"
    return (
        f"{sums}.customers as customers_{side}, {sums}.y as y_{side},"
        f" {sums}.yy as yy_{side},"
        f" case when is_total then days_{side}.days else {sums}.x end as x_{side},"
        f" case when is_total then 0 else {sums}.xx end as xx_{side},"
        f" case when is_total then 0 else {sums}.xy end as xy_{side}"
    )


def _ranks(certainty: Values) -> Values:
    """Return places from 1, the greatest first; NaN stays NaN."""
    ranks = np.full(len(certainty), np.nan)
    known = np.flatnonzero(~np.isnan(certainty))
    order = known[np.argsort(-certainty[known], kind="stable")]
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks
