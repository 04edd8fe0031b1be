"""How a persona's shares and means differ from those of all other customers.

A share or mean is a ratio of sums over customers, and its variance that of a ratio
whose customers, not events, are independent (the delta method). Where all are alike
that would seem sure beyond reason: where there is a least and a most, each side first
gets two more customers of average size, one at either end (Agresti and Caffo 2000, who
do so for shares of people). Intervals and tests use Student's t with Welch's degrees of
freedom.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from journeymine.comparison import q_values
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

Values = NDArray[np.float64]

KEY = ("persona", "aspect", "kind", "name")
SUMS = ("customers", "x", "y", "xx", "xy", "yy")
ASPECTS = ("goal", "exit", "pain_point", "buying", "channel")
LEAST_CUSTOMERS = 5
"""On each side; of fewer nothing is concluded."""
DIGITS = 9


@dataclass(frozen=True)
class Sums:
    """Sums over customers, each of the same shape: what is counted (x), and on it (y).

    `customers` is how many; `xx`, `xy`, `yy` are sums of squares and of products.
    """

    customers: Values
    x: Values
    y: Values
    xx: Values
    xy: Values
    yy: Values

    def minus(self, other: "Sums") -> "Sums":
        """Return the sums without those of some of the customers."""
        return Sums(*(getattr(self, one) - getattr(other, one) for one in SUMS))

    def ratio(self) -> Values:
        """Return y / x; NaN where nothing is counted."""
        found: Values = np.full(self.x.shape, np.nan)
        np.divide(self.y, self.x, out=found, where=self.x > 0)
        return found

    def with_two_more(self, least: Values, most: Values) -> "Sums":
        """Return the sums with two more average customers; none where least is NaN."""
        is_bounded = ~np.isnan(least)
        size = np.where(is_bounded, self.x / np.maximum(self.customers, 1), 0)
        ends, squares = np.nan_to_num(least + most), np.nan_to_num(least**2 + most**2)
        return Sums(
            self.customers + 2 * is_bounded,
            self.x + 2 * size,
            self.y + size * ends,
            self.xx + 2 * size**2,
            self.xy + size**2 * ends,
            self.yy + size**2 * squares,
        )

    def variance(self) -> Values:
        """Return the variance of the ratio, the customer being the cluster."""
        ratio, n = self.ratio(), self.customers
        squares = self.yy - 2 * ratio * self.xy + ratio**2 * self.xx
        return np.asarray(np.maximum(squares, 0) * n / np.maximum(n - 1, 1) / self.x**2)


@dataclass(frozen=True)
class Difference:
    """By how much two ratios differ, with its 95 % interval and p-value."""

    value: Values
    low: Values
    high: Values
    p: Values


def difference(own: Sums, rest: Sums, least: Values, most: Values) -> Difference:
    """Return own ratio - ratio of the rest; NaN where either side has few customers.

    Parameters
    ----------
    least, most
        Between which y lies per x; NaN where there are no such bounds.
    """
    is_few = np.minimum(own.customers, rest.customers) < LEAST_CUSTOMERS
    sides = [side.with_two_more(least, most) for side in (own, rest)]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [side.variance() for side in sides]
        variance = parts[0] + parts[1]
        freedom = variance**2 / sum(
            part**2 / (side.customers - 1)
            for part, side in zip(parts, sides, strict=True)
        )
        apart = sides[0].ratio() - sides[1].ratio()
        p = 2 * stdtr(freedom, -np.abs(apart) / np.sqrt(variance))
        half = stdtrit(freedom, 0.975) * np.sqrt(variance)
    widest = most - least
    low, high = np.fmax(apart - half, -widest), np.fmin(apart + half, widest)
    # Where no two customers differ, nothing says how far they might.
    is_unknown = is_few | ~(variance > 0)
    low, high, p = (np.where(is_unknown, np.nan, one) for one in (low, high, p))
    return Difference(own.ratio() - rest.ratio(), low, high, p)


def make_contrasts(context: Context) -> None:
    """Write `py_persona_contrasts`: key of `int_persona_sums`, figures and q-value.

    Within an aspect, over all personas, the q-value holds the share of false findings.
    """
    found = context.con.sql(
        f"from int_persona_sums order by {', '.join(KEY)}"
    ).to_arrow_table()
    scale, least, most = (floats(found, name) for name in ("scale", "least", "most"))
    own = Sums(*(floats(found, name) for name in SUMS))
    rest = _everyone(found, own).minus(own)
    apart = difference(own, rest, least, most)
    aspects = np.array(found.column("aspect").to_pylist(), dtype=object)
    q = np.full(len(aspects), np.nan)
    for aspect in ASPECTS:
        q[aspects == aspect] = q_values(apart.p[aspects == aspect])
    figures = {
        "value": own.ratio() / scale,
        "other_value": rest.ratio() / scale,
        "difference": apart.value / scale,
        "difference_low": apart.low / scale,
        "difference_high": apart.high / scale,
        "q_value": q,
    }
    told = found.select([*KEY, "customers"]).append_column("cases", found.column("x"))
    told = with_figures(told, figures)
    write_arrow(context.con, "py_persona_contrasts", told)


def _everyone(found: pa.Table, own: Sums) -> Sums:
    """Return, in every row of a persona, the sums over all personas."""
    keys = list(zip(*(found.column(name).to_pylist() for name in KEY[1:]), strict=True))
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    groups = np.array([places[key] for key in keys], dtype=np.int64)

    def summed(values: Values) -> Values:
        sums = np.bincount(groups, values, len(places)).astype(np.float64)
        return np.asarray(sums[groups])

    return Sums(*(summed(getattr(own, name)) for name in SUMS))


def floats(found: pa.Table, name: str) -> Values:
    """Return a column as numbers, the greatest of them to 53 bits."""
    # Durations of many journeys add up to more microseconds than a double tells apart.
    column = found.column(name).cast(pa.float64(), safe=False)
    return np.asarray(column.to_numpy(), dtype=np.float64)


def with_figures(told: pa.Table, figures: Mapping[str, Values]) -> pa.Table:
    """Return a table with further columns, rounded; null where a value is NaN."""
    for name, values in figures.items():
        column = pa.array(np.round(values, DIGITS), pa.float64(), mask=np.isnan(values))
        told = told.append_column(name, column)
    return told
