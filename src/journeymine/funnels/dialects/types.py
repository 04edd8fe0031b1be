"""What the loops of the dialects read and write."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled
from journeymine.funnels.types import Flags, Integers

Floats: TypeAlias = NDArray[np.float64]


class Seen(NamedTuple):
    """What a dialect sees of a log; few columns, as each costs time to compile."""

    units: Integers
    us: Integers
    steps: Integers
    can_enter: Flags
    ends: Flags
    hold: Integers


class Rules(NamedTuple):
    """What a funnel asks of a dialect; which of these mean anything is up to it.

    `is_direct` allows nothing between, `is_strict` no ties; `entry` is the position of
    the entry in `ENTRIES`. `dedupes` and `reenters` are options of ClickHouse.
    """

    steps: int
    window_us: int
    is_direct: bool
    is_unordered: bool
    is_strict: bool
    dedupes: bool
    reenters: bool
    entry: int


class Found(NamedTuple):
    """Per row: its unit, and events by position, -1 where there is none.

    `chain` has an event per step: none after the last step that the row reached, and
    none at all if it is not in the funnel. `ender` is the exclusion that ended the
    attempt.
    """

    unit: Integers
    chain: Integers
    ender: Integers


class States(NamedTuple):
    """Chains of one unit in PostHog, by step.

    The time of the entry in seconds (0 without a chain), whether an exclusion ended
    it, and its events; `best` has the last step of the best chain.
    """

    entry: Floats
    excluded: Flags
    path: Integers
    best: Integers


ANY, FIRST, ATTEMPTS = range(3)
ENTRIES = {"any": ANY, "first": FIRST, "attempts": ATTEMPTS}


# Rows are handled one by one: each slice takes half a second to compile.


@compiled
def copy_row(source: Integers, row: int, target: Integers, to: int) -> None:
    """Copy a row of one table into another."""
    for place in range(source.shape[1]):
        target[to, place] = source[row, place]


@compiled
def clear_row(table: Integers, row: int) -> None:
    """Let a row hold no event."""
    for place in range(table.shape[1]):
        table[row, place] = -1


@compiled
def is_in_row(table: Integers, row: int, event: int) -> bool:
    """Whether a row holds an event."""
    is_in = False
    for place in range(table.shape[1]):
        is_in |= table[row, place] == event
    return is_in


@compiled
def events_in_row(table: Integers, row: int) -> int:
    """Return how many events a row holds; they stand first."""
    size = 0
    while size < table.shape[1] and table[row, size] >= 0:
        size += 1
    return size
