"""Personas: groups of customers who behave alike, found by k-means.

What a customer does first becomes one vector (`persona_features.py`); customers whose
vectors lie close together are one persona.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from journeymine.config import Personas
from journeymine.persona_features import Features, Labels, Vectors, read_features
from journeymine.persona_profiles import Profile, profiles
from journeymine.plan import Context

FIT_CUSTOMERS = 10_000
SILHOUETTE_CUSTOMERS = 2_000
MOST_PERSONAS = 8
LEAST_SILHOUETTE = 0.15
"""Below it the groups overlap so much that they are no structure."""
LEAST_CUSTOMERS = 50


@dataclass(frozen=True)
class Clusters:
    """Persona of each customer, from 1 (the largest), and how well they part.

    `labels` is None where no structure was found.
    """

    labels: Labels | None
    silhouette: float | None


def make_personas(context: Context) -> None:
    """Write `py_personas` (customer_code, persona) and `py_persona_profiles`."""
    features = read_features(context)
    # One thread, so that sums are taken in one order.
    with threadpool_limits(limits=1):
        clusters = cluster(features.vectors, context.config.personas)
        described = profiles(features.vectors, features.names, clusters.labels)
    _write(context, features, clusters, described)


def cluster(vectors: Vectors, settings: Personas) -> Clusters:
    """Find groups of customers.

    The number of groups, unless set, is the one with the greatest mean silhouette
    (Rousseeuw 1987) on a sample; too small a silhouette means no structure.

    Parameters
    ----------
    vectors
        Shape (n_customers, n_features), in order of customer.
    """
    # scikit-learn takes a second to import, and not every command clusters.
    from sklearn.metrics import silhouette_score  # noqa: PLC0415

    if len(vectors) < LEAST_CUSTOMERS or np.ptp(vectors, axis=0).max() == 0:
        return Clusters(None, None)
    random = np.random.default_rng(settings.seed)
    sample = _sample(random, len(vectors), FIT_CUSTOMERS)
    judged = _sample(random, len(sample), SILHOUETTE_CUSTOMERS)
    best: tuple[float, Labels] | None = None
    for count in _counts(settings.count, vectors[sample]):
        labels = _fit(vectors, sample, count, settings.seed)
        parts = labels[sample][judged]
        if len(np.unique(parts)) < 2:
            continue
        score = float(silhouette_score(vectors[sample][judged], parts))
        if best is None or score > best[0]:
            best = (score, labels)
    if best is None or (settings.count == "auto" and best[0] < LEAST_SILHOUETTE):
        return Clusters(None, best[0] if best else None)
    return Clusters(_numbered_by_size(best[1]), best[0])


def _counts(count: int | Literal["auto"], vectors: Vectors) -> list[int]:
    """Return the numbers of groups to try: no more than there are different vectors."""
    wanted = range(2, MOST_PERSONAS + 1) if count == "auto" else [count]
    most = len(np.unique(vectors, axis=0))
    return [number for number in wanted if number <= most]


def _sample(random: np.random.Generator, size: int, most: int) -> Labels:
    if size <= most:
        return np.arange(size)
    return np.sort(random.choice(size, most, replace=False))


def _fit(vectors: Vectors, sample: Labels, count: int, seed: int) -> Labels:
    # scikit-learn takes a second to import, and not every command clusters.
    from sklearn.cluster import KMeans  # noqa: PLC0415

    model = KMeans(count, n_init=5, random_state=seed).fit(vectors[sample])
    batches = np.array_split(vectors, len(vectors) // 100_000 + 1)
    return np.concatenate([model.predict(batch) for batch in batches]).astype(np.int64)


def _numbered_by_size(labels: Labels) -> Labels:
    """Return labels from 1, the largest group first; of equals, the first met."""
    found, firsts, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((firsts, -sizes))
    rank = np.empty_like(order)
    rank[order] = np.arange(1, len(order) + 1)
    return np.asarray(rank[np.searchsorted(found, labels)], dtype=np.int64)


def _write(
    context: Context, features: Features, clusters: Clusters, described: list[Profile]
) -> None:
    if clusters.labels is None:
        personas = ["none"] * len(features.customer_codes)
    else:
        personas = [f"p{label}" for label in clusters.labels]
    assigned = pa.table(
        {
            "customer_code": features.customer_codes,
            "persona": pa.array(personas, pa.string()),
        }
    )
    con = context.con
    con.register("assigned", assigned)
    con.execute("create or replace table py_personas as from assigned")
    con.unregister("assigned")
    rows = [
        {
            "persona": profile.persona,
            "persona_name": profile.name,
            "profile": profile.text,
            "traits": [trait.__dict__ for trait in profile.traits],
            "silhouette": clusters.silhouette,
        }
        for profile in described
    ]
    trait = pa.struct(
        [
            ("feature", pa.string()),
            ("value", pa.float64()),
            ("overall", pa.float64()),
            ("difference", pa.float64()),
        ]
    )
    schema = pa.schema(
        [
            ("persona", pa.string()),
            ("persona_name", pa.string()),
            ("profile", pa.string()),
            ("traits", pa.list_(trait)),
            ("silhouette", pa.float64()),
        ]
    )
    con.register("profiled", pa.Table.from_pylist(rows, schema))
    con.execute("create or replace table py_persona_profiles as from profiled")
    con.unregister("profiled")
