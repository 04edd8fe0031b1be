"""Find what is lost more than expected, and tell each of it once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from journeymine.comparison import q_values
from journeymine.pain_points.cells import Values
from journeymine.pain_points.places import Judged, Place, best, judged, without
from journeymine.pain_points.slices import Slice
from journeymine.pain_points.uplift import Uplift, uplift

NOTHING = (-np.inf, 0)


@dataclass(frozen=True)
class Found:
    """A slice of a place that loses more than expected.

    Attributes
    ----------
    extra, variance
        Lost more than expected, and the variance of that.
    basis
        period_before, rest or best_persona: what was expected is what was lost there.
    p, q
        NaN where nothing was tested.
    also
        Further places that show the same.
    """

    place: Place
    slice: Slice
    at_risk: float
    observed: float
    extra: float
    variance: float
    basis: str
    p: float = np.nan
    q: float = np.nan
    also: list[str] = field(default_factory=list)

    @property
    def expected(self) -> float:
        """What was expected to be lost; of a feeling, which falls, its mean."""
        sign = 1 if self.place.kind == "feeling" else -1
        return self.observed + sign * self.extra

    @property
    def worth(self) -> Uplift:
        """The conversions gained if no more were lost than expected."""
        if not self.place.costs:
            unknown = np.asarray(np.nan)
            return Uplift(unknown, unknown, unknown)
        inside = self.place.sets.within(self.slice)
        further = (self.place.went_on, self.place.converted)
        figures = (self.extra, self.variance, *(of[inside].sum() for of in further))
        return uplift(*(np.asarray(one) for one in figures))

    def tells(self, other: "Found") -> bool:
        """Whether another one may be the same, seen from elsewhere."""
        shared = self.place.activities & other.place.activities
        return bool(shared) and self.slice.overlaps(other.slice)


class Limits(NamedTuple):
    """How many must be at risk, and the share of false findings that is allowed."""

    least: int
    fdr: float


class Family:
    """All that was tested: how sure a finding must be (Benjamini and Hochberg 1995).

    One pain shows in many slices. Were each of them counted as a finding, the many that
    are true would make room for false ones: only what is told counts, once.
    """

    def __init__(self, p: Values, fdr: float) -> None:
        """Take the p-values of all tests."""
        known = p[~np.isnan(p)]
        passed = known[q_values(known) <= fdr]
        self._tests, self._fdr = len(known), fdr
        self.highest = float(passed.max(initial=-1))
        """The greatest p-value that may be significant; negative if none may."""

    def sure(self, told: Sequence[Found]) -> list[Found]:
        """Return the significant ones of what is told, with their q-values."""
        p = np.ones(max(self._tests, len(told)))
        p[: len(told)] = [found.p for found in told]
        pairs = zip(told, q_values(p).tolist(), strict=False)
        return [replace(found, q=q) for found, q in pairs if q <= self._fdr]


def search(
    places: Sequence[Place], further: Values, limits: Limits
) -> tuple[list[Found], Family]:
    """Return what may be significant, the surest first, each once; and the family.

    First what costs conversions, then what may be its other side: loops and waits.

    Parameters
    ----------
    further
        P-values of tests that belong to the family, too.
    """
    looked = [(place, judged(place, limits.least)) for place in places]
    family = Family(np.concatenate([further, *(of.p for _, of in looked)]), limits.fdr)
    told: list[Found] = []
    for costs in (True, False):
        here = [
            (place, of)
            for place, of in looked
            if place.costs is costs and of.is_below(family.highest).any()
        ]
        _search(here, family, limits.least, told)
    return told, family


def tell(told: list[Found], found: Found) -> None:
    """Add a finding, or its place to the one that tells the same already."""
    for one in told:
        if one.tells(found):
            if found.place.named not in (one.place.named, *one.also):
                one.also.append(found.place.named)
            return
    told.append(found)


def _search(
    here: list[tuple[Place, Judged]], family: Family, least: int, told: list[Found]
) -> None:
    """Tell the surest finding, take it out, look at its place anew, and so on."""
    chosen = [best(place, of, family.highest) for place, of in here]
    done: set[tuple[int, Slice]] = set()
    while any(chosen):
        at = max(range(len(here)), key=lambda place: chosen[place] or NOTHING)
        _, one = chosen[at] or NOTHING
        found = _found(here[at], one)
        if (at, found.slice) in done:  # nothing is left to take out
            chosen[at] = None
            continue
        done.add((at, found.slice))
        tell(told, found)
        place = without(*here[at], one)
        here[at] = place, judged(place, least)
        chosen[at] = best(*here[at], family.highest)


def _found(looked: tuple[Place, Judged], at: int) -> Found:
    place, of = looked
    inside = place.sets.within(of.found.slices[at])
    return Found(
        place,
        of.found.slices[at],
        float(of.found.strata.at_risk[at].sum()),
        float(place.lost[inside].sum()),
        # Weighed by persona, more may seem to be lost than are.
        min(float(of.excess.value[at]), float(place.untold[inside].sum())),
        float(of.excess.variance[at]),
        "period_before" if of.found.is_before[at] else "rest",
        float(of.p[at]),
    )
