"""Paths to align, and what is found of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeymine.conformance.automaton import Integers


class Paths(NamedTuple):
    """Paths one after the other: those of path p are symbols[first[p]:first[p + 1]].

    Of a path `is_open` the rest may still come.
    """

    symbols: Integers
    first: Integers
    is_open: NDArray[np.bool_]


class Found(NamedTuple):
    """What differs: a row per path, and but for `cost` a column per subject.

    Attributes
    ----------
    cost
        The fewest moves that are not matched.
    matched, surplus, missing
        Events that are matched, events in surplus, and missing ones.
    at_end
        Of those missing, those after all that is matched.
    wanted
        Of a rule of `before`: matched events that want it.
    since, until
        Of a step: places, from 1, of the event that was matched before its first one,
        and of that. Of the journey as a whole: of the first and the last event that are
        matched to steps. 0 where there is none.
    """

    cost: Integers
    matched: Integers
    surplus: Integers
    missing: Integers
    at_end: Integers
    wanted: Integers
    since: Integers
    until: Integers


def nothing_found(paths: int, subjects: int) -> Found:
    """Return zeros, to be filled."""
    counts = (np.zeros((paths, subjects), np.int64) for _ in Found._fields[1:])
    return Found(np.zeros(paths, np.int64), *counts)
