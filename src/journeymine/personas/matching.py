"""Which persona of this run is which one of the run before."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from journeymine.personas.counts import Counts, Labels
from journeymine.personas.kmeans import assigned
from journeymine.personas.model import Model
from journeymine.personas.scaling import Vectors, vectors_of

LEAST_PART = 0.05


@dataclass(frozen=True)
class Change:
    """A persona that was born (birth, split) or lost (death, merge).

    `other` is the persona that it was split from or merged into; `customers` are
    those, of all that were fitted, who make up the persona.
    """

    change: str
    persona: str
    other: str | None
    customers: int


@dataclass(frozen=True)
class Matched:
    """The name of each group, from p1, and what changed since the run before."""

    personas: list[str]
    last_number: int
    changes: list[Change]


def match(counts: Counts, labels: Labels, groups: int, former: Model | None) -> Matched:
    """Name the groups of this run after those of the run before that they are.

    A group is a former persona if, of all ways to pair them, the one with the least
    distances pairs the two, and its centre lies where that persona's customers lay:
    nearer to it than to any other, and no farther than they were.

    Parameters
    ----------
    counts
        Of the customers that were fitted.
    labels
        The group of each, from 0; the largest group is 0.
    """
    if former is None:
        return Matched([f"p{group + 1}" for group in range(groups)], groups, [])
    vectors = vectors_of(counts, former.scaling)
    apart = _distances(vectors, labels, groups, former)
    pairs = _pairs(apart, former)
    last, personas = former.last_number, []
    for group in range(groups):
        if group in pairs:
            personas.append(former.personas[pairs[group]])
        else:
            last += 1
            personas.append(f"p{last}")
    crossed = np.zeros(apart.shape, dtype=np.int64)
    if crossed.size:
        np.add.at(crossed, (labels, assigned(vectors, former.centroids)), 1)
    changes = [
        *_births(crossed, apart, personas, former, pairs),
        *_deaths(crossed, personas, former, pairs),
    ]
    return Matched(personas, last, changes)


def _distances(vectors: Vectors, labels: Labels, groups: int, former: Model) -> Vectors:
    """Return how far the centre of each group lies from each former persona."""
    apart = np.zeros((groups, len(former.personas)))
    for group in range(groups):
        centre = vectors[labels == group].mean(axis=0)
        apart[group] = np.sqrt(((former.centroids - centre) ** 2).sum(axis=1))
    return apart


def _pairs(apart: Vectors, former: Model) -> dict[int, int]:
    return {
        int(group): int(old)
        for group, old in zip(*linear_sum_assignment(apart), strict=True)
        if apart[group].argmin() == old and apart[group, old] <= former.radii[old]
    }


def _births(
    crossed: Labels,
    apart: Vectors,
    personas: list[str],
    former: Model,
    pairs: dict[int, int],
) -> Iterator[Change]:
    """Yield new personas: a split is of another one's customers, and among them."""
    for group, persona in enumerate(personas):
        if group in pairs:
            continue
        size, kin = int(crossed[group].sum()), _home(crossed[group])
        if kin is not None and apart[group, kin] <= former.radii[kin]:
            yield Change("split", persona, former.personas[kin], size)
        else:
            yield Change("birth", persona, None, size)


def _deaths(
    crossed: Labels, personas: list[str], former: Model, pairs: dict[int, int]
) -> Iterator[Change]:
    """Yield lost personas: merged into another if they make up a part of it."""
    for old, persona in enumerate(former.personas):
        if old in pairs.values():
            continue
        size, kin = int(crossed[:, old].sum()), _home(crossed[:, old])
        if kin is not None and size >= LEAST_PART * crossed[kin].sum():
            yield Change("merge", persona, personas[kin], size)
        else:
            yield Change("death", persona, None, size)


def _home(customers: Labels) -> int | None:
    """Return where more than half of the customers are."""
    if not customers.sum() or 2 * customers.max() <= customers.sum():
        return None
    return int(customers.argmax())
