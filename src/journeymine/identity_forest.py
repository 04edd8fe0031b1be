"""The edges by which the parts of a customer became one, in the order of their time."""

import numpy as np
from numpy.typing import NDArray

from journeymine.identity_bridges import Graph, strong_counts

Codes = NDArray[np.int64]


def joins(
    graph: Graph, labels: NDArray[np.int32], probability: NDArray[np.float64]
) -> tuple[Codes, NDArray[np.bool_]]:
    """Return the edges that joined two parts, of customers that an auditor asks about.

    These are customers with two strong identifiers of one type, or a probable edge. Of
    all others no join is returned: they are one account and its machines.

    Parameters
    ----------
    graph
        Its edges stand in the order in which they are believed: the sure ones by time,
        then the probable ones, the likeliest first (Kruskal's order).
    labels
        Component of each identifier.
    probability
        Of each edge.

    Returns
    -------
    tuple
        Places of the edges, rising; and whether each is a merge: both parts held a
        strong identifier of one and the same type.
    """
    asked = strong_counts(graph, labels) >= 2
    asked[labels[graph.lefts[probability < 1]]] = True
    places = np.flatnonzero(asked[labels[graph.lefts]])
    nodes, ends = np.unique(
        np.r_[graph.lefts[places], graph.rights[places]], return_inverse=True
    )
    # The types that a part holds are the bits of one number.
    held = [1 << kind if kind >= 0 else 0 for kind in graph.types[nodes].tolist()]
    lefts, rights = np.split(ends, 2)
    chosen, is_merge = _joined(lefts.tolist(), rights.tolist(), held)
    return places[np.asarray(chosen, dtype=np.int64)], np.asarray(is_merge, dtype=bool)


def _joined(
    lefts: list[int], rights: list[int], held: list[int]
) -> tuple[list[int], list[bool]]:
    owner = list(range(len(held)))
    chosen, is_merge = [], []
    for place, (left, right) in enumerate(zip(lefts, rights, strict=True)):
        one, other = _root(owner, left), _root(owner, right)
        if one == other:
            continue
        chosen.append(place)
        is_merge.append(bool(held[one] & held[other]))
        owner[other] = one
        held[one] |= held[other]
    return chosen, is_merge


def _root(owner: list[int], node: int) -> int:
    while owner[node] != node:
        owner[node] = owner[owner[node]]  # halves the way for those who come later
        node = owner[node]
    return node
