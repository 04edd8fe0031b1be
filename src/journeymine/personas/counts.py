"""What customers do, in counts: read from `int_customer_features`, in batches."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb
import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
Labels = NDArray[np.int64]
Feature = tuple[str, str]
"""Family and name."""

MIXES = ("activity", "stage", "channel", "device", "daypart", "weekday")
"""Families whose features are shares of one whole: a customer's events."""
BATCH_CUSTOMERS = 100_000


@dataclass(frozen=True)
class Counts:
    """What customers do.

    Attributes
    ----------
    customer_codes
        Shape (n_customers,), rising.
    features
        The columns, in order of family and name.
    values
        Shape (n_customers, n_features); nan where a figure of pace is not known.
    """

    customer_codes: Labels
    features: list[Feature]
    values: Matrix

    def columns(self, *families: str) -> Labels:
        """Return the places of the features of some families."""
        return np.flatnonzero([family in families for family, _ in self.features])

    def of(self, rows: Labels) -> "Counts":
        """Return the counts of some customers."""
        return replace(
            self,
            customer_codes=self.customer_codes[rows],
            values=self.values[rows],
        )


def read_sample(con: duckdb.DuckDBPyConnection, as_of_us: object, most: int) -> Counts:
    """Return the counts of the customers to fit: those watched for all their time.

    Customers are numbered in order of their id, which is a hash: the first ones are a
    fair sample, and mostly the same ones when new data comes.
    """
    con.execute(
        """
        create or replace temporary table fitted as
        select customer_code
        from int_customers
        where
            first_us + 30 * 86400000000 <= $as_of_us
            and customer_code in (select customer_code from int_customer_features)
        order by customer_code
        limit $most
        """,
        {"as_of_us": as_of_us, "most": most},
    )
    return _read(con, "customer_code in (select customer_code from fitted)")


def read_batches(con: duckdb.DuckDBPyConnection) -> Iterator[Counts]:
    """Yield the counts of all customers with an event of their own, batch by batch."""
    (last,) = con.execute(
        "select coalesce(max(customer_code), 0) from int_customer_features"
    ).fetchall()[0]
    for first in range(1, last + 1, BATCH_CUSTOMERS):
        yield _read(
            con, f"customer_code between {first} and {first + BATCH_CUSTOMERS - 1}"
        )


def _read(con: duckdb.DuckDBPyConnection, where: str) -> Counts:
    features = con.execute(
        "select family, feature from int_features order by feature_index"
    ).fetchall()
    found = con.execute(
        f"""
        select
            int_customer_features.customer_code,
            int_features.feature_index as place,
            int_customer_features.count_value
        from int_customer_features
        inner join int_features
            on int_customer_features.family = int_features.family
            and int_customer_features.feature = int_features.feature
        where {where}
        """
    ).fetchnumpy()
    codes, rows = np.unique(np.asarray(found["customer_code"]), return_inverse=True)
    values = np.zeros((len(codes), len(features)), dtype=np.float32)
    counts = Counts(codes.astype(np.int64), features, values)
    values[:, counts.columns("pace")] = np.nan
    values[rows, np.asarray(found["place"], dtype=np.int64)] = found["count_value"]
    return counts
