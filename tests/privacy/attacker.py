"""One who knows all that is told, and asks how near that comes to what is not."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Terms = dict[Any, float]  # Any: a count is named as the test likes
Row = dict[int, float]


class Attacker:
    """Unknown counts, none below zero, and the sums that are known of them."""

    def __init__(self, told: Mapping[Any, int]) -> None:
        self.told = told
        self.places: dict[Any, int] = {}
        self.sums: list[tuple[Row, float]] = []
        self.bounds: list[tuple[Row, float]] = []

    def sum_is(self, terms: Terms, total: float) -> None:
        """Learn that counts, some of them told, add up to something known."""
        unknown, known = self._parted(terms)
        if unknown:
            self.sums.append((unknown, total - known))

    def is_never_below_zero(self, terms: Terms) -> None:
        """Learn that a sum is not negative."""
        unknown, known = self._parted(terms)
        if unknown:
            self.bounds.append(({place: -x for place, x in unknown.items()}, known))

    def doubt(self, terms: Terms) -> float:
        """Return how far apart the least and the greatest possible sums are."""
        unknown, _ = self._parted(terms)
        if not unknown:
            return 0.0
        weights = np.zeros(len(self.places))
        weights[list(unknown)] = list(unknown.values())
        return -self._least(-weights) - self._least(weights)

    def is_determined(self, name: object) -> bool:
        """Whether the sums alone fix a count: exact elimination, no bound is used."""
        if name not in self.places:
            return True
        rows: dict[int, dict[int, Fraction]] = {}
        for terms, _ in self.sums:
            rest = _reduced({p: Fraction(x) for p, x in terms.items()}, rows)
            if rest:
                pivot = min(rest)
                rows[pivot] = {p: x / rest[pivot] for p, x in rest.items()}
        return not _reduced({self.places[name]: Fraction(1)}, rows)

    def _parted(self, terms: Terms) -> tuple[Row, float]:
        unknown: Row = {}
        known = 0.0
        for name, weight in terms.items():
            if name in self.told:
                known += weight * self.told[name]
            else:
                place = self.places.setdefault(name, len(self.places))
                unknown[place] = unknown.get(place, 0.0) + weight
        return unknown, known

    def _least(self, weights: NDArray[np.float64]) -> float:
        equal, total = _matrix(self.sums, len(weights))
        above, bound = _matrix(self.bounds, len(weights))
        found = linprog(weights, above, bound, equal, total, method="highs")
        if found.status == 3:
            return -np.inf  # nothing bounds it
        assert found.status == 0, found.message
        return float(found.fun or 0.0)


def each_of(names: Iterable[Any], weight: float = 1.0) -> Terms:
    """Return terms with one weight."""
    return dict.fromkeys(names, weight)


def _matrix(
    rows: list[tuple[Row, float]], wide: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    matrix = np.zeros((len(rows), wide))
    for index, (terms, _) in enumerate(rows):
        matrix[index, list(terms)] = list(terms.values())
    return matrix, np.array([total for _, total in rows])


def _reduced(
    row: dict[int, Fraction], rows: Mapping[int, dict[int, Fraction]]
) -> dict[int, Fraction]:
    """Return a row less what the others make of it; `rows` stand by their pivot."""
    while shared := sorted(row.keys() & rows.keys()):
        pivot = shared[0]
        factor = row[pivot]
        for place, value in rows[pivot].items():
            row[place] = row.get(place, Fraction(0)) - factor * value
        row = {place: value for place, value in row.items() if value}
    return row
