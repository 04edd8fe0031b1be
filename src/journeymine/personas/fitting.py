"""Fit the personas of a run, and name them after those of the run before."""

import numpy as np

from journeymine.config import Personas
from journeymine.personas.chance import Pool, permuted
from journeymine.personas.counts import Counts, Labels
from journeymine.personas.groups import JUDGED_CUSTOMERS, find_groups
from journeymine.personas.kmeans import assigned
from journeymine.personas.matching import Change, match
from journeymine.personas.model import Model
from journeymine.personas.scaling import DIGITS, Vectors, scaling_of, vectors_of


def fit(
    counts: Counts, pool: Pool, settings: Personas, former: Model | None
) -> tuple[Model, list[Change]]:
    """Return the personas of some customers, and what changed since the run before.

    Parameters
    ----------
    counts
        Of customers who were watched for all their time, in order of a hash.
    pool
        The events of all.
    former
        The model of the run before, whose personas keep their numbers and names.
    """
    scaling = scaling_of(counts)
    vectors = vectors_of(counts, scaling)
    judged = counts.of(np.arange(min(JUDGED_CUSTOMERS, len(vectors))))

    def chance(number: int) -> Vectors:
        random = np.random.default_rng([settings.seed, number])
        drawn = permuted(judged, pool, random, by_events=number % 2 == 0)
        return vectors_of(drawn, scaling)

    found = find_groups(
        vectors,
        chance,
        settings.count,
        settings.seed,
        len(former.personas) if former else 0,
    )
    centroids, labels = _by_size(found.centroids, vectors)
    matched = match(counts, labels, len(centroids), former)
    names = dict(zip(former.personas, former.names, strict=True)) if former else {}
    model = Model(
        scaling,
        centroids,
        [_radius(vectors[labels == n], one) for n, one in enumerate(centroids)],
        matched.personas,
        [names.get(persona, "") for persona in matched.personas],
        matched.last_number,
        {
            "seed": settings.seed,
            "customers_fitted": len(vectors),
            "silhouette": found.silhouette,
            "stability": found.stability,
        },
    )
    return model, matched.changes


def _by_size(centroids: Vectors, vectors: Vectors) -> tuple[Vectors, Labels]:
    """Return the centroids, the largest group first; of equals, the first met."""
    if not len(centroids):
        return centroids, np.zeros(0, dtype=np.int64)
    labels = assigned(vectors, centroids)
    found, firsts, sizes = np.unique(labels, return_index=True, return_counts=True)
    ordered = centroids[found[np.lexsort((firsts, -sizes))]]
    return ordered, assigned(vectors, ordered)


def _radius(vectors: Vectors, centroid: Vectors) -> float:
    squared = ((vectors - centroid) ** 2).sum(axis=1).mean()
    return round(float(np.sqrt(squared)), DIGITS)
