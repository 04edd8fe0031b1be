"""In how many journeys one activity comes some time after another."""

import numpy as np

from journeymine.compiled import compiled
from journeymine.sequences.journeys import Integers, Journeys, Slices, Small


@compiled
def count_pairs(journeys: Journeys, slices: Slices, low: int, high: int) -> Small:
    """Return journeys and customers of each pair, in the slices from low to high.

    Shape (slices, activities, activities + 1, 2): the last column counts those with
    the activity at all.
    """
    size = len(journeys.activities)
    cells = size * (size + 1)
    # Journeys, customers, and the last of these: side by side, as they are used.
    counts = np.zeros((high - low, cells, 3), np.int32)
    pairs = np.empty(cells, np.int64)
    seen, firsts, lasts, held = (
        np.full(size, -1, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
        np.empty(size, np.int64),
    )
    for journey in range(len(journeys.starts)):
        distinct = mark(journeys, journey, seen, firsts, lasts, held)
        number = _pair(distinct, held, firsts, lasts, pairs)
        customer, group = journeys.customers[journey], journeys.sets[journey]
        for at in range(slices.starts[group], slices.starts[group + 1]):
            place = slices.places[at] - low
            if 0 <= place < high - low:
                for cell in pairs[:number]:
                    counts[place, cell, 0] += 1
                    if counts[place, cell, 2] != customer:
                        counts[place, cell, 1] += 1
                        counts[place, cell, 2] = customer
    return counts.reshape((high - low, size, size + 1, 3))[..., :2]


@compiled
def mark(  # noqa: PLR0913 - arrays that every journey uses again
    journeys: Journeys,
    journey: int,
    seen: Integers,
    firsts: Integers,
    lasts: Integers,
    held: Integers,
) -> int:
    """Note where each activity of a journey comes first and last; return how many."""
    number = 0
    for at in range(journeys.starts[journey], journeys.stops[journey]):
        activity = journeys.steps[at]
        if activity < 0:
            continue
        if seen[activity] != journey:
            seen[activity] = journey
            firsts[activity] = at
            held[number] = activity
            number += 1
        lasts[activity] = at
    return number


@compiled
def _pair(
    distinct: int, held: Integers, firsts: Integers, lasts: Integers, pairs: Integers
) -> int:
    """Write the cells of a journey; return how many."""
    width = len(held) + 1
    number = 0
    for one in held[:distinct]:
        pairs[number] = one * width + len(held)
        number += 1
        for other in held[:distinct]:
            if firsts[one] < lasts[other]:
                pairs[number] = one * width + other
                number += 1
    return number
