"""Identities: which identifiers belong to one customer."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from journeymine.plan import Context


def components(
    sets: NDArray[np.int64], codes: NDArray[np.int64], identifiers: int
) -> NDArray[np.int32]:
    """Return the connected component of each identifier.

    Parameters
    ----------
    sets, codes
        Shape (n_links,): identifier `codes[i]` stands in the set `sets[i]`. Links of
        one set lie side by side.
    identifiers
        Number of identifiers; codes run from 0 to identifiers - 1.

    Returns
    -------
    numpy.ndarray
        Shape (identifiers,): component numbers, from 0.
    """
    starts = np.flatnonzero(np.r_[True, sets[1:] != sets[:-1]])
    lengths = np.diff(np.r_[starts, len(sets)])
    # A star is enough: the first identifier of a set, joined to each other one.
    firsts = np.repeat(codes[starts], lengths)
    edges = coo_array(
        (np.ones(len(codes), dtype=np.int8), (firsts, codes)),
        shape=(identifiers, identifiers),
    )
    _, labels = connected_components(edges, directed=False)
    return np.asarray(labels, dtype=np.int32)


def make_components(context: Context) -> None:
    """Write `py_components`: identifier_code, component."""
    con = context.con
    links = con.execute(
        "select identifier_set, identifier_code from int_identifier_links"
        " order by identifier_set, identifier_code"
    ).fetchnumpy()
    count = con.execute("select count(*) from int_identifiers").fetchall()[0][0]
    labels = np.empty(0, dtype=np.int32)
    if count:
        labels = components(
            np.asarray(links["identifier_set"]),
            np.asarray(links["identifier_code"]),
            count,
        )
    # Held by a name that DuckDB finds in this frame.
    labelled = pa.table(
        {"identifier_code": np.arange(count, dtype=np.int64), "component": labels}
    )
    con.register("labelled", labelled)
    con.execute("create or replace table py_components as from labelled")
    con.unregister("labelled")
