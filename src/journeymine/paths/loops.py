"""The loops over steps that are compiled: each looks at a step once or twice."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled

Integers: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int32]

FEW = 16
"""So many numbers are sorted one by one."""


class Waits(NamedTuple):
    """Transitions by pair of activities: pair p has those from `starts[p]` on.

    `sets` is the combination of values that slices each, `us` the waiting time.
    """

    starts: Integers
    sets: Small
    us: Integers


class Quantiles(NamedTuple):
    """Per pair and slice with a transition: how many, and their waiting times."""

    pair: Integers
    slice: Integers
    transitions: Integers
    p50_us: Integers
    p90_us: Integers


@compiled
def put_in_order(
    journeys: Small, positions: Small, activities: Integers, number: int
) -> tuple[Integers, Integers]:
    """Return where each journey's path starts, and all paths in one array.

    Parameters
    ----------
    journeys
        Journey of each step, less than `number`.
    positions
        Position of the step in its journey, from 1.
    """
    starts = np.zeros(number + 1, np.int64)
    count(journeys, starts)
    starts = np.cumsum(starts)
    paths = np.empty(len(activities), np.int64)
    for step in range(len(activities)):
        paths[starts[journeys[step]] + positions[step] - 1] = activities[step]
    return starts, paths


@compiled
def count(groups: Small, counts: Integers) -> None:
    """Add to `counts[g + 1]` how often each group g is there."""
    for group in groups:
        counts[group + 1] += 1


@compiled
def put_by_pair(
    transitions: tuple[Small, Small, Integers], place: Integers, waits: Waits
) -> None:
    """Put transitions where `place` says that the next one of their pair goes.

    They are pairs, combinations of values and waiting times.
    """
    pairs, sets, us = transitions
    for step in range(len(pairs)):
        at = place[pairs[step]]
        waits.sets[at], waits.us[at] = sets[step], us[step]
        place[pairs[step]] += 1


@compiled
def find_quantiles(
    waits: Waits, slices: Integers, number: int, first: int
) -> Quantiles:
    """Return counts and quantiles of all pairs.

    Parameters
    ----------
    slices
        The one slice that each combination of values counts in, less than `number`.
    first
        Number of the first pair.
    """
    sizes = np.diff(waits.starts)
    rows = np.minimum(sizes, number).sum()
    found = np.empty((5, rows), np.int64)
    grouped = np.empty(sizes.max() if len(sizes) else 0, np.int64)
    row = 0
    for pair in np.flatnonzero(sizes):
        starts = _group(waits, slices, number, pair, grouped)
        for slice_ in range(number):
            low, high = starts[slice_], starts[slice_ + 1]
            if low == high:
                continue
            # The least value that at least such a share does not exceed.
            middle = high - (high - low) // 2 - 1
            most = high - (high - low) // 10 - 1
            found[0, row], found[1, row] = pair + first, slice_
            found[2, row] = high - low
            found[3, row] = _pick(grouped, low, high, middle)
            found[4, row] = _pick(grouped, middle, high, most)
            row += 1
    told = found[:, :row]
    return Quantiles(told[0], told[1], told[2], told[3], told[4])


@compiled
def _group(
    waits: Waits, slices: Integers, number: int, pair: int, grouped: Integers
) -> Integers:
    """Fill `grouped` with the times of a pair by slice; return where each starts."""
    begin, end = waits.starts[pair], waits.starts[pair + 1]
    starts = np.zeros(number + 1, np.int64)
    if number == 1:
        grouped[: end - begin] = waits.us[begin:end]
        starts[1] = end - begin
        return starts
    for at in range(begin, end):
        starts[slices[waits.sets[at]] + 1] += 1
    starts = np.cumsum(starts)
    place = starts.copy()
    for at in range(begin, end):
        slice_ = slices[waits.sets[at]]
        grouped[place[slice_]] = waits.us[at]
        place[slice_] += 1
    return starts


@compiled
def _pick(us: Integers, low: int, high: int, wanted: int) -> int:
    """Return what would stand at `wanted` were `us[low:high]` sorted.

    No value before `wanted` is then greater than it, and none after it less.
    """
    chance = high - low
    while high - low > FEW:
        # Of three by chance, the middle one: no order of the values is a bad one.
        chance = _next(chance)
        one = us[low + (chance * (high - low) >> 32)]
        chance = _next(chance)
        two = us[low + (chance * (high - low) >> 32)]
        three = us[(low + high) // 2]
        pivot = max(min(one, two), min(max(one, two), three))
        left, right = low, high - 1
        while left <= right:
            while us[left] < pivot:
                left += 1
            while us[right] > pivot:
                right -= 1
            if left <= right:
                us[left], us[right] = us[right], us[left]
                left += 1
                right -= 1
        if wanted <= right:
            high = right + 1
        elif wanted >= left:
            low = left
        else:
            return int(us[wanted])
    _sort_few(us, low, high)
    return int(us[wanted])


@compiled
def _next(chance: int) -> int:
    """Return the next of a row of numbers of 32 bits that look random."""
    return (chance * 1664525 + 1013904223) & 0xFFFFFFFF


@compiled
def _sort_few(us: Integers, low: int, high: int) -> None:
    for at in range(low + 1, high):
        value = us[at]
        place = at
        while place > low and us[place - 1] > value:
            us[place] = us[place - 1]
            place -= 1
        us[place] = value
