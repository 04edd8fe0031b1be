"""What the compiled loops of funnels read and write: arrays, one per column."""

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]

ORDERED, DIRECT, UNORDERED = range(3)
"""Modes of a funnel."""


class Log(NamedTuple):
    """Events of whole units, by unit, time and the source's order.

    `units` has where each unit begins, and the number of events at its end. `hold` is
    the same where events may chain.
    """

    units: Integers
    number: Integers
    us: Integers
    order: Integers
    steps: Integers
    can_enter: Flags
    ends: Flags
    drops: Flags
    exits: Flags
    hold: Integers


class Bounds(NamedTuple):
    """How far an event's attempt may go, if it is an entry; with ties counted one way.

    `rank` numbers the moments of a unit, and `size` counts the events of a moment. A
    chain takes events of a rank less than `limit`. `ender` is the exclusion that ends
    the attempt, `drops` whether it takes the unit out, `exit` the first exit after
    the entry: events by position, -1 if there is none.
    """

    rank: Integers
    size: Integers
    limit: Integers
    ender: Integers
    drops: Flags
    exit: Integers


class Events(NamedTuple):
    """What chains are made of: columns of `Log` and `Bounds`."""

    us: Integers
    steps: Integers
    can_enter: Flags
    hold: Integers
    rank: Integers
    size: Integers
    limit: Integers


class Spans(NamedTuple):
    """Events that one search looks at: from `first`, before `last`.

    `only` is the one event that may be the entry; -1 if all that can enter may.
    """

    first: Integers
    last: Integers
    only: Integers


class Rules(NamedTuple):
    """Steps as bits of events, and the longest time since the step before.

    `kinds` is more than there are different events, as to the steps that they can be.
    """

    wanted: Integers
    gaps: Integers
    mode: int
    is_free: bool
    kinds: int


class Reached(NamedTuple):
    """Per span and step, positions of events: -1 if the step is not reached.

    The latest entry that reaches it, the first event that does from there, and the
    last one.
    """

    entry: Integers
    first: Integers
    last: Integers


class Kinds(NamedTuple):
    """Events counted by the steps that they can be, and which step holds which kind.

    `number` of kinds is an array, to be written; `left` counts those that no step
    holds.
    """

    number: Integers
    steps: Integers
    events: Integers
    left: Integers
    holder: Integers
    tried: Flags
