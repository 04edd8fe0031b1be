"""Odds ratios over strata, for units of which some belong to the same customer.

The common odds ratio of Mantel and Haenszel (1959) with the variance of its logarithm
after Robins, Breslow and Greenland (1986), and the test of Cochran, Mantel and
Haenszel. Both take units as independent. What a customer does several times is not: the
variances grow by the design effect, how much more the customers' sums of influences
vary than if their units were strangers; where no customer has two, nothing changes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc, ndtri

Values = NDArray[np.float64]

LEAST_EXPECTED = 5
"""In each of the four cells, over all strata; below, nothing is tested."""
HALF = float(ndtri(0.975))


@dataclass(frozen=True)
class Odds:
    """Common odds ratio with its 95 % interval, test statistic and p-value.

    NaN where nothing can be said.
    """

    ratio: Values
    low: Values
    high: Values
    z: Values
    p: Values


def odds(cells: Values, ratio_effect: Values, test_effect: Values) -> Odds:
    """Return the odds of conversion with a driver, by those without.

    Parameters
    ----------
    cells
        Units: shape (n, strata, 2, 2), by stratum, without or with the driver, not
        converted or converted.
    ratio_effect, test_effect
        Design effects, shape (n,); at least 1 is taken.
    """
    filled = _without_zeros(cells)
    with np.errstate(divide="ignore", invalid="ignore"):
        agreeing, opposed = _products(filled)
        middle = np.log(agreeing.sum(axis=1) / opposed.sum(axis=1))
        half = HALF * np.sqrt(_variance(filled) * np.maximum(ratio_effect, 1))
        above, variance = _test_sums(cells)
        z = above / np.sqrt(variance * np.maximum(test_effect, 1))
        p = erfc(np.abs(z) / np.sqrt(2))
    is_few = ~(_least_expected(cells) >= LEAST_EXPECTED)
    told = (np.exp(middle), np.exp(middle - half), np.exp(middle + half), z, p)
    return Odds(*(np.where(is_few, np.nan, one) for one in told))


def influences(cells: Values) -> tuple[Values, Values]:
    """Return how far a unit of each cell moves the log odds ratio, and the test.

    Shapes as `cells` of `odds`.
    """
    filled = _without_zeros(cells)
    size = filled.sum(axis=(2, 3))
    with np.errstate(divide="ignore", invalid="ignore"):
        agreeing, opposed = _products(filled)
        on_agreeing = _derivatives(filled, size, agreeing, is_agreeing=True)
        on_opposed = _derivatives(filled, size, opposed, is_agreeing=False)
        on_ratio = _over(on_agreeing, agreeing) - _over(on_opposed, opposed)
        whole = cells.sum(axis=(2, 3))[..., None]
        with_it = np.arange(2) - cells.sum(axis=3)[..., 1:] / whole
        converted = np.arange(2) - cells.sum(axis=2)[..., 1:] / whole
    on_test = with_it[..., :, None] * converted[..., None, :]
    return np.nan_to_num(on_ratio), np.nan_to_num(on_test)


def _without_zeros(cells: Values) -> Values:
    """Add half a unit to each of the four, shared by the strata, where one is empty.

    Where everybody with a driver converts, or nobody, the odds are not infinite.
    """
    agreeing, opposed = _products(cells)
    is_empty = (agreeing.sum(axis=1) == 0) | (opposed.sum(axis=1) == 0)
    size = cells.sum(axis=(2, 3), keepdims=True)
    share = size / np.maximum(size.sum(axis=1, keepdims=True), 1)
    return np.asarray(cells + 0.5 * share * is_empty[:, None, None, None])


def _products(cells: Values) -> tuple[Values, Values]:
    """Return, per stratum, the products of both diagonals by the number of units."""
    size = np.maximum(cells.sum(axis=(2, 3)), np.finfo(np.float64).tiny)
    return (
        np.asarray(cells[..., 1, 1] * cells[..., 0, 0] / size),
        np.asarray(cells[..., 1, 0] * cells[..., 0, 1] / size),
    )


def _variance(cells: Values) -> Values:
    """Return the variance of the logarithm (Robins, Breslow and Greenland 1986)."""
    size = np.maximum(cells.sum(axis=(2, 3)), np.finfo(np.float64).tiny)
    r, s = _products(cells)
    p = (cells[..., 1, 1] + cells[..., 0, 0]) / size
    q = (cells[..., 1, 0] + cells[..., 0, 1]) / size
    all_r, all_s = r.sum(axis=1), s.sum(axis=1)
    return np.asarray(
        (p * r).sum(axis=1) / (2 * all_r**2)
        + (p * s + q * r).sum(axis=1) / (2 * all_r * all_s)
        + (q * s).sum(axis=1) / (2 * all_s**2)
    )


def _test_sums(cells: Values) -> tuple[Values, Values]:
    """Return how many more convert with the driver than by chance, and its variance."""
    size = cells.sum(axis=(2, 3))
    sides, ends = cells.sum(axis=3), cells.sum(axis=2)
    expected = sides[..., 1] * ends[..., 1] / np.maximum(size, 1)
    spread = sides.prod(axis=2) * ends.prod(axis=2)
    variance = spread / np.maximum(size**2 * (size - 1), 1)
    return (cells[..., 1, 1] - expected).sum(axis=1), variance.sum(axis=1)


def _least_expected(cells: Values) -> Values:
    size = np.maximum(cells.sum(axis=(2, 3)), 1)[..., None, None]
    expected = cells.sum(axis=3)[..., :, None] * cells.sum(axis=2)[..., None, :] / size
    return np.asarray(expected.sum(axis=1).min(axis=(1, 2)))


def _derivatives(
    cells: Values, size: Values, products: Values, *, is_agreeing: bool
) -> Values:
    """Return by how much one more unit of each cell raises a stratum's product."""
    raised = np.zeros(cells.shape)
    for with_it in range(2):
        for converted in range(2):
            if (with_it == converted) is is_agreeing:
                partner = cells[..., 1 - with_it, 1 - converted]
                raised[..., with_it, converted] = partner / size
    return np.asarray(raised - (products / size)[..., None, None])


def _over(derivatives: Values, products: Values) -> Values:
    return np.asarray(derivatives / products.sum(axis=1)[:, None, None, None])
