"""Whether more is lost than expected, like compared with like.

What is lost of a slice is compared with what is lost of its base persona by persona, so
that a slice does not seem bad only because of who is in it (Mantel and Haenszel 1959).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

Values = NDArray[np.float64]

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Strata:
    """At risk and lost, of slices and of what each is compared with.

    All have the shape (..., personas).
    """

    at_risk: Values
    lost: Values
    base_at_risk: Values
    base_lost: Values


@dataclass(frozen=True)
class Excess:
    """How many more are lost than expected, of how many, and how sure that is.

    Attributes
    ----------
    value, variance
        Lost - expected. NaN where there is nothing to compare.
    z
        In standard errors, half a unit towards 0.
    p
        Chance of as many or more without a difference.
    """

    value: Values
    variance: Values
    z: Values
    p: Values


def excess(strata: Strata, effect: float = 1.0) -> Excess:
    """Return how many more than expected are lost, over all personas.

    Parameters
    ----------
    effect
        By how much the variance exceeds that of independent trials, from 1.
    """
    n, k, base_n, base_k = (
        strata.at_risk,
        strata.lost,
        strata.base_at_risk,
        strata.base_lost,
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        weights = np.nan_to_num(n * base_n / (n + base_n))
        together = weights.sum(axis=-1)
        apart = (np.nan_to_num(weights * (k / n - base_k / base_n))).sum(axis=-1)
        # One more of each fate on either side: no rate is sure to be 0 or 1.
        parts = weights**2 * (_spread(n, k) + _spread(base_n, base_k))
        scale = n.sum(axis=-1) / together
        z = _z(strata, apart, effect)
        variance = effect * parts.sum(axis=-1) * scale**2
        value = apart * scale
    is_unknown = ~(together > 0)
    value, variance, z = (
        np.where(is_unknown, np.nan, one) for one in (value, variance, z)
    )
    return Excess(value, variance, z, np.asarray(erfc(z / np.sqrt(2)) / 2))


def likeness(n: int, k: int, nn: int, kn: int, kk: int) -> float:
    """Return by how much a variance exceeds that of independent units, from 1.

    Parameters
    ----------
    n, k
        Units at risk and lost: sums over customers.
    nn, kn, kk
        Sums over customers of the squares of n, of the products, of the squares of k.
    """
    share = k / n
    independent = n * share * (1 - share)
    squares = kk - 2 * share * kn + share**2 * nn
    return max(squares / independent, 1.0) if independent > 0 else 1.0


def _spread(n: Values, k: Values) -> Values:
    share = (k + 1) / (n + 2)
    return np.asarray(share * (1 - share) / np.maximum(n, 1))


def _z(strata: Strata, apart: Values, effect: float) -> Values:
    """Return the statistic of Cochran, Mantel and Haenszel, with its sign."""
    every = strata.at_risk + strata.base_at_risk
    lost = strata.lost + strata.base_lost
    odds = np.nan_to_num(lost * (every - lost) / (every**2 * np.maximum(every - 1, 1)))
    spread = (strata.at_risk * strata.base_at_risk * odds).sum(axis=-1)
    distance = np.maximum(np.abs(apart) - 0.5, 0) / np.sqrt(spread * effect)
    return np.where(spread > 0, np.sign(apart) * distance, 0.0)
