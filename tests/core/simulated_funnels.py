"""Funnels of two steps whose conversion is known, many simulations as one table.

Each simulation is a persona, so that one run of the pipeline estimates them all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

WINDOW = 14 * 86_400_000_000
AS_OF = 1_719_792_000_000_000  # that of the bench's project
CHANCE = 0.3
NEVER = np.inf


@dataclass(frozen=True)
class Simulated:
    """Events by customer; the customers of a simulation stand beside each other.

    Times are in windows, and the last is 0: what comes after it is not seen. `truth` is
    the share that converts, if one only waits.
    """

    customer: Integers
    at: Floats
    step: Integers
    truth: float


def first_entries(customers: int, rng: np.random.Generator) -> Simulated:
    """Return customers who enter once in two windows, and some again in vain."""
    entry = rng.uniform(-2, 0, customers)
    again = entry + rng.exponential(0.3, customers)
    goal = entry + _time_to_goal(rng.random(customers) < CHANCE, 1.0, rng)
    who = np.arange(customers)
    return _seen([(who, entry, 1), (who, again, 1), (who, goal, 2)], CHANCE)


def steady_attempts(customers: int, rng: np.random.Generator) -> Simulated:
    """Return customers who try four times, each with a chance and pace of their own."""
    chance, pace = rng.beta(0.6, 1.4, customers), rng.lognormal(0, 0.7, customers)
    start = rng.uniform(-2.7, 0, customers)
    rows = []
    for turn in range(4):
        entry = start + 1.02 * turn
        goal = entry + _time_to_goal(rng.random(customers) < chance, pace, rng)
        rows += [(np.arange(customers), entry, 1), (np.arange(customers), goal, 2)]
    return _seen(rows, CHANCE)


def eager_attempts(customers: int, rng: np.random.Generator) -> Simulated:
    """Return customers with one chance, who try again soon after they converted."""
    entry, rows = rng.uniform(-2.7, 0, customers), []
    for _ in range(12):
        goal = entry + _time_to_goal(rng.random(customers) < CHANCE, 1.0, rng)
        rows += [(np.arange(customers), entry, 1), (np.arange(customers), goal, 2)]
        entry = np.minimum(goal, entry + 1.01) + rng.exponential(0.2, customers)
    return _seen(rows, CHANCE)


def any_entries(customers: int, rng: np.random.Generator) -> Simulated:
    """Return customers who enter anew until they convert: the last entry counts."""
    entry, rows = rng.uniform(-2, 0, customers), []
    is_open, converts = np.ones(customers, np.bool_), np.zeros(customers, np.bool_)
    for _ in range(6):
        wait = _time_to_goal(rng.random(customers) < CHANCE / 2, 0.5, rng)
        again = entry + rng.exponential(0.5, customers)
        goal = np.where(entry + wait < again, entry + wait, NEVER)
        at = np.where(is_open, entry, NEVER)
        goal = np.where(is_open, goal, NEVER)
        rows += [(np.arange(customers), at, 1), (np.arange(customers), goal, 2)]
        # What counts is who converts from an entry that has been seen.
        converts |= (at <= 0) & (goal < NEVER)
        is_open &= goal == NEVER
        entry = again
    return _seen(rows, float(converts.mean()))


def _time_to_goal(
    converts: NDArray[np.bool_], pace: float | Floats, rng: np.random.Generator
) -> Floats:
    """Return the time to the goal in windows: below one, or never."""
    time = np.minimum(pace * rng.exponential(0.25, len(converts)), 0.999)
    return np.where(converts, time, NEVER)


def _seen(rows: list[tuple[Integers, Floats, int]], truth: float) -> Simulated:
    customer = np.concatenate([one[0] for one in rows])
    at = np.concatenate([one[1] for one in rows])
    step = np.concatenate([np.full(len(one[0]), one[2]) for one in rows])
    seen = at <= 0
    order = np.lexsort((at[seen], customer[seen]))
    return Simulated(customer[seen][order], at[seen][order], step[seen][order], truth)
