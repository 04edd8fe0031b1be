"""What the model is given of a state, and which reason each number of it speaks for."""

from dataclasses import dataclass

import numpy as np

from journeymine.churn_risk.states import DAY_US, States, days
from journeymine.prediction.prefixes import Floats, Integers

REASONS = (
    "silence",
    "activity",
    "tenure",
    "conversions",
    "support",
    "exits",
    "messages",
    "returns",
)
"""The reasons that are told, in words, by `fct_churn_risk`."""

MOST_EXPECTED = 20.0
LEAST_EXPECTED = 1e-3
LEAST_LEFT = 0.01


@dataclass(frozen=True)
class Pace:
    """How often customers come, for those of whom little is known yet.

    `gap_days` is the mean time between active days of the states learned from.
    """

    gap_days: float

    @classmethod
    def of(cls, train: States) -> "Pace":
        """Return the pace of the states to learn from."""
        gaps = int((train.spell_days - 1).sum())
        return cls(max(float(days(train.spell_us).sum()) / max(gaps, 1), 1e-3))

    def per_day(self, states: States) -> Floats:
        """Return active days per day in the open spell, drawn to the pace of all.

        As if each customer had been seen one gap of the mean length longer.
        """
        seen = days(states.spell_us) + self.gap_days
        return np.asarray(states.spell_days / seen)


def columns(states: States, pace: Pace) -> dict[str, list[Floats]]:
    """Return the columns of the model, each of shape (n_states,), by reason."""
    silence, per_day = days(states.silence_us), pace.per_day(states)
    left = np.maximum(states.horizon_us / DAY_US - silence, 0)
    missed = np.clip(silence * per_day, 0, MOST_EXPECTED)
    expected = np.clip(left * per_day, LEAST_EXPECTED, MOST_EXPECTED)
    is_new = (states.active_days == 1).astype(np.float64)
    is_converted = (states.conversions > 0).astype(np.float64)
    return {
        # Of one who comes at random at a known pace, -log(exp(expected) - 1) are the
        # log-odds not to come any more in the time that is left. Each time that it has
        # missed makes it likelier that it never will.
        "silence": [
            -np.log(np.expm1(expected)),
            missed,
            np.log1p(silence),
            is_new * np.log1p(silence),
            np.log(np.maximum(left * DAY_US / states.horizon_us, LEAST_LEFT)),
        ],
        "activity": [np.log1p(states.recent_days), np.log1p(states.former_days)],
        "tenure": [np.log1p(days(states.tenure_us)), is_new],
        "conversions": [
            is_converted,
            np.log1p(states.conversions),
            is_converted * np.log1p(days(np.maximum(states.conversion_us, 0))),
        ],
        "support": [np.log1p(states.recent_support)],
        "exits": [np.log1p(states.recent_exits)],
        "messages": [np.log1p(states.recent_messages)],
        "returns": [np.log1p(states.returns)],
    }


def matrix(states: States, pace: Pace) -> Floats:
    """Return the columns side by side, shape (n_states, n_columns)."""
    found = columns(states, pace)
    return np.column_stack([column for name in REASONS for column in found[name]])


def reason_of(states: States, pace: Pace) -> Integers:
    """Return the reason that each column of `matrix` speaks for: a position."""
    found = columns(states, pace)
    return np.repeat(np.arange(len(REASONS)), [len(found[name]) for name in REASONS])
