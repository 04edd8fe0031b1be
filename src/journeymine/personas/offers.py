"""Where no personas are found: the segments to look at in their stead."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeymine.comparison import q_values
from journeymine.personas.contrasts import DIGITS, Sums, difference
from journeymine.plan import Context
from journeymine.warehouse import Row, write_table

MOST_OFFERS = 3
LEAST_SHARE = 0.05
"""A segment parts customers if two of its values have so many of them."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Segment:
    """A segment: how many customers each value has, were watched, and converted."""

    name: str
    values: list[str]
    customers: Values
    settled: Values
    converters: Values

    def parts(self) -> bool:
        """Whether at least two values have enough customers to be worth a look."""
        shares = self.customers / self.customers.sum()
        return int((shares >= LEAST_SHARE).sum()) >= 2

    def evenness(self) -> float:
        """Return how likely two customers differ in it."""
        shares = self.customers / self.customers.sum()
        return round(float(1 - (shares**2).sum()), DIGITS)

    def strength(self) -> float:
        """Return Cramer's V of value and conversion, without what chance adds to it.

        Bergsma, A bias-correction for Cramer's V and Tschuprow's T (2013).
        """
        n, converters = self.settled.sum(), self.converters.sum()
        if n < 2 or converters in (0, n):
            return 0.0
        settled = self.settled[self.settled > 0]
        rate, rates = converters / n, self.converters[self.settled > 0] / settled
        association = float((settled * (rates - rate) ** 2).sum())
        association /= n * rate * (1 - rate)
        beyond = max(association - (len(settled) - 1) / (n - 1), 0.0)
        # Of two outcomes, and of the values: how many are left after the correction.
        outcomes = 2 - 1 / (n - 1)
        values = len(settled) - (len(settled) - 1) ** 2 / (n - 1)
        least = min(outcomes, values) - 1
        return round(min(np.sqrt(beyond / least), 1.0), DIGITS) if least > 0 else 0.0


def make_offers(context: Context) -> None:
    """Write `py_persona_offers`, and `py_persona_basis` for the facts of the run."""
    con = context.con
    offers = _best(_segments(context))
    write_table(
        con,
        "py_persona_offers",
        "segment varchar, segment_value varchar, place bigint, strength double,"
        " other_rate double, difference double, difference_low double,"
        " difference_high double, q_value double",
        _rows(offers),
    )
    found = con.execute("select count(*) > 0 from py_persona_profiles").fetchone()
    basis = "no clear structure"
    if offers:
        basis += f": use segment {offers[0].name}"
    if found and found[0]:
        basis = "found"
    write_table(con, "py_persona_basis", "basis varchar", [(basis,)])


def _segments(context: Context) -> list[Segment]:
    rows = context.con.execute(
        "select segment, segment_value, customers, settled, converters"
        " from int_persona_segments order by segment, segment_value"
    ).fetchall()
    return [
        Segment(
            name,
            [row[1] for row in rows if row[0] == name],
            *np.array([row[2:] for row in rows if row[0] == name], dtype=np.float64).T,
        )
        for name in dict.fromkeys(row[0] for row in rows)
    ]


def _best(segments: list[Segment]) -> list[Segment]:
    """Return the segments whose values convert most unlike, then the even ones."""
    parting = [one for one in segments if one.parts()]
    parting.sort(key=lambda one: (-one.strength(), -one.evenness(), one.name))
    return parting[:MOST_OFFERS]


def _rows(offers: list[Segment]) -> list[Row]:
    """Return one row per value: by how much it converts unlike all other values."""
    if not offers:
        return []
    own = _sums(
        np.concatenate([one.settled for one in offers]),
        np.concatenate([one.converters for one in offers]),
    )
    everyone = _sums(
        np.concatenate([np.full(len(one.values), one.settled.sum()) for one in offers]),
        np.concatenate(
            [np.full(len(one.values), one.converters.sum()) for one in offers]
        ),
    )
    rest, none = everyone.minus(own), np.zeros(len(own.x))
    apart = difference(own, rest, none, none + 1)
    figures = (rest.ratio(), apart.value, apart.low, apart.high, q_values(apart.p))
    named = [
        (one.name, value, place, one.strength())
        for place, one in enumerate(offers, start=1)
        for value in one.values
    ]
    return [
        (*name, *(None if np.isnan(one) else round(float(one), DIGITS) for one in row))
        for name, row in zip(named, np.column_stack(figures), strict=True)
    ]


def _sums(settled: Values, converters: Values) -> Sums:
    """Return the sums of customers who count once each."""
    return Sums(settled, settled, converters, settled, converters, converters)
