"""What the risk was worth in the past: learned up to a moment, tried at that moment."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journeymine.churn_risk.model import learned
from journeymine.churn_risk.states import States
from journeymine.prediction.baselines import base_rates, rates_by
from journeymine.prediction.folds import is_enough
from journeymine.prediction.prefixes import Floats, Integers
from journeymine.prediction.scores import (
    Gain,
    auc,
    brier,
    calibration,
    gain_over,
    log_loss,
)
from journeymine.warehouse import Row

TOO_FEW = "too few customers of the past to learn and to judge by"
NOT_BETTER = "no better than the base rate"
SILENCES = 10  # of the recency baseline: tenths of the horizon
COLUMNS = (
    "basis varchar, bin bigint, learned bigint, tried bigint, lost bigint, "
    "told double, auc double, brier double, log_loss double, gain double, "
    "gain_low double, gain_high double, has_claim boolean, reason varchar, "
    "split_us bigint"
)


@dataclass(frozen=True)
class Split:
    """The latest states whose outcome is known, and those that had one by then.

    All of `test` are of one moment: so they are customers as they are told of today,
    each once, and the trials are independent.
    """

    train: States
    test: States

    @property
    def is_enough(self) -> bool:
        """Whether there is enough on both sides to learn and to judge."""
        return can_learn(self.train) and can_learn(self.test)


def can_learn(past: States) -> bool:
    """Whether there are enough states, and enough that left or did not."""
    return is_enough(past.lost, len(past))


def split(past: States) -> Split:
    """Split the states by time."""
    test = past.where(past.moment_index == 1)
    moment = test.moment_us.max(initial=0)
    return Split(past.where(past.until_us <= moment), test)


def trials(parts: Split) -> list[Row]:
    """Return the rows of `py_churn_trials`: per basis, and per bin of the model's."""
    if not parts.is_enough:
        nothing = (None,) * 7
        counts = len(parts.train), len(parts.test), parts.test.lost
        return [("model", 0, *counts, *nothing, False, TOO_FEW, None)]
    told = _told(parts)
    moment = int(parts.test.moment_us[0])
    return [
        (*row[:2], len(parts.train), *row[2:], moment)
        for row in (
            *_tried(told, parts.test),
            *_calibrations(told["model"], parts.test),
        )
    ]


def _told(parts: Split) -> dict[str, Floats]:
    """Return the risk of the states to try on, by basis."""
    train, test = parts.train, parts.test
    by_silence = rates_by(_silences(train), train.is_lost, (SILENCES, 2))
    return {
        "model": learned(train).risk(test),
        "recency": by_silence[_silences(test), 1],
        "base_rate": base_rates(train.is_lost, 2, len(test))[:, 1],
    }


def _silences(states: States) -> Integers:
    return np.minimum(states.silence_us * SILENCES // states.horizon_us, SILENCES - 1)


def _tried(told: dict[str, Floats], test: States) -> Iterator[Row]:
    both = {basis: np.column_stack([1 - one, one]) for basis, one in told.items()}
    # The usual score of two classes: each would count its error twice.
    losses = {basis: brier(one, test.is_lost) / 2 for basis, one in both.items()}
    claims = gain_over(losses["model"], [losses["base_rate"]]).is_better
    for basis, risk in told.items():
        judged: Row = (None, None, None, claims, None if claims else NOT_BETTER)
        if basis != "model":
            judged = (*_gain(gain_over(losses["model"], [losses[basis]])), None, None)
        yield (
            basis,
            0,
            len(test),
            test.lost,
            _rounded(float(risk.mean())),
            _rounded(auc(risk, test.is_lost)),
            _rounded(float(losses[basis].mean())),
            _rounded(log_loss(both[basis], test.is_lost)),
            *judged,
        )


def _calibrations(risk: Floats, test: States) -> Iterator[Row]:
    nothing = (None,) * 8
    for number, part in enumerate(calibration(risk, test.is_lost), 1):
        states, lost, mean = part
        yield ("model", number, states, lost, _rounded(mean), *nothing)


def _gain(gain: Gain) -> Row:
    return tuple(_rounded(one) for one in (gain.gain, gain.low, gain.high))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
