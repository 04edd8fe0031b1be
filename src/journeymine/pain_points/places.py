"""Places where something may be lost: steps of funnels, and what paths do."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from journeymine.pain_points.cells import Compared, Sets, Values, compared
from journeymine.pain_points.strata import Excess, excess

CHANCE = 0.05
"""What remains of a slice is nothing if chance does as much so often."""

MOST_PARTS = 10

PATHS = "$paths"
"""Stands for a funnel, where a place is none of a funnel."""


@dataclass(frozen=True)
class Place:
    """Who was at a place, and who was lost there, by combination of values.

    Attributes
    ----------
    kind
        step, transition, touchpoint, switch, loop, wait or feeling.
    funnel, where
        Names; `PATHS` for what is no step of a funnel.
    activities
        What happens there: places that share some may tell the same.
    at_risk, lost
        Shape (combinations,).
    untold
        The same as `lost`, without what was told already.
    went_on, converted
        Units that were not lost, and how many of them converted; NaN where that does
        not say what a loss costs.
    effect
        By how much the variance exceeds that of independent units.
    has_peers
        Whether other people do well to be compared with, not only the month before.
    code
        Numbers that find it in the tables: of a step its position.
    """

    kind: str
    funnel: str
    where: str
    activities: frozenset[str]
    sets: Sets
    at_risk: Values
    lost: Values
    untold: Values
    went_on: Values
    converted: Values
    effect: float
    has_peers: bool
    code: tuple[int, int]

    @property
    def named(self) -> str:
        """Kind and name, with its funnel."""
        where = self.where if self.funnel == PATHS else f"{self.funnel}.{self.where}"
        return f"{self.kind} {where}"

    @property
    def costs(self) -> bool:
        """Whether it is known what a loss costs in conversions."""
        return not np.isnan(self.converted).any()


@dataclass(frozen=True)
class Judged:
    """The slices of a place, each against what was to be expected of it."""

    found: Compared
    excess: Excess

    @property
    def p(self) -> Values:
        """Chances of as many lost or more without a difference."""
        return self.excess.p

    def is_below(self, p: float) -> NDArray[np.bool_]:
        """Which slices lose more than chance would explain."""
        return np.asarray((self.p <= p) & (self.excess.value > 0))


def judged(place: Place, least: int) -> Judged:
    """Compare all slices of a place that have `least` at risk."""
    found = compared(place.sets, place.at_risk, place.untold, least)
    if not place.has_peers:
        found = found.only(found.is_before)
    return Judged(found, excess(found.strata, place.effect))


def best(place: Place, of: Judged, p: float) -> tuple[float, int] | None:
    """Return the slice that explains most, with its score; None if none is sure.

    What is lost more than expected shows in every slice that holds some of it. The one
    that it fills is where it stands out most; a smaller one is chosen only if it gains
    more than the choice among so many would by chance, or explains the larger one.
    """
    sure = np.flatnonzero(of.is_below(p))
    if not len(sure):
        return None
    penalties = np.array([place.sets.penalty(of.found.slices[one]) for one in sure])
    scores = np.round(of.excess.z[sure] ** 2 - penalties, 9)
    order = np.argsort(-scores, kind="stable")
    ranked = sure[order].tolist()
    chosen = ranked[0]
    while (part := _explaining(place, of, chosen, ranked)) is not None:
        chosen = part
    return float(scores[order][ranked.index(chosen)]), chosen


def _explaining(place: Place, of: Judged, whole: int, ranked: list[int]) -> int | None:
    """Return the best part of a slice without which nothing is left of it, if any.

    Nor may the rest of it be as bad, only smaller.
    """
    slices, at_risk = of.found.slices, of.found.strata.at_risk.sum(axis=-1)
    own = of.found.only(np.arange(len(slices)) == whole).strata
    parts = [one for one in ranked if slices[one].is_part_of(slices[whole])]
    for one in parts[:MOST_PARTS]:
        lost = place.sets.sums(slices[whole], without(place, of, one).untold)
        left = excess(replace(own, lost=lost[None]), place.effect)
        as_bad = of.excess.value[one] / at_risk[one] * (at_risk[whole] - at_risk[one])
        if left.p[0] > CHANCE and left.value[0] < as_bad / 2:
            return one
    return None


def without(place: Place, of: Judged, at: int) -> Place:
    """Return a place as if no persona in a slice had lost more than expected."""
    inside = place.sets.within(of.found.slices[at])
    own, strata = of.found.strata.lost[at], of.found.strata
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = strata.base_lost[at] / strata.base_at_risk[at]
        shares = np.nan_to_num(rates * strata.at_risk[at] / own, nan=1.0)
    kept = np.minimum(shares, 1)[place.sets.persona] * place.untold
    return replace(place, untold=np.where(inside, kept, place.untold))
