"""How likely something is to happen in time, where some are not over yet.

Aalen and Johansen's estimate (1978) of the probability to end by one cause within a
time, while other causes compete. Without competing causes it is one minus Kaplan and
Meier's (1958) survival.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z = 1.959964
"""Half the width of a 95 % interval, in standard errors; as in sql/macros.sql."""

AT_THE_END = 2**62
"""A time at which a curve is read as far as it was seen, however far that is."""

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Ends(NamedTuple):
    """Units in order of how long they took; n of them.

    Attributes
    ----------
    durations
        Shape (n,), never falling: until the end, or until the unit was last seen.
    causes
        Shape (n,). 0: not over (censored); 1: the cause asked for; 2: another one.
        An end comes before a censoring at the same time.
    customers
        Shape (n,): whose the unit is. Units of one customer are not independent.
    sets
        Shape (n,), from 0: which set of cells the unit counts in.
    """

    durations: Integers
    causes: NDArray[np.int8]
    customers: Integers
    sets: Integers


class Cells(NamedTuple):
    """The cells (slices, say) that each set of cells holds.

    Attributes
    ----------
    starts
        Shape (sets + 1,): where the cells of a set start and end in `members`.
    members
        Cells from 0, those of one set beside each other, each at most once.
    number
        How many cells there are in all.
    """

    starts: Integers
    members: Integers
    number: int


class Points(NamedTuple):
    """Where the curves are read.

    Attributes
    ----------
    times
        Rising. A value is that just after what happens at the time.
    levels
        Probabilities whose times are looked for.
    """

    times: Integers
    levels: Floats


@dataclass(frozen=True)
class Curves:
    """What is estimated, one row per cell.

    Attributes
    ----------
    at_risk
        Shape (cells, times): neither ended nor censored before the time.
    ended
        Shape (cells, times): ended by the cause asked for, up to the time.
    incidence
        Shape (cells, times): probability to have ended by it. NaN where nobody was
        seen for so long.
    competing
        Shape (cells, times): the same of the other causes together.
    variance
        Shape (cells, times): of the incidence, over customers. For independent units
        it is Greenwood's, or with competing causes that of Dinse and Larson (1986,
        equation 6): both are sums of squared influences, which here are first added
        up for each customer (the infinitesimal jackknife).
    effective
        Shape (cells, times): number of independent units that, all seen to the end,
        would tell as much (Peto and others 1977); at most the number of customers.
    quantiles
        Shape (cells, levels): time at which the incidence comes to the level; -1
        where it does not.
    """

    at_risk: Integers
    ended: Integers
    incidence: Floats
    competing: Floats
    variance: Floats
    effective: Floats
    quantiles: Integers

    def interval(self) -> tuple[Floats, Floats]:
        """Return the 95 % interval of the incidence, low and high."""
        return log_log_interval(self.incidence, self.variance, self.effective)


def incidence_curves(ends: Ends, cells: Cells, points: Points) -> Curves:
    """Return the incidence of a cause over time in every cell, in one pass."""
    # Importing numba takes half a second, which projects without funnels are spared.
    from journeymine.estimation.customers import customers_apart  # noqa: PLC0415
    from journeymine.estimation.loops import run_through  # noqa: PLC0415
    from journeymine.estimation.state import found_in  # noqa: PLC0415

    shared = customers_apart(ends, cells)
    found = found_in(cells.number, len(points.times), len(points.levels))
    run_through(ends, cells, shared, points, found)
    return Curves(*found)


def one_cell(durations: ArrayLike, causes: ArrayLike) -> tuple[Ends, Cells]:
    """Return units that all count in one cell, each of a customer of its own."""
    lengths = np.asarray(durations, np.int64)
    order = np.argsort(lengths, kind="stable")
    ends = Ends(
        lengths[order],
        np.asarray(causes, np.int8)[order],
        np.arange(len(order), dtype=np.int64),
        np.zeros(len(order), np.int64),
    )
    return ends, Cells(np.array([0, 1]), np.array([0]), 1)


def log_log_interval(
    incidence: ArrayLike, variance: ArrayLike, effective: ArrayLike
) -> tuple[Floats, Floats]:
    """Return the 95 % interval of incidences: low and high, within [0, 1].

    Symmetric for log(-log(1 - F)) (Borgan and Liestøl 1990): the bounds
    are 1 - (1 - F) ** exp(-+ z s), with s = sqrt(variance) / ((1 - F) |log(1 - F)|).
    Where the variance is zero, because all or none ended, that would claim to be
    certain: there it is Wilson's interval of `effective` units.
    """
    share, spread, units = np.broadcast_arrays(
        *(np.asarray(one, np.float64) for one in (incidence, variance, effective))
    )
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        stays = np.log1p(-share)
        factor = np.exp(Z * np.sqrt(spread) / np.abs((1 - share) * stays))
        is_flat = (spread < 1e-15) | (share >= 1)
        wilson = wilson_interval(share * units, units)
        low = np.where(is_flat, wilson[0], -np.expm1(stays / factor))
        high = np.where(is_flat, wilson[1], -np.expm1(stays * factor))
    return low, high


def wilson_interval(k: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """Return the 95 % Wilson score interval of k out of n; NaN if n is 0."""
    hits, units = np.asarray(k, np.float64), np.asarray(n, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = hits + Z**2 / 2
        half = Z * np.sqrt(np.maximum(hits * (units - hits) / units, 0) + Z**2 / 4)
        low = np.maximum((middle - half) / (units + Z**2), 0)
        high = np.minimum((middle + half) / (units + Z**2), 1)
    return np.where(units > 0, low, np.nan), np.where(units > 0, high, np.nan)
