"""The loop over steps that counts what journeys do at activities; it is compiled.

What is counted of is an item: an activity has its own code, and the way p from one
activity to the next has the number of all activity codes, plus p.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled

Integers: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int32]

STATES = 6
"""What a journey does at an item, as a number less than this.

At an activity 0 if it is in progress, 2 if it is over, 4 if it ended there; and one
more if it came back. On a way 1 if it was slow, else 0.
"""

TOLD = 4
"""Counts per customer and item.

Of an activity: journeys that were there, that are over, that ended there, that came
back. Of a way: that took it, that were slow, that were at its activity; and 0.
"""


class Steps(NamedTuple):
    """Steps, journey by journey, customer by customer; a next activity of 0 is none."""

    journeys: Small
    customers: Small
    sets: Small
    activities: Small
    nexts: Small
    us: Integers
    waits: Integers
    is_open: NDArray[np.bool_]


class Ways(NamedTuple):
    """The ways from activity a, by the next one: those from `starts[a]` on.

    `froms` and `nexts` are the activities of each; a slow one takes longer than
    `slow_us`. From `since_us` on it is the month with the number at that `place`, of so
    many `months`.
    """

    starts: Integers
    froms: Integers
    nexts: Integers
    slow_us: Integers
    since_us: Integers
    place: Integers
    months: int


class Tally(NamedTuple):
    """What is counted, and what a journey and a customer have done so far.

    Attributes
    ----------
    keys
        (item * cells + cell) * `STATES` + state of each item that a journey was at; a
        cell is combination of values * months + month.
    totals, products
        Shape (items, `TOLD`), (items, `TOLD`, `TOLD`): sums over customers of their
        counts, and of the products of two of them.
    sizes
        How many are in `keys`, and in `touched`.
    times, first_us, longest_us, here
        Of a journey: how often it was at each item, when it first was at each activity,
        the longest wait on each way, and the items that it was at.
    own, touched
        Of a customer: the counts of each item, and the items that have any.
    """

    keys: Integers
    totals: Integers
    products: Integers
    sizes: Integers
    times: Integers
    first_us: Integers
    longest_us: Integers
    here: Integers
    own: Integers
    touched: Integers


@compiled
def walk(steps: Steps, ways: Ways, cells: int, tally: Tally) -> None:
    """Count what whole customers did; `keys` has room for two per step."""
    tally.sizes[0] = begin = 0
    number = len(steps.journeys)
    for stop in range(1, number + 1):
        if stop < number and steps.journeys[stop] == steps.journeys[begin]:
            continue
        last, items = _pass(steps, begin, stop, ways, tally)
        for at in range(items):
            _count(steps, begin, (tally.here[at], last, cells), ways, tally)
        for at in range(items):
            tally.times[tally.here[at]] = 0
        if stop == number or steps.customers[stop] != steps.customers[begin]:
            _add_customer(ways, tally)
        begin = stop


@compiled
def _pass(
    steps: Steps, begin: int, stop: int, ways: Ways, tally: Tally
) -> tuple[int, int]:
    """Note what a journey is at; return its last activity, and how many items."""
    last, items = -1, 0
    activities = len(ways.starts) - 1
    for step in range(begin, stop):
        activity, us = steps.activities[step], steps.us[step]
        if tally.times[activity] == 0:
            tally.here[items], tally.first_us[activity] = activity, us
            items += 1
        tally.times[activity] += 1
        tally.first_us[activity] = min(tally.first_us[activity], us)
        if steps.nexts[step] == 0:
            last = activity
            continue
        way = _way(ways, activity, steps.nexts[step])
        if tally.times[activities + way] == 0:
            tally.here[items], tally.longest_us[way] = activities + way, 0
            items += 1
        tally.times[activities + way] += 1
        tally.longest_us[way] = max(tally.longest_us[way], steps.waits[step])
    return last, items


@compiled
def _way(ways: Ways, activity: int, following: int) -> int:
    low, high = ways.starts[activity], ways.starts[activity + 1]
    while high - low > 1:
        middle = (low + high) // 2
        if ways.nexts[middle] <= following:
            low = middle
        else:
            high = middle
    return int(low)


@compiled
def _count(
    steps: Steps, begin: int, of: tuple[int, int, int], ways: Ways, tally: Tally
) -> None:
    """Count an item that a journey is at, given its last activity."""
    item, last, cells = of
    activities = len(ways.starts) - 1
    is_open = steps.is_open[begin]
    activity = item if item < activities else ways.froms[item - activities]
    # Nobody knows yet what a journey in progress does at its last activity.
    if item == last and is_open and tally.times[item] == 1:
        return
    if tally.own[item, 0] == 0:
        tally.touched[tally.sizes[1]] = item
        tally.sizes[1] += 1
    tally.own[item, 0] += 1
    if item < activities:
        is_again, is_left = tally.times[item] > 1, item == last and not is_open
        state = 2 * (not is_open) + 2 * is_left + is_again
        tally.own[item, 1] += not is_open
        tally.own[item, 2] += is_left
        tally.own[item, 3] += is_again
    else:
        way = item - activities
        state = 1 * (tally.longest_us[way] > ways.slow_us[way])
        tally.own[item, 1] += state
    month = np.searchsorted(ways.since_us, tally.first_us[activity], "right") - 1
    cell = steps.sets[begin] * ways.months + ways.place[month]
    tally.keys[tally.sizes[0]] = (item * cells + cell) * STATES + state
    tally.sizes[0] += 1


@compiled
def _add_customer(ways: Ways, tally: Tally) -> None:
    """Add what a customer did, and forget it."""
    activities = len(ways.starts) - 1
    touched = tally.touched[: tally.sizes[1]]
    for item in touched:
        if item >= activities:
            tally.own[item, 2] = tally.own[ways.froms[item - activities], 0]
    for item in touched:
        for one in range(TOLD):
            tally.totals[item, one] += tally.own[item, one]
            for other in range(TOLD):
                product = tally.own[item, one] * tally.own[item, other]
                tally.products[item, one, other] += product
        tally.own[item] = 0
    tally.sizes[1] = 0
