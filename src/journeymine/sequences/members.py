"""Which chosen sub-sequences each journey holds, summed per slice and customer."""

from typing import NamedTuple

import numpy as np

from journeymine.compiled import compiled
from journeymine.sequences.journeys import (
    Integers,
    Journeys,
    Slices,
    Small,
    Smallest,
)
from journeymine.sequences.pairs import mark

SUMS = (
    "journeys",
    "customers",
    "ended",
    "converted",
    "ended_customers",
    "ended_only",
    "converted_converted",
    "converted_ended",
    "ended_ended",
    "converted_all_converted",
    "converted_all_ended",
    "ended_all_converted",
    "ended_all_ended",
)
"""What is summed; pairs are sums over customers of products: of what they have with the
sub-sequence, `all_`: of what they have in the slice. `ended_only` counts customers none
of whose ended journeys is without it."""


class Chosen(NamedTuple):
    """Sub-sequences that are looked for, numbered from 0.

    `runs` has which one begins at each step, a row per length, and `pairs` which one
    two activities are, at any distance; -1 for none. All journeys have the last one.
    """

    runs: Smallest
    pairs: Smallest
    number: int


@compiled
def sum_members(journeys: Journeys, slices: Slices, chosen: Chosen) -> Integers:
    """Return `SUMS` of each slice and sub-sequence: shape (slices, chosen, sums)."""
    number = chosen.number
    cells = len(slices.codes) * number
    sums = np.zeros((cells, 13), np.int64)
    has = np.zeros((cells, 3), np.int32)  # one customer's journeys, ended, converted
    touched = np.empty(cells, np.int64)
    seen, held = np.full(number, -1, np.int64), np.empty(number, np.int64)
    size = len(journeys.activities)
    seen_step, firsts, lasts, steps = (
        np.full(size, -1, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
    )
    count = 0
    for journey in range(len(journeys.starts)):
        distinct = mark(journeys, journey, seen_step, firsts, lasts, steps)
        members = _runs(journeys, journey, chosen, seen, held)
        members = _pairs(chosen, steps[:distinct], firsts, lasts, held, members)
        count = _add(journeys, journey, slices, held[:members], has, touched, count)
        following = journey + 1
        if (
            following == len(journeys.starts)
            or journeys.customers[following] != journeys.customers[journey]
        ):
            _flush(touched[:count], has, sums, number)
            count = 0
    return sums.reshape((len(slices.codes), number, 13))


@compiled
def _runs(
    journeys: Journeys, journey: int, chosen: Chosen, seen: Integers, held: Integers
) -> int:
    """Write what a journey holds of the runs, and what all hold; return how many."""
    held[0] = chosen.number - 1
    number = 1
    for length in range(len(chosen.runs)):
        for place in range(journeys.starts[journey], journeys.stops[journey]):
            one = chosen.runs[length, place]
            if one >= 0 and seen[one] != journey:
                seen[one] = journey
                held[number] = one
                number += 1
    return number


@compiled
def _pairs(  # noqa: PLR0913 - arrays that every journey uses again
    chosen: Chosen,
    steps: Integers,
    firsts: Integers,
    lasts: Integers,
    held: Integers,
    number: int,
) -> int:
    """Write what a journey holds of the pairs; return how many there are now."""
    for one in steps:
        for other in steps:
            pair = chosen.pairs[one, other]
            if pair >= 0 and firsts[one] < lasts[other]:
                held[number] = pair
                number += 1
    return number


@compiled
def _add(  # noqa: PLR0913 - arrays that every journey uses again
    journeys: Journeys,
    journey: int,
    slices: Slices,
    members: Integers,
    has: Small,
    touched: Integers,
    count: int,
) -> int:
    """Add a journey to what its customer has; return how many cells it touched."""
    group = journeys.sets[journey]
    width = len(has) // len(slices.codes)
    for at in range(slices.starts[group], slices.starts[group + 1]):
        for member in members:
            cell = slices.places[at] * width + member
            if has[cell, 0] == 0:
                touched[count] = cell
                count += 1
            has[cell, 0] += 1
            has[cell, 1] += journeys.is_ended[journey]
            has[cell, 2] += journeys.is_converted[journey]
    return count


@compiled
def _flush(touched: Integers, has: Small, sums: Integers, number: int) -> None:
    """Add what one customer has to the sums."""
    for cell in touched:
        whole = cell - cell % number + number - 1
        # In 64 bits: one customer may have many journeys, and these are multiplied.
        journeys, ended = np.int64(has[cell, 0]), np.int64(has[cell, 1])
        converted = np.int64(has[cell, 2])
        all_ended, all_converted = np.int64(has[whole, 1]), np.int64(has[whole, 2])
        row = sums[cell]
        row[0] += journeys
        row[1] += 1
        if ended == 0:
            continue
        row[2] += ended
        row[3] += converted
        row[4] += 1
        row[5] += ended == all_ended
        row[6] += converted * converted
        row[7] += converted * ended
        row[8] += ended * ended
        row[9] += converted * all_converted
        row[10] += converted * all_ended
        row[11] += ended * all_converted
        row[12] += ended * all_ended
    for cell in touched:
        has[cell] = 0
