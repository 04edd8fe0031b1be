"""What clustering sees of a customer: one vector.

What a customer does first (`int_customer_features`) counts: the square root of the
share of each activity, channel, device, part of the day and of the week (so that
distances are Hellinger's), and the logarithm of volumes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeymine.plan import Context

Vectors = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Features:
    """What customers do, as vectors.

    Attributes
    ----------
    customer_codes
        Shape (n_customers,), rising.
    names
        (family, feature) of each column.
    vectors
        Shape (n_customers, n_features).
    """

    customer_codes: Labels
    names: list[tuple[str, str]]
    vectors: Vectors


def read_features(context: Context) -> Features:
    """Return the feature vectors of all customers with an event of their own."""
    names = context.con.execute(
        "select family, feature from int_features order by feature_index"
    ).fetchall()
    found = context.con.execute(
        """
        select
            int_customer_features.customer_code,
            int_features.feature_index as place,
            int_customer_features.count_value,
            sum(int_customer_features.count_value) over (
                partition by
                    int_customer_features.customer_code, int_customer_features.family
            ) as family_total
        from int_customer_features
        inner join int_features
            on int_customer_features.family = int_features.family
            and int_customer_features.feature = int_features.feature
        order by int_customer_features.customer_code, int_features.feature_index
        """
    ).fetchnumpy()
    codes, rows = np.unique(np.asarray(found["customer_code"]), return_inverse=True)
    vectors = np.zeros((len(codes), len(names)))
    counts = np.asarray(found["count_value"], dtype=np.float64)
    totals = np.asarray(found["family_total"], dtype=np.float64)
    vectors[rows, np.asarray(found["place"], dtype=np.int64)] = counts / totals
    np.sqrt(vectors, out=vectors)
    volume = [place for place, name in enumerate(names) if name[0] == "volume"]
    is_volume = np.isin(found["place"], volume)
    vectors[rows[is_volume], np.asarray(found["place"])[is_volume]] = counts[is_volume]
    vectors[:, volume] = _tamed(vectors[:, volume])
    return Features(codes.astype(np.int64), names, vectors)


def _tamed(volumes: Vectors) -> Vectors:
    """Return volumes on a logarithmic scale, centred, in units of a quarter spread."""
    logs = np.log1p(volumes)
    if not len(logs):
        return logs
    spread = np.std(logs, axis=0)
    spread[spread == 0] = 1.0
    return np.asarray((logs - np.mean(logs, axis=0)) / spread / 4)
