"""What a model has to beat: shares of all states, or of those with the same last."""

import numpy as np

from journeymine.prediction.markov import absorption, arcs_of, following
from journeymine.prediction.prefixes import OUTCOMES, Floats, Integers, Prefixes

PRIOR = 10.0
"""A last activity's shares are drawn to those of all, as if by so many states."""


def base_rates(labels: Integers, classes: int, rows: int) -> Floats:
    """Return the shares of the classes among the labels, for every row."""
    counts = np.bincount(labels, minlength=classes) + 0.5
    return np.tile(counts / counts.sum(), (rows, 1))


def rates_by_last(
    train: Prefixes, labels: Integers, classes: int, rows: Prefixes
) -> Floats:
    """Return the shares of the classes among the states with the same last activity."""
    shares = rates_by(train.last, labels, (train.counts.shape[1], classes))
    return np.asarray(shares[rows.last])


def rates_by(groups: Integers, labels: Integers, size: tuple[int, int]) -> Floats:
    """Return the shares of the classes in each group, drawn to those of all.

    `size` is the numbers of groups and of classes, and the shape of what is returned.
    """
    counts = np.zeros(size)
    np.add.at(counts, (groups, labels), 1)
    overall = base_rates(labels, size[1], 1)
    found = (counts + PRIOR * overall) / (counts.sum(axis=1, keepdims=True) + PRIOR)
    return np.asarray(found)


def means_by_last(train: Prefixes, rows: Prefixes) -> Floats:
    """Return the mean time to the goal of states with the same last activity."""
    size = train.counts.shape[1]
    numbers = np.bincount(train.last, minlength=size)
    sums = np.bincount(train.last, weights=train.conversion_us, minlength=size)
    overall = train.conversion_us.mean()
    return np.asarray(((sums + PRIOR * overall) / (numbers + PRIOR))[rows.last])


def chain_of(train: Prefixes) -> Floats:
    """Return the arcs of the journeys to learn from, each as far as it was known."""
    _, latest = np.unique(train.journey[::-1], return_index=True)
    rows = np.sort(len(train) - 1 - latest)
    size = train.counts.shape[1], len(OUTCOMES)
    return arcs_of(list(train.way[rows]), train.outcome[rows], size)


def markov_outcomes(train: Prefixes, rows: Prefixes) -> Floats:
    """Return the probability of each outcome from the last activity on."""
    return np.asarray(absorption(chain_of(train))[rows.last])


def markov_next(train: Prefixes, rows: Prefixes) -> Floats:
    """Return the probability of each next activity after the last one."""
    return np.asarray(following(chain_of(train))[rows.last])
