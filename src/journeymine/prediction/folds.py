"""How the past is parted by time, and how much of it is enough to learn from."""

import numpy as np

from journeymine.prediction.prefixes import Integers

FIT_SHARE = 0.75  # of the states learned from; the later ones calibrate the model
LEAST_STATES, LEAST_CASES = 200, 20


def moment_of(moments: Integers, share: float) -> int:
    """Return the moment up to which a share of the states lies; 0 without any."""
    return int(np.quantile(moments, share, method="lower")) if len(moments) else 0


def is_enough(cases: int, states: int) -> bool:
    """Whether there are enough states, enough cases, and enough of the others."""
    return states >= LEAST_STATES and min(cases, states - cases) >= LEAST_CASES
