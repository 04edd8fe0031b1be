"""One step of a funnel: who had a driver, and who went on, by stratum and customer."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from journeymine.drivers.strata import Values, influences

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

EXACT = 8
PER_DOUBLING = 4
BANDS = 25
"""Of exposure: each number of events up to 8, then four bands to double it, up to 128.

In wider ones, who had more events would more often have had any of them, and so what
depends on the exposure would seem to depend on an activity.
"""


@dataclass(frozen=True)
class Waiting:
    """Units at a landmark: own events before, whose they are, what came of them.

    Attributes
    ----------
    group
        Number of the group of each, from 0: a customer is in one of them.
    groups
        How many groups there are.
    """

    group: Integers
    groups: int
    customer: Integers
    events: Integers
    is_converted: Flags

    def places(self, has_it: Flags) -> Integers:
        """Return the cell of each unit: by group, band, with it or not, and outcome."""
        return np.asarray(self._first_cell + 2 * has_it)

    def cells(self, place: Integers) -> Values:
        """Return units by group, band, without or with it, stayed or converted."""
        found = np.bincount(place, minlength=self.groups * BANDS * 4)
        return found.reshape(self.groups, BANDS, 2, 2).astype(np.float64)

    def design_effects(self, place: Integers, cells: Values) -> Values:
        """Return how much variances grow as customers have several units.

        Shape (2, 1 + groups): of the odds ratio and the test; of all, then each group.
        """
        apart, together = influences(cells), influences(cells.reshape(1, -1, 2, 2))
        return np.array(
            [
                [
                    *self._grown(place, cells.reshape(1, -1), whole),
                    *self._grown(place, cells.reshape(self.groups, -1), each),
                ]
                for whole, each in zip(together, apart, strict=True)
            ]
        )

    @cached_property
    def _first_cell(self) -> Integers:
        band = self.group * BANDS + bands(self.events)
        return np.asarray(4 * band + self.is_converted)

    @cached_property
    def _repeated(self) -> tuple[Integers, Integers]:
        """Return the units of customers with several, and where each one begins."""
        order = np.argsort(self.customer, kind="stable")
        _, sizes = np.unique(self.customer, return_counts=True)
        several = sizes[sizes > 1]
        return order[np.repeat(sizes > 1, sizes)], np.cumsum(several) - several

    def _grown(self, place: Integers, cells: Values, moves: Values) -> Values:
        """Return by how much the squares of customers' sums exceed those of units'."""
        unit, begins = self._repeated
        if not len(unit):
            return np.ones(len(cells))
        moved = moves.ravel()[place[unit]]
        excess = np.add.reduceat(moved, begins) ** 2
        excess -= np.add.reduceat(moved**2, begins)
        group = self.group[unit[begins]] if len(cells) > 1 else np.zeros_like(begins)
        squares = (cells * moves.reshape(cells.shape) ** 2).sum(axis=1)
        more = np.bincount(group, excess, len(cells))
        return np.asarray(1 + more / np.where(squares > 0, squares, np.inf))


def bands(events: Integers) -> Integers:
    """Return the band of a number of events, 1 or more, from 0."""
    doublings = np.log2(np.maximum(events, 1) / EXACT)
    beyond = np.floor(PER_DOUBLING * doublings).astype(np.int64)
    found = np.where(events <= EXACT, events - 1, EXACT + beyond)
    return np.asarray(np.clip(found, 0, BANDS - 1))
