"""What predictions were worth in the past: learned up to a moment, tried after it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from journeymine.prediction import learners
from journeymine.prediction.folds import LEAST_CASES, is_enough, moment_of
from journeymine.prediction.learners import Told
from journeymine.prediction.prefixes import OUTCOMES, Floats, Integers, Prefixes
from journeymine.prediction.scores import (
    Gain,
    auc,
    brier,
    calibration,
    gain_over,
    log_loss,
)
from journeymine.warehouse import Row

LEARNED_SHARE = 0.7  # of the states, by time: those after it try what was learned
TARGETS = ("outcome", "next_activity", "time_to_conversion")
COLUMNS = (
    "target varchar, basis varchar, bin bigint, learned bigint, tried bigint, "
    "cases bigint, told double, auc double, brier double, log_loss double, "
    "rmse_us double, gain double, gain_low double, gain_high double, "
    "is_better boolean, split_us bigint"
)


@dataclass(frozen=True)
class Split:
    """States to learn from, whose outcome was known at a moment; and later ones."""

    split_us: int
    train: Prefixes
    test: Prefixes

    @property
    def is_enough(self) -> bool:
        """Whether there is enough on both sides to learn and to judge."""
        return can_learn(self.train) and can_learn(self.test)


def can_learn(past: Prefixes) -> bool:
    """Whether there are enough states, and enough that were converted or were not."""
    return is_enough(int((past.outcome == 0).sum()), len(past))


def split(past: Prefixes) -> Split:
    """Split the states by time; each customer of the later ones is tried once.

    So the trials are independent, and their intervals hold.
    """
    moment = moment_of(past.moment_us, LEARNED_SHARE)
    train = past.where(past.until_us <= moment)
    later = past.where(past.moment_us > moment)
    return Split(moment, train, later.where(_one_each(later.customer)))


def trials(parts: Split) -> list[Row]:
    """Return the rows of `py_prediction_trials`: per target and basis, and bin."""
    train, test = parts.train, parts.test
    told = learners.outcomes(train, test)
    rows = list(_tried("outcome", told, test.outcome))
    for code, outcome in enumerate(OUTCOMES):
        happened = (test.outcome == code).astype(np.int64)
        both = {
            basis: np.column_stack([1 - shares[:, code], shares[:, code]])
            for basis, shares in told.items()
        }
        rows += _tried(outcome, both, happened)
        rows += _calibrations(outcome, both["model"], happened)
    classes = learners.next_classes(train)
    labels = learners.class_of(test.next, classes)
    followed = learners.next_activities(train, classes, test)
    rows += _tried("next_activity", followed, labels)
    rows += _timed(train, test)
    return [
        (*row[:3], len(train), *row[3:], parts.split_us)
        for row in sorted(rows, key=lambda row: row[:3])
    ]


def _one_each(customers: Integers) -> Integers:
    """Choose one row of each customer, in turn the first, the second and so on."""
    order = np.argsort(customers, kind="stable")
    _, first, sizes = np.unique(customers[order], return_index=True, return_counts=True)
    turn = np.arange(len(first)) % np.maximum(1, sizes)
    return np.sort(order[first + turn])


def _tried(target: str, told: Told, labels: Integers) -> Iterator[tuple[object, ...]]:
    losses = {basis: brier(shares, labels) for basis, shares in told.items()}
    gain = gain_over(
        losses["model"], [loss for basis, loss in losses.items() if basis != "model"]
    )
    is_binary = target in OUTCOMES
    rarest = int(min(labels.sum(), (1 - labels).sum())) if is_binary else len(labels)
    if rarest < LEAST_CASES:  # the interval holds for many cases only
        gain = replace(gain, can_tell=False)
    for basis, shares in told.items():
        likely = shares[:, 1]
        yield (
            target,
            basis,
            0,
            len(labels),
            int(labels.sum()) if is_binary else None,
            _rounded(float(likely.mean())) if is_binary else None,
            _rounded(auc(likely, labels)) if is_binary else None,
            # Of two classes the usual score: each would count its error twice.
            _rounded(float(losses[basis].mean()) / (2 if is_binary else 1)),
            _rounded(log_loss(shares, labels)),
            None,
            *_told_gain(gain, basis, 0.5 if is_binary else 1.0),
        )


def _calibrations(
    target: str, shares: Floats, happened: Integers
) -> Iterator[tuple[object, ...]]:
    nothing = (None,) * 8
    parts = calibration(shares[:, 1], happened)
    for number, (rows, cases, mean) in enumerate(parts, 1):
        yield (target, "model", number, rows, cases, _rounded(mean), *nothing)


def _timed(train: Prefixes, test: Prefixes) -> Iterator[tuple[object, ...]]:
    test = test.where(test.outcome == 0)
    told = learners.times(train, test)
    days = {
        basis: ((shares - test.conversion_us) / 86_400e6) ** 2
        for basis, shares in told.items()
    }
    gain = gain_over(days["model"], [days["last_activity"], days["base_rate"]])
    for basis, loss in days.items():
        rmse = round(float(np.sqrt(loss.mean())) * 86_400e6, -6)
        start = ("time_to_conversion", basis, 0, len(test), len(test), None)
        yield (*start, None, None, None, rmse, *_told_gain(gain, basis, 1.0))


def _told_gain(gain: Gain, basis: str, scale: float) -> tuple[object, ...]:
    if basis != "model":
        return None, None, None, None
    told = (_rounded(scale * one) for one in (gain.gain, gain.low, gain.high))
    return (*told, gain.is_better)


def _rounded(value: float | Floats | None) -> float | None:
    return None if value is None else round(float(value), 6)
