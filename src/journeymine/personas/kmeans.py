"""Groups by k-means, and how far they lie apart."""

import numpy as np

from journeymine.personas.counts import Labels
from journeymine.personas.scaling import DIGITS, Vectors

STARTS = 8
"""With half as many, one log in ten ends in groups that are not the best ones."""


def assigned(vectors: Vectors, centroids: Vectors) -> Labels:
    """Return the nearest centroid of each vector, from 0."""
    # Squared distance without the vector's own length, which is the same for all.
    squared = (centroids**2).sum(axis=1) - 2 * (vectors @ centroids.T)
    return np.asarray(np.argmin(squared, axis=1), dtype=np.int64)


def silhouette(vectors: Vectors, apart: Vectors, count: int, seed: int) -> float:
    """Return the mean silhouette of groups, given the distances of all; -1 of one."""
    # scikit-learn takes a second to import, and not every command clusters.
    from sklearn.metrics import silhouette_score  # noqa: PLC0415

    labels = assigned(vectors, centroids_of(vectors, count, seed))
    if len(np.unique(labels)) < 2:
        return -1.0
    score = silhouette_score(apart, labels, metric="precomputed")
    return round(float(score), DIGITS)


def distances(vectors: Vectors) -> Vectors:
    """Return the distances between all vectors: the same for any number of groups."""
    # scikit-learn takes a second to import, and not every command clusters.
    from sklearn.metrics import pairwise_distances  # noqa: PLC0415

    return np.asarray(pairwise_distances(vectors))


def centroids_of(vectors: Vectors, count: int, seed: int) -> Vectors:
    """Return the centroids of so many groups, fewer if fewer vectors differ."""
    # scikit-learn takes a second to import, and not every command clusters.
    from sklearn.cluster import KMeans  # noqa: PLC0415

    count = min(count, different(vectors))
    model = KMeans(count, n_init=STARTS, random_state=seed).fit(vectors)
    return np.asarray(np.round(model.cluster_centers_, DIGITS), dtype=np.float64)


def different(vectors: Vectors) -> int:
    """Return how many different vectors there are."""
    return len({vector.tobytes() for vector in vectors})
