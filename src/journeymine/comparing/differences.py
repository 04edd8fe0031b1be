"""By how much the two sides of a comparison differ, and how sure that is.

A rate is a ratio of sums over customers; the variance of a difference of two is that of
a sum over customers, who are independent, while what one customer does on both sides
is not (the delta method). So that rates of 0 or 1 do not seem sure beyond reason, each
side first gets two more average customers, one who always does it and one who never
does (Agresti and Caffo 2000). Student's t, with Welch's degrees of freedom.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import stdtr, stdtrit

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

LEAST_CASES = 5
"""On both sides together: what is rarer cannot differ for sure, and is not tested."""

KEY = ("comparison_index", "kind", "basis_code", "item_code")


@dataclass(frozen=True)
class Crossed:
    """Sums over customers of products of what they do on side a and on side b."""

    x_a_x_b: Values
    x_a_y_b: Values
    y_a_x_b: Values
    y_a_y_b: Values


@dataclass(frozen=True)
class Differences:
    """Both rates, a - b with its 95 % interval, and p-value; NaN where unknown."""

    rate_a: Values
    rate_b: Values
    difference: Values
    difference_low: Values
    difference_high: Values
    p: Values


def differences(a: Sums, b: Sums, crossed: Crossed) -> Differences:
    """Return by how much rate y / x of side a differs from that of side b."""
    nothing, everything = np.zeros_like(a.x), np.ones_like(a.x)
    sides = (
        a.with_two_more(nothing, everything),
        b.with_two_more(nothing, everything),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [side.variance() for side in sides]
        apart = np.asarray(parts[0] + parts[1])
        freedom = apart**2 / sum(
            part**2 / (side.customers - 1)
            for part, side in zip(parts, sides, strict=True)
        )
        error = np.sqrt(np.maximum(apart - 2 * covariance(*sides, crossed), 0))
        middle = sides[0].ratio() - sides[1].ratio()
        p = 2 * stdtr(freedom, -np.abs(middle) / error)
        half = stdtrit(freedom, 0.975) * error
    is_few = np.minimum(a.customers, b.customers) < LEAST_CUSTOMERS
    is_unknown = is_few | ~(error > 0)
    low, high = np.fmax(middle - half, -1), np.fmin(middle + half, 1)
    low, high, p = (np.where(is_unknown, np.nan, one) for one in (low, high, p))
    return Differences(
        a.ratio(), b.ratio(), a.ratio() - b.ratio(), low, high, np.asarray(p)
    )


def make_differences(context: Context) -> None:
    """Write `py_compared`: key of `int_compared_sums`, rates, difference, q-value.

    Within one comparison the q-values of all transitions hold the share of false
    findings, and those of all variants do.
    """
    found = context.con.sql(
        f"from int_compared_sums order by {', '.join(KEY)}"
    ).to_arrow_table()
    a, b = (Sums(*(floats(found, f"{name}_{side}") for name in SUMS)) for side in "ab")
    crossed = Crossed(*(floats(found, name) for name in Crossed.__dataclass_fields__))
    apart = differences(a, b, crossed)
    q = _q_values(found, np.where(a.y + b.y < LEAST_CASES, np.nan, apart.p))
    figures = {
        name: getattr(apart, name)
        for name in Differences.__dataclass_fields__
        if name != "p"
    }
    told = found.select(KEY)
    told = with_figures(told, {**figures, "q_value": q})
    write_arrow(context.con, "py_compared", told)


def covariance(a: Sums, b: Sums, crossed: Crossed) -> Values:
    """Return the covariance of two rates, of the customers who are on both sides."""
    rate_a, rate_b = a.ratio(), b.ratio()
    products = (
        crossed.y_a_y_b
        - rate_a * crossed.x_a_y_b
        - rate_b * crossed.y_a_x_b
        + rate_a * rate_b * crossed.x_a_x_b
    )
    return np.asarray(products / (a.x * b.x))


def _q_values(found: pa.Table, p: Values) -> Values:
    families = list(
        zip(*(found.column(name).to_pylist() for name in KEY[:2]), strict=True)
    )
    places = {family: place for place, family in enumerate(dict.fromkeys(families))}
    numbers = np.array([places[family] for family in families], dtype=np.int64)
    q = np.full(len(p), np.nan)
    for place in range(len(places)):
        q[numbers == place] = q_values(p[numbers == place])
    return q
