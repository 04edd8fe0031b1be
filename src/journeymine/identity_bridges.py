"""Bridges: single records that hold two crowds of identifiers together.

In a customer with more than `largest` strong identifiers of one type, an edge is cut if
all of this holds:

- it is a bridge: without it the customer falls in two;
- each of the two parts holds at least two strong identifiers of one and the same type,
  so that each was a customer of several accounts before;
- it was seen on one record at most.

Why: persons do not come in crowds of fifty accounts. Where two groups that each hang
together by several records meet on a single one, a slip there (somebody logging in for
a colleague, a mistyped address) is likelier than one person. All bridges are judged on
the customer as it stands before any is cut, so that no order of records matters.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import depth_first_order

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Graph:
    """Identifiers and their edges.

    Attributes
    ----------
    lefts, rights
        Ends of the edges; no pair stands twice.
    types
        Type of each identifier, from 0; -1 if it is weak.
    """

    lefts: Codes
    rights: Codes
    types: Codes


def strong_counts(graph: Graph, labels: NDArray[np.int32]) -> Codes:
    """Return how many strong identifiers of its commonest type each component holds."""
    strong = np.flatnonzero(graph.types >= 0)
    most = np.zeros(int(labels.max(initial=-1)) + 1, dtype=np.int64)
    for kind in np.unique(graph.types[strong]):
        held = np.bincount(labels[graph.types == kind], minlength=len(most))
        most = np.maximum(most, held)
    return most


def bridges(
    graph: Graph, labels: NDArray[np.int32], is_weak: Flags, largest: int
) -> Flags:
    """Return which edges are cut.

    Parameters
    ----------
    labels
        Component of each identifier.
    is_weak
        Per edge, whether it was seen on one record at most.
    largest
        Components with no more strong identifiers of one type are left as they are.
    """
    is_cut = np.zeros(len(graph.lefts), dtype=bool)
    is_large = strong_counts(graph, labels) > largest
    inside = np.flatnonzero(is_large[labels[graph.lefts]])
    if not len(inside):
        return is_cut
    inside = inside[np.argsort(labels[graph.lefts[inside]], kind="stable")]
    owners = labels[graph.lefts[inside]]
    for edges in np.split(inside, np.flatnonzero(np.diff(owners)) + 1):
        is_cut[edges] = _cut_in(graph, edges) & is_weak[edges]
    return is_cut


def _cut_in(graph: Graph, edges: Codes) -> Flags:
    """Return which edges of one component part it into two crowds.

    In a depth-first tree each further edge joins a node to one above it, and the nodes
    below an edge follow each other in the order of visits. So sums over that order say,
    for each edge of the tree at once, what lies below it, and how many further edges
    lead past it: none past a bridge.
    """
    nodes, ends = np.unique(
        np.r_[graph.lefts[edges], graph.rights[edges]], return_inverse=True
    )
    lefts, rights = np.split(ends, 2)
    order, parents = _visits(lefts, rights, len(nodes))
    place = np.empty(len(nodes), dtype=np.int64)
    place[order] = np.arange(len(nodes))
    above = np.where(place[lefts] < place[rights], lefts, rights)
    below = lefts + rights - above
    is_tree = parents[below] == above
    size = _sizes(order, parents, place)
    first, last = place[below], place[below] + size[below]
    past = np.bincount(place[below[~is_tree]], minlength=len(nodes))
    past = past - np.bincount(place[above[~is_tree]], minlength=len(nodes))
    is_bridge = is_tree & (_between(past, first, last) == 0)
    types = graph.types[nodes][order]
    parts_two = np.zeros(len(edges), dtype=bool)
    for kind in np.unique(types[types >= 0]):
        held = _between((types == kind).astype(np.int64), first, last)
        parts_two |= (held >= 2) & ((types == kind).sum() - held >= 2)
    return np.asarray(is_bridge & parts_two)


def _visits(lefts: Codes, rights: Codes, nodes: int) -> tuple[Codes, Codes]:
    matrix = coo_array(
        (np.ones(len(lefts), dtype=np.int8), (lefts, rights)), shape=(nodes, nodes)
    )
    order, parents = depth_first_order(matrix.tocsr(), 0, directed=False)
    return np.asarray(order, dtype=np.int64), np.asarray(parents, dtype=np.int64)


def _sizes(order: Codes, parents: Codes, place: Codes) -> Codes:
    """Return the number of nodes at and below each node of a tree."""
    sizes = [1] * len(order)
    # Those below come later: going back, each size is whole when it is passed on.
    for node, parent in zip(
        order[:0:-1].tolist(), parents[order[:0:-1]].tolist(), strict=True
    ):
        sizes[parent] += sizes[node]
    return np.asarray(sizes, dtype=np.int64)


def _between(values: Codes, first: Codes, last: Codes) -> Codes:
    sums = np.r_[0, np.cumsum(values)]
    return np.asarray(sums[last] - sums[first])
