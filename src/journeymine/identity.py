"""Identities: which identifiers belong to one customer.

A customer is a connected component of the graph of identifiers, once what joins too
much is cut: identifiers (`int_identity_cuts`) and bridges (`identity_bridges`).
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from journeymine.identity_bridges import Graph, bridges
from journeymine.identity_forest import joins
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

Codes = NDArray[np.int64]
Column = NDArray[np.int64] | NDArray[np.int32] | NDArray[np.bool_]


def star_edges(sets: Codes, codes: Codes, types: Codes) -> tuple[Codes, Codes, Codes]:
    """Return the edges that join the identifiers of each set.

    The first identifier of a set, a strong one if it holds any, is joined to each
    other one; of several of one type, each to the one before it, for only a record
    that says so (an alias call) holds two.

    Parameters
    ----------
    sets, codes
        Shape (n_links,): identifier `codes[i]` stands in the set `sets[i]`. In order of
        set, then code.
    types
        Shape (n_identifiers,): type of each identifier.

    Returns
    -------
    tuple
        Set, left end and right end of each edge, left < right.
    """
    if not len(sets):
        return sets, codes, codes
    starts = np.flatnonzero(np.r_[True, sets[1:] != sets[:-1]])
    lefts = np.repeat(codes[starts], np.diff(np.r_[starts, len(sets)]))
    kinds = types[codes]
    is_alias = np.r_[False, (sets[1:] == sets[:-1]) & (kinds[1:] == kinds[:-1])]
    lefts = np.where(is_alias, np.roll(codes, 1), lefts)
    is_edge = lefts != codes
    return sets[is_edge], lefts[is_edge], codes[is_edge]


def components(lefts: Codes, rights: Codes, identifiers: int) -> NDArray[np.int32]:
    """Return the connected component of each identifier.

    Parameters
    ----------
    lefts, rights
        Shape (n_edges,): ends of the edges; codes run from 0 to identifiers - 1.

    Returns
    -------
    numpy.ndarray
        Shape (identifiers,): component numbers, from 0.
    """
    ends = np.int32 if identifiers < np.iinfo(np.int32).max else np.int64
    edges = coo_array(
        (np.ones(len(lefts), dtype=np.int8), (lefts.astype(ends), rights.astype(ends))),
        shape=(identifiers, identifiers),
    )
    _, labels = connected_components(edges, directed=False)
    return np.asarray(labels, dtype=np.int32)


def make_set_edges(context: Context) -> None:
    """Write `py_set_edges`: identifier_set, left_code, right_code."""
    links = context.con.execute(
        "select identifier_set, identifier_code from int_identifier_links"
        " anti join int_identity_cuts"
        " on int_identifier_links.identifier_code = int_identity_cuts.identifier_code"
        " order by identifier_set, identifier_code"
    ).fetchnumpy()
    sets, lefts, rights = star_edges(
        np.asarray(links["identifier_set"]),
        np.asarray(links["identifier_code"]),
        _types(context)[0],
    )
    columns = {"identifier_set": sets, "left_code": lefts, "right_code": rights}
    _keep(context, "py_set_edges", columns)


def make_bridges(context: Context) -> None:
    """Write `py_identity_bridges`: left_code, right_code of each edge that is cut."""
    edges = context.con.execute(
        "select left_code, right_code, records from int_identity_edges"
        " order by left_code, right_code"
    ).fetchnumpy()
    types, is_strong = _types(context)
    lefts, rights = np.asarray(edges["left_code"]), np.asarray(edges["right_code"])
    graph = Graph(lefts, rights, np.where(is_strong, types, -1))
    labels = components(lefts, rights, len(types))
    is_weak = np.asarray(edges["records"]) <= 1
    is_cut = bridges(graph, labels, is_weak, context.config.identity.largest)
    columns = {"left_code": lefts[is_cut], "right_code": rights[is_cut]}
    _keep(context, "py_identity_bridges", columns)


def make_components(context: Context) -> None:
    """Write `py_components`: identifier_code, component."""
    graph, _ = _kept_edges(context)
    count = len(graph.types)
    labels = components(graph.lefts, graph.rights, count)
    columns: dict[str, Column] = {
        "identifier_code": np.arange(count, dtype=np.int64),
        "component": labels,
    }
    _keep(context, "py_components", columns)


def make_joins(context: Context) -> None:
    """Write `py_identity_joins`: the edges by which one customer became of several.

    Columns are left_code, right_code, and `is_merge`: whether both sides held a strong
    identifier of one and the same type.
    """
    graph, probability = _kept_edges(context)
    labels = components(graph.lefts, graph.rights, len(graph.types))
    chosen, is_merge = joins(graph, labels, probability)
    columns: dict[str, Column] = {
        "left_code": graph.lefts[chosen],
        "right_code": graph.rights[chosen],
        "is_merge": is_merge,
    }
    _keep(context, "py_identity_joins", columns)


def _kept_edges(context: Context) -> tuple[Graph, NDArray[np.float64]]:
    """Return the edges that no guard cut, sure ones first, then by time."""
    edges = context.con.execute(
        "select left_code, right_code, probability from int_identity_edges"
        " anti join py_identity_bridges"
        " on int_identity_edges.left_code = py_identity_bridges.left_code"
        " and int_identity_edges.right_code = py_identity_bridges.right_code"
        " order by probability desc, first_at, left_code, right_code"
    ).fetchnumpy()
    types, is_strong = _types(context)
    graph = Graph(
        np.asarray(edges["left_code"]),
        np.asarray(edges["right_code"]),
        np.where(is_strong, types, -1),
    )
    return graph, np.asarray(edges["probability"])


def _types(context: Context) -> tuple[Codes, NDArray[np.bool_]]:
    """Return the number of each identifier's type, from 0, and whether it is strong."""
    found = context.con.execute(
        "select dense_rank() over (order by identifier_type) - 1 as type, is_strong"
        " from int_identifiers order by identifier_code"
    ).fetchnumpy()
    return np.asarray(found["type"]), np.asarray(found["is_strong"])


def _keep(context: Context, name: str, columns: Mapping[str, Column]) -> None:
    write_arrow(context.con, name, pa.table(dict(columns)))
