"""Probable identity: records that look alike are linked by how probable it is.

Splink (the extra `linkage`) compares records pair by pair in this run's DuckDB, in
the model of Fellegi and Sunter (1969): how often each degree of likeness occurs among
records of one person is learned by expectation maximisation from pairs that agree in
something, how often among others from pairs drawn at random. No record is labelled
by hand, and only the links are kept.

The same records give the same links: they are numbered in order, samples are taken by
a hash of the identifier, sums of fractions are made by one thread, and probabilities
are rounded.
"""

from importlib.util import find_spec

import duckdb
import numpy as np
from numpy.typing import NDArray

from journeymine.config_linkage import Linkage
from journeymine.errors import ConfigError
from journeymine.linkage_records import lessons, make_records
from journeymine.warehouse import scalar

ROUNDS, CONVERGED = 10_000, 1e-9
"""The search for the share of matches ends at so small a relative change of it."""

MOST = 0.5
"""No share of matches is greater: most pairs of any records are of two persons."""


def link_records(con: duckdb.DuckDBPyConnection, linkage: Linkage) -> None:
    """Add to `py_probable_links` the pairs of records that reach the threshold.

    Raises
    ------
    ConfigError
        If the extra is missing, nothing is there to be compared, or rules join too
        many pairs or too few.
    """
    if find_spec("splink") is None:
        message = (
            "identity.linkage: Splink is not installed;"
            " pip install 'journeymine[linkage]'"
        )
        raise ConfigError(message)
    # Splink is an extra.
    from journeymine.linkage_model import weigh_pairs  # noqa: PLC0415

    make_records(con, linkage)
    weigh_pairs(con, linkage, lessons(con, linkage))
    _keep_links(con, linkage, _share_of(con))
    con.execute("drop table linkage_pairs")
    con.execute("drop table linkage_records")


def matching_share(
    factors: NDArray[np.float64], counts: NDArray[np.int64], pairs: int
) -> float:
    """Return the share of all pairs that are matches: the most likely one.

    Pairs that no rule joins are taken for no matches, so the share is rather too
    small, and a probability rather too low.

    Parameters
    ----------
    factors, counts
        Shape (n_weights,): how many times as often a pair's likeness occurs among
        matches as among others, and how many pairs have it.
    pairs
        All pairs of records, compared or not.
    """
    share = 0.0001
    for _ in range(ROUNDS):
        odds = factors * share / (1 - share)
        former, share = share, float((counts * odds / (1 + odds)).sum()) / pairs
        share = min(share, MOST)
        if abs(share - former) <= CONVERGED * share:
            break
    return share


def _share_of(con: duckdb.DuckDBPyConnection) -> float:
    # Counts of rounded weights: no order of rows shows in their sums.
    found = con.execute(
        "select round(weight, 3) as rounded, count(*) as pairs from linkage_pairs"
        " group by rounded order by rounded"
    ).fetchnumpy()
    records = int(str(scalar(con, "select count(*) from linkage_records")))
    return matching_share(
        np.exp2(np.asarray(found["rounded"])),
        np.asarray(found["pairs"]),
        records * (records - 1) // 2,
    )


def _keep_links(con: duckdb.DuckDBPyConnection, linkage: Linkage, share: float) -> None:
    con.execute(
        """
        insert into py_probable_links
        with likely as (
            select
                least(record_l, record_r) as left_identifier,
                greatest(record_l, record_r) as right_identifier,
                pow(2, weight) * $share / (1 - $share) as odds
            from linkage_pairs
        )
        select
            $identifier, left_identifier, $identifier, right_identifier,
            round(odds / (1 + odds), 6) as probability
        from likely
        where probability >= $threshold
        order by left_identifier, right_identifier
        """,
        {
            "identifier": linkage.identifier,
            "share": share,
            "threshold": linkage.threshold,
        },
    )
