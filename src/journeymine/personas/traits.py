"""What sets each persona apart from all other customers, in figures."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journeymine.personas.counts import MIXES, Counts, Feature, Labels
from journeymine.personas.scaling import SETTINGS, Vectors

NORMAL_95 = 1.959964
DIGITS = 6


@dataclass(frozen=True)
class Trait:
    """One feature of a persona.

    `value` and `others` are means of its customers and of all others: a share for a
    mix, else in the feature's unit. `difference` is that of the scaled features, in
    standard deviations of all customers, with its 95 % interval (Welch's).
    """

    persona: str
    family: str
    feature: str
    customers: int
    value: float
    others: float
    difference: float
    difference_low: float
    difference_high: float


class Tally:
    """Sums per group, taken batch by batch, from which the traits follow."""

    def __init__(self, features: list[Feature], groups: int) -> None:
        self.features = features
        shape = (groups, len(features))
        self.customers = np.zeros(groups, dtype=np.int64)
        self.sums = np.zeros(shape)
        self.squares = np.zeros(shape)
        self.values = np.zeros(shape)
        self.known = np.zeros(shape)

    def add(self, counts: Counts, vectors: Vectors, labels: Labels) -> None:
        """Add a batch of customers; the features of its counts are the tally's."""
        values = vectors**2
        for place, (family, _) in enumerate(self.features):
            values[:, place] /= SETTINGS.get(family, 1.0) ** 2
            if family not in MIXES:
                values[:, place] = _column(counts, self.features[place])
        is_known = ~np.isnan(values)
        values = np.nan_to_num(values)
        for group in range(len(self.customers)):
            own = labels == group
            self.customers[group] += int(own.sum())
            self.sums[group] += vectors[own].sum(axis=0)
            self.squares[group] += (vectors[own] ** 2).sum(axis=0)
            self.values[group] += values[own].sum(axis=0)
            self.known[group] += is_known[own].sum(axis=0)

    def traits(self, personas: list[str]) -> Iterator[Trait]:
        """Yield the traits of each persona, in order of the features."""
        for group, persona in enumerate(personas):
            own = int(self.customers[group])
            if not own or own == self.customers.sum():
                continue
            difference, half = self._difference(group)
            others = self.known.sum(0) - self.known[group]
            columns = (
                self.values[group] / np.maximum(self.known[group], 1),
                (self.values.sum(0) - self.values[group]) / np.maximum(others, 1),
                difference,
                difference - half,
                difference + half,
            )
            rows = np.round(np.column_stack(columns), DIGITS).tolist()
            for (family, feature), row in zip(self.features, rows, strict=True):
                yield Trait(persona, family, feature, own, *row)

    def _difference(self, group: int) -> tuple[Vectors, Vectors]:
        """Return how far a group's means lie from the others', plus or minus what."""
        every = self.customers.sum()
        parts = [
            (self.customers[group], self.sums[group], self.squares[group]),
            (
                every - self.customers[group],
                self.sums.sum(0) - self.sums[group],
                self.squares.sum(0) - self.squares[group],
            ),
        ]
        (own, rest) = (sums / customers for customers, sums, _ in parts)
        error = sum(
            (np.maximum(squares / size - (sums / size) ** 2, 0) / size)
            for size, sums, squares in parts
        )
        variance = self.squares.sum(0) / every - (self.sums.sum(0) / every) ** 2
        # What is equal for all differs by rounding only.
        spread = np.where(
            variance > 1e-12, np.sqrt(np.maximum(variance, 1e-12)), np.inf
        )
        return (own - rest) / spread, NORMAL_95 * np.sqrt(error) / spread


def _column(counts: Counts, feature: Feature) -> Vectors:
    if feature not in counts.features:
        return np.full(len(counts.values), np.nan)
    return counts.values[:, counts.features.index(feature)].astype(np.float64)
