"""The Markov baseline: what comes depends on the last activity only."""

from collections.abc import Sequence

import numpy as np

from journeymine.prediction.prefixes import Floats, Integers


def arcs_of(ways: Sequence[Integers], ends: Integers, size: tuple[int, int]) -> Floats:
    """Count from every activity what followed it: an activity, or an end.

    Parameters
    ----------
    ways
        Activity codes in order, one array per journey.
    ends
        How each of them ended, from 0.
    size
        Numbers of activity codes and of ends.

    Returns
    -------
    numpy.ndarray
        Shape (n_activities, n_activities + n_ends).
    """
    activities, absorbing = size
    counts = np.zeros((activities, activities + absorbing))
    for way, end in zip(ways, ends, strict=True):
        np.add.at(counts, (way[:-1], way[1:]), 1)
        counts[way[-1], activities + end] += 1
    return counts


def absorption(counts: Floats) -> Floats:
    """Return the probability of each end from every activity.

    With Q the steps between activities and R those into ends, it solves
    (I - Q) B = R. An activity that nothing followed has the shares of all ends.

    Returns
    -------
    numpy.ndarray
        Shape (n_activities, n_ends); rows sum to 1.
    """
    activities = counts.shape[0]
    ends = counts[:, activities:].sum(axis=0)
    overall = ends / max(1.0, float(ends.sum()))
    totals = counts.sum(axis=1, keepdims=True)
    known = totals[:, 0] > 0
    shares = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    shares[~known, activities:] = overall
    steps, into = shares[:, :activities], shares[:, activities:]
    solved: Floats = np.linalg.solve(np.eye(activities) - steps, into)
    return np.clip(solved, 0.0, 1.0)


def following(counts: Floats) -> Floats:
    """Return the probability of each next activity; in column 0 that none comes."""
    activities = counts.shape[0]
    merged = counts[:, :activities].copy()
    merged[:, 0] = counts[:, activities:].sum(axis=1)
    totals = merged.sum(axis=1, keepdims=True)
    overall = merged.sum(axis=0) / max(1.0, float(merged.sum()))
    shares: Floats = np.where(totals > 0, merged / np.maximum(totals, 1.0), overall)
    return shares
