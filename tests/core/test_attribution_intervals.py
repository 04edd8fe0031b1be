"""Intervals of attribution: weights of customers, and how often the truth is inside."""

import numpy as np
from scipy.stats import poisson
from tests.core.attribution_trials import share_inside
from tests.core.bench import Bench

from journeymine.attribution.replicates import REPLICATES, weights


def test_a_customer_counts_as_often_as_a_poisson_number_of_mean_one() -> None:
    drawn = weights(np.arange(20_000, dtype=np.uint64))[:, 1:]
    counts = np.bincount(drawn.ravel(), minlength=7)[:7] / drawn.size
    np.testing.assert_allclose(counts, poisson.pmf(np.arange(7), 1), atol=1e-3)
    assert drawn.shape == (20_000, REPLICATES)
    # No two customers or replicates have to do with one another.
    apart = np.corrcoef(drawn[:200].astype(float)) - np.eye(200)
    beside = np.corrcoef(drawn.T.astype(float)) - np.eye(REPLICATES)
    assert np.abs(apart).max() < 6 / np.sqrt(REPLICATES)
    assert np.abs(beside).max() < 6 / np.sqrt(len(drawn))


def test_nineteen_of_twenty_intervals_hold_the_truth(bench: Bench) -> None:
    inside = share_inside(bench, trials=40, seed=1)
    assert 0.92 < inside["markov"] < 0.98
    assert 0.92 < np.mean(list(inside.values())) < 0.98
