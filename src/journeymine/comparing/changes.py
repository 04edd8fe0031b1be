"""The changes of a series of counts: how many there are, and on which days."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeymine.comparing.trials import Counts, Floats

CHANCE = 0.02
"""How often chance may make a change, where there is none."""
MOST_CUTS = 8
SURE = 0.95
"""How sure it is that a change lies between its earliest and its latest day."""


class Series(NamedTuple):
    """Counts that may change together: of one transition, or of all.

    Attributes
    ----------
    counts
        Shape (days, n).
    weights
        Shape (n,): of each in the likelihood.
    """

    counts: Counts
    weights: Floats


class Change(NamedTuple):
    """A change: places of days, from 0; `since` and `until` are the changes beside."""

    at: int
    earliest: int
    latest: int
    since: int
    until: int
    p: float


class Dated(NamedTuple):
    """The likeliest day of a change, the range of it, and what the cut gains."""

    at: int
    earliest: int
    latest: int
    gain: float


def changes_of(series: Series, edges: Counts, chance: Floats) -> Iterator[Change]:
    """Yield the changes of a series, in order: cut by bins, then dated by days.

    Parameters
    ----------
    edges
        First days of the bins.
    chance
        The greatest gain per cut in each draw of a log without changes.
    """
    bounds = [0, *_cuts(series, edges, chance), len(series.counts)]
    places = range(1, len(bounds) - 1)
    for place in [*places, *places]:  # the second time between dated ones
        bounds[place] = _dated(series, bounds[place - 1], bounds[place + 1]).at
    for place in places:
        since, until = bounds[place - 1], bounds[place + 1]
        day = _dated(series, since, until)
        p = (1 + np.count_nonzero(chance >= day.gain)) / (1 + len(chance))
        yield Change(bounds[place], day.earliest, day.latest, since, until, float(p))


def _cuts(series: Series, edges: Counts, chance: Floats) -> list[int]:
    """Return the first days of the bins at which a series is cut, in order."""
    # numba takes half a second to import: only where drift is looked for.
    from journeymine.comparing.segments import add_likelihoods, best_cuts  # noqa: PLC0415

    likelihoods = np.zeros((len(edges) + 1, len(edges) + 1))
    add_likelihoods(np.add.reduceat(series.counts, edges), series.weights, likelihoods)
    most = min(MOST_CUTS, len(edges) - 1)
    gains, places = best_cuts(likelihoods, most)
    # As many draws may gain more as lie below the chance that is allowed.
    needed = np.sort(chance)[::-1][int(CHANCE * (len(chance) + 1)) - 1]
    found, last = [], len(edges)
    for cuts in range(int(np.argmax(gains - needed * np.arange(most + 1))), 0, -1):
        last = int(places[cuts, last])
        found.append(int(edges[last]))
    return found[::-1]


def _dated(series: Series, since: int, until: int) -> Dated:
    """Return the likeliest day of the one change between two days."""
    counts = series.counts[since:until]
    before, total = np.cumsum(counts, axis=0)[:-1], counts.sum(axis=0)
    gains = 2 * (_logs(before) + _logs(total - before) - _logs(total)) @ series.weights
    best = int(np.argmax(gains))
    likely = np.exp((gains - gains[best]) / 2)
    order = np.argsort(-likely, kind="stable")
    enough = np.searchsorted(np.cumsum(likely[order]), SURE * likely.sum())
    sure = order[: int(enough) + 1]
    first = since + 1
    return Dated(
        first + best,
        first + int(sure.min()),
        first + int(sure.max()),
        float(gains[best]),
    )


def _logs(counts: NDArray[np.int64]) -> Floats:
    return np.asarray(counts * np.log(np.maximum(counts, 1)))
