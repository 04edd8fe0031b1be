"""Sums over customers, and the same with each of them counted a random number of times.

How often a customer counts in a replicate follows the Poisson distribution with mean 1,
and is a hash of the customer: the same in every table and run, whatever else there is.
All is in integers, so that no order of adding changes a sum.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Integers = NDArray[np.int64]
Values = NDArray[np.float64]

REPLICATES = 200
PER_HASH = 4
"""Weights that one hash of 64 bits gives: 16 bits each."""

NORMAL = 1.96
"""Standard deviations to either side of a 95 % interval."""

BLOCK = 25
"""Replicates that are summed at a time, so that memory stays bounded."""


class Sums(NamedTuple):
    """Amounts of customers in cells of combinations of values that slice them.

    All have the same length; `customers` are places in the array of their hashes.
    """

    sets: Integers
    customers: Integers
    cells: Integers
    amounts: Integers


class Membership(NamedTuple):
    """Which slice, from 0, each combination of values counts in: one row per pair."""

    sets: Integers
    slices: Integers


def weights(hashes: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Return how often each customer counts.

    Returns
    -------
    numpy.ndarray
        Shape (n_customers, 1 + REPLICATES): once in column 0, the sum as it is.
    """
    rounds = np.arange(1, REPLICATES // PER_HASH + 1, dtype=np.uint64)
    mixed = _mixed(hashes[:, None] + rounds * np.uint64(0x9E3779B97F4A7C15))
    drawn = _POISSON[mixed.astype("<u8").view("<u2")]
    return np.column_stack([np.ones(len(hashes), np.uint8), drawn])


def replicated(
    sums: Sums,
    membership: Membership,
    counted: NDArray[np.uint8],
    shape: tuple[int, int],
) -> Iterator[Integers]:
    """Yield the sums per slice and cell, a block of replicates at a time.

    Parameters
    ----------
    counted
        What `weights` returns.
    shape
        Numbers of slices and of cells.

    Yields
    ------
    numpy.ndarray
        Shape (n_slices, n_cells, n_replicates of the block).
    """
    slices, cells = shape
    places, at = np.unique(sums.sets * cells + sums.cells, return_inverse=True)
    per_set = sparse.csr_matrix(
        (sums.amounts, (at, sums.customers)), shape=(len(places), len(counted))
    )
    per_slice = _memberships(membership, places, shape)
    for first in range(0, counted.shape[1], BLOCK):
        block = counted[:, first : first + BLOCK].astype(np.int64)
        summed = np.asarray(per_slice @ (per_set @ block))
        yield summed.reshape(slices, cells, block.shape[1])


def estimated(blocks: Iterator[Integers]) -> tuple[Integers, Values]:
    """Return what stands in column 0, and the standard deviation of the replicates."""
    first = next(blocks)
    middle = first[..., :1]
    apart, squares = np.zeros(middle.shape[:-1]), np.zeros(middle.shape[:-1])
    for block in chain([first[..., 1:]], blocks):
        beside = (block - middle).astype(np.float64)
        apart += beside.sum(axis=-1)
        squares += (beside**2).sum(axis=-1)
    variance = (squares - apart**2 / REPLICATES) / (REPLICATES - 1)
    return middle[..., 0], np.sqrt(np.maximum(variance, 0))


def interval(middle: Integers, spread: Values) -> tuple[Values, Values]:
    """Return the 95 % interval of amounts whose standard deviation is known.

    It is as wide to either side on the scale of logarithms: amounts are skewed, as
    counts are, and quantiles of the replicates are too low. Of 0 nothing is known.
    """
    relative = np.divide(spread, middle, out=np.zeros(middle.shape), where=middle > 0)
    factor = np.exp(NORMAL * relative)
    return np.asarray(middle / factor), np.asarray(middle * factor)


def _memberships(
    membership: Membership, places: Integers, shape: tuple[int, int]
) -> sparse.csr_matrix:
    """Return which cell of a slice each place counts in."""
    slices, cells = shape
    sets, kinds = np.divmod(places, cells)
    order = np.argsort(membership.sets, kind="stable")
    known = membership.sets[order]
    begins, ends = (np.searchsorted(known, sets, side) for side in ("left", "right"))
    sizes = ends - begins
    which = np.repeat(np.arange(len(places)), sizes)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    found = membership.slices[order][begins[which] + nth]
    return sparse.csr_matrix(
        (np.ones(len(which), np.int64), (found * cells + kinds[which], which)),
        shape=(slices * cells, len(places)),
    )


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return numbers of which each bit depends on all bits (SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _quantiles() -> NDArray[np.uint8]:
    """Return the number of times for each of 2^16 equally likely draws."""
    chances = np.exp(-1) / np.cumprod(np.maximum(np.arange(20), 1), dtype=np.float64)
    draws = (np.arange(1 << 16) + 0.5) / (1 << 16)
    return np.searchsorted(np.cumsum(chances), draws).astype(np.uint8)


_POISSON = _quantiles()
