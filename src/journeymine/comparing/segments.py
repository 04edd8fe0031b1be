"""Cutting a stretch of time where shares change: the likeliest cuts, found exactly.

Between two cuts the shares are constant. The log-likelihood of counts k of n is the sum
of k ln k - n ln n, so that of any stretch follows from cumulated counts, and the best
cuts from those of shorter stretches (Bellman's recursion, as Jackson et al. 2005).
"""

import numpy as np
from numpy.typing import NDArray

from journeymine.compiled import compiled

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@compiled
def add_likelihoods(counts: Counts, weights: Floats, found: Floats) -> None:
    """Add to `found` the log-likelihood of each stretch of bins.

    Parameters
    ----------
    counts
        Shape (bins, series).
    weights
        Of each series: 1 for what is counted, -1 for what it is counted of.
    found
        Shape (bins + 1, bins + 1): from the first bin of a stretch to that after it.
    """
    bins = len(counts)
    for series in range(counts.shape[1]):
        for first in range(bins):
            number = 0
            for last in range(first, bins):
                number += counts[last, series]
                if number > 1:
                    found[first, last + 1] += (
                        weights[series] * number * np.log(float(number))
                    )


@compiled
def best_cuts(likelihoods: Floats, most: int) -> tuple[Floats, Counts]:
    """Return what the best 0, 1, ... `most` cuts gain, and where the last of them is.

    Gains have shape (most + 1,): twice the log-likelihood above that of no cut. Places
    have shape (most + 1, bins + 1): for the best cuts of the bins before a bin.
    """
    bins = len(likelihoods) - 1
    places = np.zeros((most + 1, bins + 1), np.int64)
    gains = np.zeros(most + 1)
    before = likelihoods[0].copy()
    for cuts in range(1, most + 1):
        here = np.full(bins + 1, -np.inf)
        for last in range(cuts + 1, bins + 1):
            for cut in range(cuts, last):
                found = before[cut] + likelihoods[cut, last]
                if found > here[last]:
                    here[last] = found
                    places[cuts, last] = cut
        gains[cuts] = 2 * (here[bins] - likelihoods[0, bins])
        before = here
    return gains, places


@compiled
def sharpest(likelihoods: Floats, most: int) -> float:
    """Return the greatest gain per cut."""
    gains, _ = best_cuts(likelihoods, most)
    greatest = 0.0
    for cuts in range(1, most + 1):
        greatest = max(greatest, gains[cuts] / cuts)
    return greatest


@compiled
def note_chance(
    drawn: Counts, is_tested: NDArray[np.bool_], most: int, found: tuple[Floats, Floats]
) -> None:
    """Note what chance gains in each draw of the counts of what follows an activity.

    Parameters
    ----------
    drawn
        Shape (draws, bins, ways).
    is_tested
        Which ways are looked at one by one.
    found
        Shape (draws,): raised to the greatest gain per cut of any one way. And shape
        (draws, bins + 1, bins + 1): to it the likelihoods of all ways are added.
    """
    draws, bins, ways = drawn.shape
    split, of_all = np.array([1.0, 1.0, -1.0]), np.ones(ways + 1)
    of_all[ways] = -1
    for draw in range(draws):
        totals = drawn[draw].sum(axis=1)
        every = np.empty((bins, ways + 1), np.int64)
        every[:, :ways] = drawn[draw]
        every[:, ways] = totals
        add_likelihoods(every, of_all, found[1][draw])
        for way in range(ways):
            if is_tested[way]:
                one = np.empty((bins, 3), np.int64)
                one[:, 0] = drawn[draw, :, way]
                one[:, 1] = totals - one[:, 0]
                one[:, 2] = totals
                likelihoods = np.zeros((bins + 1, bins + 1))
                add_likelihoods(one, split, likelihoods)
                found[0][draw] = max(found[0][draw], sharpest(likelihoods, most))
