"""Sums over customers of what metrics count, per period and slice, in compiled loops.

Both what a customer did in a period and the product with what it did in the period
before are needed: whoever comes in both makes them alike.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Cases(NamedTuple):
    """What is read for several metrics, in order of customers.

    `begins` has where each customer's cases begin, and the number of all; `sets` the
    set of slices of each case; `periods` a column for each that it may be in, -1 for
    none.
    """

    begins: Integers
    sets: Integers
    periods: Integers


class Amounts(NamedTuple):
    """What a metric counts: which cases, their weight, what is measured, what waits.

    `most` is the most that a customer counts in a period.
    """

    is_case: Flags
    x: Integers
    y: Integers
    waiting: Integers
    most: int


class Places(NamedTuple):
    """Where sums are kept: in a cell per period and group.

    Groups are sets of slices, and behind them slices. `members` has the slices of all
    sets, one behind the other, and `begins` where each set's begin; `before` has, for
    each cell, that of the period before, -1 without.
    """

    members: Integers
    begins: Integers
    groups: int
    before: Integers


@compiled
def by_customer(customers: Integers, number: int) -> tuple[Integers, Integers]:
    """Return the places of cases in order of customers, and where each one's begin."""
    begins = np.zeros(number + 1, np.int64)
    for customer in customers:
        begins[customer + 1] += 1
    for customer in range(number):
        begins[customer + 1] += begins[customer]
    following = begins[:-1].copy()
    places = np.empty(len(customers), np.int64)
    for case in range(len(customers)):
        places[following[customers[case]]] = case
        following[customers[case]] += 1
    return places, begins


@compiled
def add_up(  # noqa: C901 - a call per customer would cost half as much again
    cases: Cases, amounts: Amounts, places: Places, found: tuple[Integers, Floats]
) -> None:
    """Add what each customer did to the sums of its periods and groups.

    Customers whose cases are all of one set are added to this, the others to each of
    their slices: so most are added once, and not to every slice.

    Parameters
    ----------
    found
        Shape (cells, 5) and (cells, 7): `COUNTS` and `PRODUCTS`.
    """
    begins, sets, periods = cases
    is_case, x, y, waiting, most = amounts
    members, set_begins, groups, before = places
    counts, products = found
    slices = len(set_begins) - 1
    own = np.zeros((len(before), 5), np.int64)
    noted = np.empty(len(before), np.int64)
    for customer in range(len(begins) - 1):
        only = _only_set(is_case, sets, begins[customer], begins[customer + 1])
        last = 0
        for case in range(begins[customer], begins[customer + 1]):
            if not is_case[case]:
                continue
            mine, told = sets[case], (x[case], y[case], waiting[case], most)
            for kind in range(periods.shape[1]):
                first = periods[case, kind] * groups
                if first < 0:
                    continue
                if only >= 0:
                    last = _add(own, first, told, noted, last)
                    continue
                for member in range(set_begins[mine], set_begins[mine + 1]):
                    cell = first + slices + members[member]
                    last = _add(own, cell, told, noted, last)
        # What is of one set stands in the place of the first: so it stays near.
        own_set = max(only, 0)
        for place in range(last):
            cell = noted[place]
            _note(own, (cell, before[cell], cell + own_set), counts, products)
        for place in range(last):
            for column in range(5):
                own[noted[place], column] = 0


@compiled
def _only_set(is_case: Flags, sets: Integers, first: int, last: int) -> int:
    """Return the set of all cases of a customer, -1 if there are several."""
    only = -1
    for case in range(first, last):
        if is_case[case]:
            if only >= 0 and sets[case] != only:
                return -1
            only = sets[case]
    return only


@compiled
def _add(
    own: Integers,
    cell: int,
    told: tuple[int, int, int, int],
    noted: Integers,
    last: int,
) -> int:
    """Add a case to a cell of its customer; return how many cells are noted."""
    x, y, waiting, most = told
    if own[cell, 4] == 0:
        noted[last] = cell
        last += 1
    own[cell, 0] = min(own[cell, 0] + (x > 0), most)
    own[cell, 1] = min(own[cell, 1] + x, most)
    own[cell, 2] = min(own[cell, 2] + y, most)
    own[cell, 3] += waiting
    own[cell, 4] += 1
    return last


@compiled
def _note(
    own: Integers, cells: tuple[int, int, int], counts: Integers, products: Floats
) -> None:
    """Add what a customer did in a period, and with it what it did in that before."""
    mine, before, cell = cells
    x, y = own[mine, 1], own[mine, 2]
    counts[cell, 0] += x > 0
    counts[cell, 1] += own[mine, 0]
    counts[cell, 2] += own[mine, 3]
    counts[cell, 3] += x
    counts[cell, 4] += y
    fx, fy = float(x), float(y)
    products[cell, 0] += fx * fx
    products[cell, 1] += fx * fy
    products[cell, 2] += fy * fy
    if before < 0:
        return
    bx, by = float(own[before, 1]), float(own[before, 2])
    if bx == 0 and by == 0:
        return
    products[cell, 3] += bx * fx
    products[cell, 4] += bx * fy
    products[cell, 5] += by * fx
    products[cell, 6] += by * fy
