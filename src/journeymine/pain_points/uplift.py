"""How many conversions a change would bring, with its interval.

Who is kept at a place goes on as those do who stay: to a conversion with a chance that
was counted, too. Both counts are uncertain; the variance is that of a product (the
delta method).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeymine.pain_points.strata import Z_95

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Uplift:
    """Conversions gained, with the 95 % interval; NaN where unknown."""

    value: Values
    low: Values
    high: Values


def uplift(
    kept: Values, variance: Values, went_on: Values, converted: Values
) -> Uplift:
    """Return the conversions gained if more units were kept.

    Parameters
    ----------
    kept, variance
        How many more, and the variance of that.
    went_on, converted
        Units that were kept as it was, and those of them that converted.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = converted / went_on
    smooth = (converted + 1) / (went_on + 2)
    of_chance = smooth * (1 - smooth) / np.maximum(went_on, 1)
    half = Z_95 * np.sqrt(variance * chance**2 + of_chance * kept**2)
    value = kept * chance
    return Uplift(value, value - half, value + half)


def of_rate(at_risk: Values, lost: Values, spread: float = 0.0) -> Values:
    """Return the variance of how many more are kept at a new rate of loss.

    Parameters
    ----------
    spread
        Variance of the new rate; 0 where it is set, not counted.
    """
    share = (lost + 1) / (at_risk + 2)
    return np.asarray(at_risk * share * (1 - share) + at_risk**2 * spread)
