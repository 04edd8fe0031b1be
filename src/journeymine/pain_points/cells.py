"""What is lost at a place, by persona, month and value of each segment."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeymine.pain_points.slices import ALL, Slice, first_day, month_number
from journeymine.pain_points.strata import Strata

Values = NDArray[np.float64]
Codes = NDArray[np.int64]
Cube = NDArray[np.float64]
"""Shape (months, personas, values of a segment)."""

LEAST_BEFORE = 30
"""At risk in the month before, or the rest is compared with."""


@dataclass(frozen=True)
class Sets:
    """Combinations of values that slice units.

    Attributes
    ----------
    months
        In order, counted as `month_number` does; `month` has the place in it of each
        combination.
    personas
        In order; `persona` likewise.
    segments
        The values of each segment, in order; `values` likewise.
    """

    months: Sequence[int]
    month: Codes
    personas: Sequence[str]
    persona: Codes
    segments: Mapping[str, Sequence[str]]
    values: Mapping[str, Codes]

    def cuts(self) -> Iterator[tuple[str, Sequence[str], Codes]]:
        """Yield each segment with its values and those of the combinations."""
        yield ALL, (ALL,), np.zeros_like(self.month)
        for segment, values in self.segments.items():
            yield segment, values, self.values[segment]

    def first_days(self) -> list[str]:
        """Return the first days of the months."""
        return [first_day(month) for month in self.months]

    def cube(self, of: Values, values: Codes, width: int) -> Cube:
        """Return sums by month, persona and value of a segment."""
        shape = len(self.months), len(self.personas), width
        places = np.ravel_multi_index((self.month, self.persona, values), shape)
        sums = np.bincount(places, of, int(np.prod(shape))).astype(np.float64)
        return np.asarray(sums.reshape(shape))

    def within(self, one: Slice) -> NDArray[np.bool_]:
        """Return which combinations are in a slice."""
        inside = np.ones(len(self.month), dtype=np.bool_)
        if one.period != ALL:
            inside &= self.month == self.months.index(month_number(one.period))
        if one.persona != ALL:
            inside &= self.persona == self.personas.index(one.persona)
        if one.segment != ALL:
            value = self.segments[one.segment].index(one.segment_value)
            inside &= self.values[one.segment] == value
        return inside

    def sums(self, one: Slice, of: Values) -> Values:
        """Return sums over a slice, by persona."""
        inside = self.within(one)
        found = np.bincount(self.persona[inside], of[inside], len(self.personas))
        return found.astype(np.float64)

    def penalty(self, one: Slice) -> float:
        """Return what a slice's z squared must gain for having been chosen of many."""
        values = sum(len(values) for values in self.segments.values())
        chosen = (
            (one.period, len(self.months)),
            (one.persona, len(self.personas)),
            (one.segment_value, values),
        )
        return 2 * sum(math.log(many) for what, many in chosen if what != ALL)


@dataclass(frozen=True)
class Compared:
    """The slices of a place that have something to be compared with.

    `strata` has a row per slice; `is_before` whether that is the month before.
    """

    slices: list[Slice]
    is_before: NDArray[np.bool_]
    strata: Strata

    def only(self, kept: NDArray[np.bool_]) -> "Compared":
        """Return some of the slices."""
        names = Strata.__dataclass_fields__
        return Compared(
            [self.slices[place] for place in np.flatnonzero(kept)],
            self.is_before[kept],
            Strata(*(getattr(self.strata, name)[kept] for name in names)),
        )


def compared(sets: Sets, at_risk: Values, lost: Values, least: int) -> Compared:
    """Return all slices with `least` at risk, and what each is compared with.

    A slice of a month is compared with the same of the month before, if at least 30
    are at risk there; else, and over all months, with the rest.
    """
    parts = [
        _cut(
            sets,
            (segment, values),
            (
                sets.cube(at_risk, codes, len(values)),
                sets.cube(lost, codes, len(values)),
            ),
            least,
        )
        for segment, values, codes in sets.cuts()
    ]
    columns = [
        np.concatenate([getattr(part.strata, name) for part in parts])
        for name in Strata.__dataclass_fields__
    ]
    return Compared(
        [one for part in parts for one in part.slices],
        np.concatenate([part.is_before for part in parts]),
        Strata(*columns),
    )


def _cut(
    sets: Sets,
    named: tuple[str, Sequence[str]],
    cubes: tuple[Cube, Cube],
    least: int,
) -> Compared:
    own = [_with_total(cube) for cube in cubes]
    before = [_before(sets.months, cube) for cube in cubes]
    rest = [
        cube.sum(axis=(0, 2))[None, :, None] - part
        for cube, part in zip(cubes, own, strict=True)
    ]
    sides = [_by_persona(cube) for cube in (*own, *before, *rest)]
    has_before = sides[2].sum(axis=-1) >= LEAST_BEFORE
    base = [
        np.where(has_before[..., None], sides[2 + side], sides[4 + side])
        for side in (0, 1)
    ]
    enough = (sides[0].sum(axis=-1) >= least) & (base[0].sum(axis=-1) >= LEAST_BEFORE)
    periods = (*sets.first_days(), ALL)
    personas = (ALL, *sets.personas) if len(sets.personas) > 1 else (ALL,)
    segment, values = named
    slices = [
        Slice(periods[period], personas[persona], segment, values[value])
        for period, persona, value in np.argwhere(enough).tolist()
    ]
    strata = Strata(*(side[enough] for side in (*sides[:2], *base)))
    return Compared(slices, has_before[enough], strata)


def _with_total(cube: Cube) -> Cube:
    return np.concatenate([cube, cube.sum(axis=0, keepdims=True)])


def _before(months: Sequence[int], cube: Cube) -> Cube:
    """Return in each month the counts of the month before; 0 where there is none."""
    found = np.zeros((cube.shape[0] + 1, *cube.shape[1:]))
    for place in range(1, len(months)):
        if months[place] == months[place - 1] + 1:
            found[place] = cube[place - 1]
    return found


def _by_persona(cube: Cube) -> Cube:
    """Return shape (periods, all and each persona, values, personas)."""
    by_value = np.moveaxis(cube, 1, 2)
    personas = cube.shape[1]
    chosen = [np.ones(personas)]
    if personas > 1:
        chosen += list(np.eye(personas))
    return np.stack([by_value * one for one in chosen], axis=1)
