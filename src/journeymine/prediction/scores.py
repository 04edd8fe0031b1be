"""How good probabilities are: AUC, Brier score, log loss, calibration, and the gain."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, rankdata

from journeymine.prediction.prefixes import Floats, Integers

BINS = 10
LEAST = 1e-6  # what was held for impossible and happened costs this much, not all
WIDTH = float(norm.ppf(0.975))


@dataclass(frozen=True)
class Gain:
    """How much less a model loses than the baseline that it beats least.

    `can_tell` is whether there were enough cases for the interval to hold.
    """

    gain: float
    low: float
    high: float
    can_tell: bool = True

    @property
    def is_better(self) -> bool:
        """Whether the interval excludes that it gains nothing."""
        return self.can_tell and self.low > 0


def auc(shares: Floats, happened: Integers) -> float | None:
    """Return the chance that what happened was held for likelier; ties count half."""
    yes = int(happened.sum())
    no = len(happened) - yes
    if not yes or not no:
        return None
    ranks = rankdata(shares)
    return float((ranks[happened == 1].sum() - yes * (yes + 1) / 2) / (yes * no))


def brier(shares: Floats, labels: Integers) -> Floats:
    """Return the squared distance of each row's probabilities to what happened."""
    return np.asarray(((shares - _one_hot(shares, labels)) ** 2).sum(axis=1))


def log_loss(shares: Floats, labels: Integers) -> float:
    """Return the mean negative logarithm of the probability of what happened."""
    picked = shares[np.arange(len(labels)), labels]
    return float(-np.log(np.clip(picked, LEAST, 1.0)).mean())


def gain_over(loss: Floats, baselines: list[Floats]) -> Gain:
    """Return the mean loss that a model saves, with a 95 % interval.

    Against the baseline with the least lower end: a model is better only if it is
    better than each.
    """
    gains = []
    for other in baselines:
        saved = other - loss
        error = WIDTH * saved.std(ddof=1) / np.sqrt(len(saved))
        mean = float(saved.mean())
        gains.append(Gain(mean, float(mean - error), float(mean + error)))
    return min(gains, key=lambda one: one.low)


def calibration(shares: Floats, happened: Integers) -> list[tuple[int, int, float]]:
    """Return of ten groups of equal size, by probability: rows, cases, mean told."""
    order = np.argsort(shares, kind="stable")
    return [
        (len(part), int(happened[part].sum()), float(shares[part].mean()))
        for part in np.array_split(order, BINS)
        if len(part)
    ]


def _one_hot(shares: Floats, labels: Integers) -> Floats:
    found = np.zeros_like(shares)
    found[np.arange(len(labels)), labels] = 1.0
    return found
