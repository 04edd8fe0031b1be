"""A place for what is remembered of customers with several units, cell by cell."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled
from journeymine.estimation.curves import Cells, Ends, Floats, Integers


class Shared(NamedTuple):
    """Customers with several units; those with one need no memory.

    `starts` is the place in `slots` of a unit's first cell, -1 if it is alone. A slot
    is a customer in a cell, `sums` its p, its q, and its units still at risk.
    """

    starts: Integers
    slots: NDArray[np.int32]
    sums: Floats


def customers_apart(ends: Ends, cells: Cells) -> Shared:
    """Return a place for each customer with several units, in each of its cells."""
    order = np.argsort(ends.customers, kind="stable")
    sorted_ = ends.customers[order]
    is_next_same = sorted_[1:] == sorted_[:-1]
    has_others = np.zeros(len(order), np.bool_)
    has_others[1:] |= is_next_same
    has_others[:-1] |= is_next_same
    several = order[has_others]
    sizes = np.diff(cells.starts)[ends.sets[several]]
    starts = np.full(len(order), -1, np.int64)
    starts[several] = np.cumsum(sizes) - sizes
    slots = np.empty(int(sizes.sum()), np.int32)
    number = _number_slots(ends, cells, several, starts, slots)
    return Shared(starts, slots, np.zeros((number, 3)))


@compiled
def _number_slots(
    ends: Ends,
    cells: Cells,
    several: Integers,
    starts: Integers,
    slots: NDArray[np.int32],
) -> int:
    number = 0
    newest = np.full(cells.number, -1, np.int32)
    first_of_customer = 0
    for place in range(len(several)):
        unit = several[place]
        if place and ends.customers[unit] != ends.customers[several[place - 1]]:
            first_of_customer = number
        set_ = ends.sets[unit]
        for offset in range(cells.starts[set_ + 1] - cells.starts[set_]):
            cell = cells.members[cells.starts[set_] + offset]
            if newest[cell] < first_of_customer:
                newest[cell] = number
                number += 1
            slots[starts[unit] + offset] = newest[cell]
    return number
