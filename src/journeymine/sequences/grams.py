"""Runs of activities that stand directly after one another in many journeys.

A run of n can be frequent only where both runs of n - 1 in it are, so few are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journeymine.compiled import compiled
from journeymine.sequences.journeys import Integers, Journeys, Small


@dataclass(frozen=True)
class Grams:
    """The frequent runs of one length.

    Attributes
    ----------
    runs
        Shape (runs, length): places of activities.
    journeys
        In how many journeys each is, shape (runs,).
    at
        Which run begins at each step, -1 for none.
    """

    runs: Integers
    journeys: Integers
    at: Small


def frequent_grams(journeys: Journeys, longest: int, least: int) -> Iterator[Grams]:
    """Yield the runs of 1 to `longest` that at least `least` journeys hold."""
    width = max(1, len(journeys.activities))
    grams = Grams(
        np.zeros((1, 0), np.int64),
        np.zeros(1, np.int64),
        np.zeros(len(journeys.steps) + 1, np.int32),
    )
    for length in range(1, longest + 1):
        counts = count_longer(journeys, grams.at, len(grams.runs) * width, length)
        keys = np.flatnonzero(counts >= least)
        numbers = np.full(len(counts), -1, np.int32)
        numbers[keys] = np.arange(len(keys), dtype=np.int32)
        runs = np.column_stack([grams.runs[keys // width], keys % width])
        at = longer_at(journeys, grams.at, numbers, length)
        grams = Grams(runs, counts[keys], at)
        yield grams


@compiled
def count_longer(journeys: Journeys, at: Small, size: int, length: int) -> Integers:
    """Return in how many journeys each run is: one shorter, and a step more."""
    counts = np.zeros(size, np.int64)
    last_seen = np.full(size, -1, np.int64)
    for journey in range(len(journeys.starts)):
        last = journeys.stops[journey] - length
        for place in range(journeys.starts[journey], last + 1):
            key = longer_key(journeys, at, place, length)
            if key >= 0 and last_seen[key] != journey:
                last_seen[key] = journey
                counts[key] += 1
    return counts


@compiled
def longer_at(journeys: Journeys, at: Small, numbers: Small, length: int) -> Small:
    """Return which of the numbered runs begins at each step."""
    found = np.full(len(at), -1, np.int32)
    for journey in range(len(journeys.starts)):
        last = journeys.stops[journey] - length
        for place in range(journeys.starts[journey], last + 1):
            key = longer_key(journeys, at, place, length)
            if key >= 0:
                found[place] = numbers[key]
    return found


@compiled
def longer_key(journeys: Journeys, at: Small, place: int, length: int) -> int:
    """Return the key of the run at a step, or -1 if it cannot be frequent."""
    step = journeys.steps[place + length - 1]
    if step < 0 or at[place] < 0 or (length > 1 and at[place + 1] < 0):
        return -1
    return int(at[place] * len(journeys.activities) + step)
