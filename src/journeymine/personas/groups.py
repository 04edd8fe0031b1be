"""How many groups of customers there are, if there are any."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from journeymine.personas.kmeans import (
    assigned,
    centroids_of,
    different,
    distances,
    silhouette,
)
from journeymine.personas.scaling import DIGITS, Vectors

MOST_PERSONAS = 8
LEAST_CUSTOMERS = 50
JUDGED_CUSTOMERS = 1_000
LEAST_STABILITY = 0.8
STEADY = 0.1
"""Halves must agree about as well as on any other number of groups."""
LEAST_SILHOUETTE = 0.15
"""Below it the groups overlap so much that they are no structure."""
HALVINGS = 5
CHANCES = 20
"""Draws without structure. Groups must lie apart more than in every one of them."""
LEAST_EXCESS = 0.04
"""By so much, as several numbers of groups are tried."""
TRIED_AGAINST_CHANCE = 3
AS_GOOD = 0.03
"""Within so much of the best, the former number of groups stays, else the least one."""

Chance = Callable[[int], Vectors]
"""Returns the vectors of the n-th draw without structure."""


@dataclass(frozen=True)
class Groups:
    """The groups that were found.

    Attributes
    ----------
    centroids
        Shape (n_groups, n_features); none where no structure was found.
    silhouette
        Mean silhouette (Rousseeuw 1987); null if none was taken.
    stability
        Mean adjusted Rand index between fits on halves of the customers.
    """

    centroids: Vectors
    silhouette: float | None = None
    stability: float | None = None


@dataclass(frozen=True)
class Judged:
    """A number of groups and what speaks for it."""

    count: int
    stability: float
    silhouette: float
    excess: float = 0.0


def find_groups(
    vectors: Vectors,
    chance: Chance,
    count: int | Literal["auto"] = "auto",
    seed: int = 0,
    former: int = 0,
) -> Groups:
    """Find groups of customers.

    Of the numbers of groups that halves of the customers agree on, those whose groups
    lie apart by most more than without structure; of nearly equal ones the least. None
    if chance does as well.

    Parameters
    ----------
    vectors
        Shape (n_customers, n_features), in order of a hash of the customer: the first
        1,000 are judged, and all are fitted.
    chance
        Draws of the first 1,000 without structure.
    former
        Number of groups of the run before; it stays unless another is clearly better.
    """
    nothing = Groups(np.empty((0, vectors.shape[1])))
    if len(vectors) < LEAST_CUSTOMERS or np.ptp(vectors, axis=0).max(initial=0) == 0:
        return nothing
    judged = vectors[:JUDGED_CUSTOMERS]
    most = different(judged)
    if count != "auto":
        if count > most:
            return nothing
        best = _judged(judged, distances(judged), count, seed)
        return Groups(
            centroids_of(vectors, count, seed), best.silhouette, best.stability
        )
    apart = distances(judged)
    tried = [
        _judged(judged, apart, number, seed)
        for number in range(2, min(MOST_PERSONAS, most) + 1)
    ]
    good = [
        one
        for one in tried
        if one.stability >= LEAST_STABILITY and one.silhouette >= LEAST_SILHOUETTE
    ]
    steadiest = max((one.stability for one in good), default=0.0)
    good = [one for one in good if one.stability >= steadiest - STEADY]
    good.sort(key=lambda one: -one.silhouette)
    kept = [one for one in good[TRIED_AGAINST_CHANCE:] if one.count == former]
    better = _beyond_chance(good[:TRIED_AGAINST_CHANCE] + kept, chance, seed)
    if not better:
        return nothing
    chosen = _chosen(better, former)
    centroids = centroids_of(vectors, chosen.count, seed)
    return Groups(centroids, chosen.silhouette, chosen.stability)


def _beyond_chance(good: list[Judged], chance: Chance, seed: int) -> list[Judged]:
    """Return the numbers of groups that lie apart more than in every chance draw."""
    left, sums = good, dict.fromkeys((one.count for one in good), 0.0)
    for number in range(CHANCES):
        if not left:
            return []
        drawn = chance(number)
        apart = distances(drawn)
        scores = {one.count: silhouette(drawn, apart, one.count, seed) for one in left}
        left = [
            one for one in left if one.silhouette > scores[one.count] + LEAST_EXCESS
        ]
        for count, score in scores.items():
            sums[count] += score
    return [
        Judged(
            one.count,
            one.stability,
            one.silhouette,
            one.silhouette - sums[one.count] / CHANCES,
        )
        for one in left
    ]


def _chosen(better: list[Judged], former: int) -> Judged:
    most = max(one.excess for one in better)
    good = [one for one in better if one.excess >= most - AS_GOOD]
    kept = [one for one in good if one.count == former]
    # Halves of a group may lie apart well too: they are told only if that says more.
    return kept[0] if kept else min(good, key=lambda one: one.count)


def _judged(vectors: Vectors, apart: Vectors, count: int, seed: int) -> Judged:
    score = silhouette(vectors, apart, count, seed)
    if score < LEAST_SILHOUETTE:
        return Judged(count, 0.0, score)
    return Judged(count, _stability(vectors, count, seed), score)


def _stability(vectors: Vectors, count: int, seed: int) -> float:
    # scikit-learn takes a second to import, and not every command clusters.
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415

    random = np.random.default_rng(seed)
    scores = []
    for _ in range(HALVINGS):
        order = random.permutation(len(vectors))
        halves = order[: len(order) // 2], order[len(order) // 2 :]
        one, other = (
            assigned(vectors, centroids_of(vectors[half], count, seed))
            for half in halves
        )
        scores.append(adjusted_rand_score(one, other))
    return round(float(np.mean(scores)), DIGITS)
