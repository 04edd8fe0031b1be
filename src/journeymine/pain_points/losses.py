"""What journeys lose at activities and on the ways from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from journeymine.pain_points.cells import Codes, Values
from journeymine.pain_points.combinations import recent
from journeymine.pain_points.strata import likeness
from journeymine.pain_points.trials import Trials

MOST_WAYS = 200
"""The most frequent of a kind are looked at."""

LEAST_LOST = 5
"""What is rarer cannot stand out."""

MOST_OPEN = 0.05
"""Of the journeys of a month: where it is more, too few are over to say who left."""


class Kind(NamedTuple):
    """What is lost, among whom: in states and by counts as in `walking`.

    Attributes
    ----------
    is_way
        Whether it is lost on a way; else at an activity.
    is_among_way
        Whether it is lost among those who took the way; else among those at the
        activity.
    at_risk, lost
        States of those.
    counts
        Places among the counts of a customer: of those at risk at the item among which
        it is lost, and at that where it is lost; and of those lost.
    """

    is_way: bool
    is_among_way: bool
    at_risk: tuple[int, ...]
    lost: tuple[int, ...]
    counts: tuple[int, int, int]


ALL = (0, 1, 2, 3, 4, 5)
KINDS = {
    "leave": Kind(False, False, (2, 3, 4, 5), (4, 5), (1, 1, 2)),
    "follow": Kind(True, False, ALL, (0, 1), (0, 2, 0)),
    "again": Kind(False, False, ALL, (1, 3, 5), (0, 0, 3)),
    "slow": Kind(True, True, (0, 1), (1,), (0, 0, 1)),
}


@dataclass(frozen=True)
class Loss:
    """Journeys at risk and lost, by combination of values and month.

    Attributes
    ----------
    kind
        leave: ended at an activity; follow: went on with another one; again: came back;
        slow: waited longer for the other one than nine in ten do.
    codes
        Of the activity, and of the other; 0 where there is none.
    effect
        By how much the variance exceeds that of independent units, from 1.
    """

    kind: str
    codes: tuple[int, int]
    slice_set: Codes
    month: Codes
    at_risk: Values
    lost: Values
    effect: float


def losses(trials: Trials) -> Iterator[Loss]:
    """Yield what happens often, of each kind the most frequent first."""
    lately = recent(trials.month)
    settled = lately & np.isin(trials.month, _settled_months(trials, lately))
    for name, kind in KINDS.items():
        kept = settled if name == "leave" else lately
        for item in _frequent(trials, kind, lately):
            loss = _loss(trials, name, item, kept)
            if loss.lost.sum() >= LEAST_LOST:
                yield loss


def _settled_months(trials: Trials, kept: NDArray[np.bool_]) -> Codes:
    """Return the months of which nearly all journeys are over."""
    rows = np.flatnonzero(kept & (trials.item < trials.activities))
    months, at = np.unique(trials.month[rows], return_inverse=True)
    visits, over = (
        np.bincount(at, trials.journeys[rows][:, KINDS[kind].at_risk].sum(axis=1))
        for kind in ("again", "leave")
    )
    return np.asarray(months[over >= (1 - MOST_OPEN) * visits])


def _frequent(trials: Trials, kind: Kind, kept: NDArray[np.bool_]) -> list[int]:
    """Return the items at which most is lost."""
    rows = np.flatnonzero(kept & ((trials.item >= trials.activities) == kind.is_way))
    lost = trials.journeys[rows][:, kind.lost].sum(axis=1)
    sums = np.bincount(trials.item[rows], lost)
    order = np.argsort(-sums, kind="stable")[:MOST_WAYS]
    return [int(item) for item in order if sums[item] > 0]


def _loss(trials: Trials, name: str, item: int, kept: NDArray[np.bool_]) -> Loss:
    kind = KINDS[name]
    codes, base = (item, 0), item
    if kind.is_way:
        way = item - trials.activities
        codes = int(trials.froms[way]), int(trials.nexts[way])
        base = item if kind.is_among_way else codes[0]
    rows, at_risk = _journeys(trials, base, kind.at_risk, kept)
    own, lost = _journeys(trials, item, kind.lost, kept)
    # Whoever is lost was at risk, in the same combination and month.
    found = np.zeros(len(rows))
    found[np.searchsorted(_cells(trials, rows), _cells(trials, own))] = lost
    return Loss(
        name,
        codes,
        *(trials.slice_set[rows], trials.month[rows]),
        *(at_risk, found),
        _effect(trials, kind, base, item),
    )


def _journeys(
    trials: Trials, item: int, states: tuple[int, ...], kept: NDArray[np.bool_]
) -> tuple[Codes, Values]:
    """Return the rows of an item where any journey is in some states, and how many."""
    first, last = np.searchsorted(trials.item, (item, item + 1))
    journeys = trials.journeys[first:last, states].sum(axis=1)
    own = np.flatnonzero(kept[first:last] & (journeys > 0))
    return own + first, journeys[own].astype(np.float64)


def _cells(trials: Trials, rows: Codes) -> Codes:
    return np.asarray(trials.slice_set[rows] * 100_000 + trials.month[rows])


def _effect(trials: Trials, kind: Kind, base: int, item: int) -> float:
    at_base, at_item, lost = kind.counts
    products = trials.products
    return likeness(
        int(trials.totals[base, at_base]),
        int(trials.totals[item, lost]),
        int(products[base, at_base, at_base]),
        int(products[item, at_item, lost]),
        int(products[item, lost, lost]),
    )
