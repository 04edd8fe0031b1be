"""Where a metric is going: a straight line through its last periods."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Values = NDArray[np.floating]

LEAST_PERIODS = 4
"""Of fewer, no line is drawn."""

MOST_PERIODS = 12
"""What was earlier says little about what comes."""


@dataclass(frozen=True)
class Projection:
    """What is to be expected of one period, with its 95 % prediction interval."""

    value: float
    low: float
    high: float


def project(
    places: Values, values: Values, weights: Values, errors: Values, at: float
) -> Projection:
    """Return what a weighted regression says of the period at a place.

    The interval is where the value of that period will lie, not the line alone. It is
    never narrower than chance makes it among as many cases (`errors`), however close
    to a line a few periods happen to be.

    Parameters
    ----------
    places, values, weights, errors
        Of each period: its position in time, value, cases, and standard error.
    at
        Position of the period asked for, taken to have the mean number of cases.
    """
    middle = np.average(places, weights=weights)
    spread = weights @ (places - middle) ** 2
    level = np.average(values, weights=weights)
    slope = weights @ ((places - middle) * values) / spread
    left = values - level - slope * (places - middle)
    freedom = len(values) - 2
    scatter = max(weights @ left**2 / freedom, float(np.mean(weights * errors**2)))
    variance = scatter * (
        1 / weights.mean() + 1 / weights.sum() + (at - middle) ** 2 / spread
    )
    expected = level + slope * (at - middle)
    half = stdtrit(freedom, 0.975) * np.sqrt(variance)
    return Projection(float(expected), float(expected - half), float(expected + half))
