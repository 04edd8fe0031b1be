"""The ways through a funnel, and the rules that the compiled loops follow on them."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from journeymine.config_funnels import Funnel
from journeymine.config_values import microseconds
from journeymine.funnels.bounds import find_bounds
from journeymine.funnels.types import (
    DIRECT,
    ORDERED,
    UNORDERED,
    Bounds,
    Integers,
    Log,
    Rules,
)

FOREVER = 2**63 - 1
MODES = {"ordered": ORDERED, "direct": DIRECT, "unordered": UNORDERED}


@dataclass(frozen=True)
class Counting:
    """A way of counting ties: what bounds it, and whether a tie satisfies any order."""

    bounds: Bounds
    is_free: bool


def count_ties(log: Log, funnel: Funnel, ties: str) -> Counting:
    """Return the bounds of the events with ties counted so."""
    by_order, is_closed = ties == "source_order", ties == "strict"
    bounds = find_bounds(log, microseconds(funnel.window), by_order, is_closed)
    return Counting(bounds, ties == "interchangeable")


def required_steps(funnel: Funnel) -> list[int]:
    """Return the positions of the required steps, from 0."""
    return [step for step in range(len(funnel.steps)) if step not in funnel.optional]


def ways(funnel: Funnel) -> list[tuple[int, ...]]:
    """Return the sets of optional steps: the largest first, then those with earlier."""
    optional = funnel.optional
    return [
        way
        for number in range(len(optional), -1, -1)
        for way in combinations(optional, number)
    ]


def steps_on(funnel: Funnel, way: tuple[int, ...]) -> Integers:
    """Return the positions of the steps that a way takes."""
    return np.array(sorted({*required_steps(funnel), *way}), np.int64)


def rules_on(funnel: Funnel, way: tuple[int, ...], is_free: bool, kinds: int) -> Rules:
    """Return the rules of the funnel on one way."""
    steps = steps_on(funnel, way)
    gaps = [funnel.steps[step].within for step in steps]
    return Rules(
        np.left_shift(1, steps),
        np.array([microseconds(gap) if gap else FOREVER for gap in gaps], np.int64),
        MODES[funnel.mode],
        is_free,
        kinds,
    )
