"""The model: a line in log-odds, so that what each number adds is exact."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from journeymine.churn_risk.reasons import REASONS, Pace, matrix, reason_of
from journeymine.churn_risk.states import States
from journeymine.prediction.folds import FIT_SHARE, moment_of
from journeymine.prediction.prefixes import Floats, Integers


@dataclass(frozen=True)
class RiskModel:
    """Log-odds to have left: `base + matrix @ weights`.

    Attributes
    ----------
    pace
        What the columns were scaled by.
    base, weights
        The calibrated line.
    """

    pace: Pace
    base: float
    weights: Floats

    def log_odds(self, states: States) -> Floats:
        """Return the log-odds of each state."""
        return np.asarray(self.base + matrix(states, self.pace) @ self.weights)

    def risk(self, states: States) -> Floats:
        """Return the probability of each state to have left."""
        return np.asarray(expit(self.log_odds(states)))

    def contributions(self, states: States) -> Floats:
        """Return what sets each state apart from the mean of them, by reason.

        In log-odds, shape (n_states, n_reasons). A row sums to the state's log-odds
        less the mean of them all.
        """
        found = matrix(states, self.pace)
        parts = (found - found.mean(axis=0)) * self.weights
        chosen = reason_of(states, self.pace)[:, None] == np.arange(len(REASONS))
        return np.asarray(parts @ chosen)


def learned(train: States) -> RiskModel:
    """Fit a logistic regression to the earlier states, and calibrate it on the later.

    Calibrated by Platt's scaling (1999): a line through the log-odds, so that they stay
    a sum of what each column adds.
    """
    # Loading takes a second, and few projects ask for the risk.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    pace = Pace.of(train)
    found = matrix(train, pace)
    early = train.moment_us <= moment_of(train.moment_us, FIT_SHARE)
    if len(np.unique(train.is_lost[early])) < 2:
        early[:] = True
    middle, spread = found[early].mean(axis=0), found[early].std(axis=0)
    spread = np.where(spread > 0, spread, np.inf)  # a column that never varies adds 0
    fit = LogisticRegression(max_iter=1000).fit(
        (found[early] - middle) / spread, train.is_lost[early]
    )
    weights = fit.coef_[0] / spread
    base = float(fit.intercept_[0] - middle @ weights)
    slope, shift = _calibration((base + found @ weights)[~early], train.is_lost[~early])
    return RiskModel(pace, slope * base + shift, slope * weights)


def _calibration(log_odds: Floats, labels: Integers) -> tuple[float, float]:
    """Return slope and shift of the line that calibrates log-odds."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    if len(np.unique(labels)) < 2:
        return 1.0, 0.0
    middle, spread = log_odds.mean(), log_odds.std()
    if spread == 0:
        return 1.0, 0.0
    fit = LogisticRegression(max_iter=1000).fit(
        ((log_odds - middle) / spread)[:, None], labels
    )
    # A line that falls would turn what was learned around: better none at all.
    slope = max(float(fit.coef_[0, 0] / spread), 0.0)
    return slope, float(fit.intercept_[0] - slope * middle)
