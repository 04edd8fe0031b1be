"""Predictions of states by models of scikit-learn, and by what they have to beat.

Each function learns from some states and tells of others, by basis: `model`, `markov`,
`last_activity`, `base_rate`.
"""

import numpy as np

from journeymine.prediction.baselines import (
    base_rates,
    markov_next,
    markov_outcomes,
    means_by_last,
    rates_by_last,
)
from journeymine.prediction.features import Features
from journeymine.prediction.folds import FIT_SHARE, moment_of
from journeymine.prediction.prefixes import (
    NOTHING,
    OUTCOMES,
    Floats,
    Integers,
    Prefixes,
)

MOST_CLASSES = 10
MOST_STATES = 15_000  # for the next activity, whose many classes cost most
LEAST = 1e-4
Told = dict[str, Floats]


def outcomes(train: Prefixes, rows: Prefixes) -> Told:
    """Return the probabilities of the outcomes, shape (n_rows, 4)."""
    classes = len(OUTCOMES)
    return {
        "model": _model(train, train.outcome, classes, rows),
        "markov": markov_outcomes(train, rows),
        "last_activity": rates_by_last(train, train.outcome, classes, rows),
        "base_rate": base_rates(train.outcome, classes, len(rows)),
    }


def next_classes(train: Prefixes) -> Integers:
    """Return the next activities that are told apart; all others are one class more."""
    counts = np.bincount(train.next, minlength=train.counts.shape[1])
    order = np.argsort(-counts, kind="stable")[:MOST_CLASSES]
    return np.unique(np.r_[NOTHING, order[counts[order] > 0]])


def class_of(following: Integers, classes: Integers) -> Integers:
    """Return the class of each next activity: a position, the last one for others."""
    place = np.searchsorted(classes, following)
    place[place == len(classes)] = 0
    return np.where(classes[place] == following, place, len(classes))


def next_activities(train: Prefixes, classes: Integers, rows: Prefixes) -> Told:
    """Return the probabilities of the next activities, others in the last column."""
    labels, size = class_of(train.next, classes), len(classes) + 1
    chain = markov_next(train, rows)
    other = 1 - chain[:, classes].sum(axis=1, keepdims=True)
    some = np.zeros(len(train), dtype=bool)
    some[:: max(1, -(-len(train) // MOST_STATES))] = True
    return {
        "model": _model(train.where(some), labels[some], size, rows),
        "markov": np.column_stack([chain[:, classes], np.clip(other, 0, 1)]),
        "last_activity": rates_by_last(train, labels, size, rows),
        "base_rate": base_rates(labels, size, len(rows)),
    }


def times(train: Prefixes, rows: Prefixes) -> Told:
    """Return the expected time to the goal, of those that reach it within the horizon.

    In microseconds, shape (n_rows,); from states that reached it.
    """
    # Loading takes a second, and few projects predict.
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415

    train = train.where(train.outcome == OUTCOMES.index("converted"))
    features = Features.of(train)
    model = HistGradientBoostingRegressor(
        max_iter=40,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        categorical_features=features.categories,
        early_stopping=False,
        random_state=0,
    ).fit(features.matrix(train), train.conversion_us)
    horizon = float((rows.until_us - rows.moment_us).max(initial=0))
    return {
        "model": np.clip(model.predict(features.matrix(rows)), 0, horizon),
        "last_activity": means_by_last(train, rows),
        "base_rate": np.full(len(rows), train.conversion_us.mean()),
    }


def _model(train: Prefixes, labels: Integers, classes: int, rows: Prefixes) -> Floats:
    """Boost trees on the earlier states, calibrate them on the later ones, and tell."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415

    features = Features.of(train)
    matrix = features.matrix(train)
    early = train.moment_us <= moment_of(train.moment_us, FIT_SHARE)
    if len(np.unique(labels[early])) < 2:
        return base_rates(labels, classes, len(rows))
    model = HistGradientBoostingClassifier(
        max_iter=40,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        categorical_features=features.categories,
        early_stopping=False,
        random_state=0,
    ).fit(matrix[early], labels[early])

    def raw(found: Floats) -> Floats:
        shares = np.zeros((len(found), classes))
        shares[:, model.classes_.astype(int)] = model.predict_proba(found)
        return shares

    told = raw(features.matrix(rows))
    if len(np.unique(labels[~early])) > 1:
        told = _calibrated(raw(matrix[~early]), labels[~early], told)
    return told


def _calibrated(shares: Floats, labels: Integers, told: Floats) -> Floats:
    """Calibrate probabilities by a logistic regression on their logarithms.

    Sigmoid scaling for several classes at once (Kull and others, 2019).
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    logs = _logs(shares)
    middle, spread = logs.mean(axis=0), logs.std(axis=0) + LEAST
    scaling = LogisticRegression(max_iter=1000).fit((logs - middle) / spread, labels)
    found = np.full_like(told, LEAST)
    found[:, scaling.classes_.astype(int)] = scaling.predict_proba(
        (_logs(told) - middle) / spread
    )
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _logs(shares: Floats) -> Floats:
    return np.log(np.clip(shares, LEAST, 1.0))
