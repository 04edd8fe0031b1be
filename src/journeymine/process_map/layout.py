"""Where the boxes of a drawn graph stand, and where its long edges bend.

igraph's layered layout (Sugiyama) gives each layer's order; the distances are ours,
because a bend needs less room than a box.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import igraph

from journeymine.process_map.boxes import BOX, size_of
from journeymine.process_map.graph import Edge, Node
from journeymine.process_map.lanes import flow_layers

GUTTER = 54.0  # between two layers
GAP = 28.0  # between two boxes of a layer
BEND = 16.0  # room for one edge that passes between boxes
SWEEPS = 40
Point = tuple[float, float]


@dataclass(frozen=True)
class Layout:
    """Pixel positions: centre and layer of each node, bends of each edge.

    `columns` holds the width of each layer by the x of its middle.
    """

    centres: dict[str, Point]
    layers: dict[str, int]
    bends: list[list[Point]]
    columns: dict[float, float]
    width: float
    height: float


@dataclass
class _Item:
    """A node or a bend, in its layer; `links` are the items it is tied to."""

    layer: int
    room: float
    order: float = 0.0
    y: float = 0.0
    links: list["_Item"] = field(default_factory=list)


def place(
    nodes: Sequence[Node], edges: Sequence[Edge], layers: Sequence[int] | None
) -> Layout:
    """Place nodes from left to right by layer; without layers they are found.

    A graph with a start has its nodes in the order of its rules: what comes back to
    an earlier node is a loop, and moves nothing. Of any other, igraph finds the order.
    """
    index = {node.name: position for position, node in enumerate(nodes)}
    pairs = [(index[edge.source], index[edge.target]) for edge in edges]
    if not layers and any(node.kind == "start" for node in nodes):
        layers = _ruled(len(nodes), pairs)
    elif not layers:
        layers = flow_layers(nodes, edges)
    items = [
        _Item(layer, size_of(node)[1] + GAP)
        for node, layer in zip(nodes, layers, strict=True)
    ]
    bends = [_chain(items[source], items[target]) for source, target in pairs]
    everything = [*items, *(item for chain in bends for item in chain)]
    _order(everything)
    _settle(everything)
    return _in_pixels(nodes, items, bends)


def _ruled(nodes: int, pairs: list[tuple[int, int]]) -> list[int]:
    """Return for each node the longest way to it along the edges that go forward."""
    layers = [0] * nodes
    for source, target in sorted(pairs):
        if source < target:
            layers[target] = max(layers[target], layers[source] + 1)
    return layers


def _chain(source: _Item, target: _Item) -> list[_Item]:
    """Make a bend in each layer between the ends of an edge, and tie them up."""
    step = 1 if source.layer < target.layer else -1
    between = range(source.layer + step, target.layer, step)
    chain = [_Item(layer, BEND) for layer in between]
    if source.layer != target.layer:
        for left, right in pairwise([source, *chain, target]):
            left.links.append(right)
            right.links.append(left)
    return chain


def _order(items: list[_Item]) -> None:
    """Order each layer so that few lines cross.

    The bends are vertices here: igraph's own routing mixes up the edges of a graph
    in several parts.
    """
    number = {id(item): position for position, item in enumerate(items)}
    pairs = sorted(
        (number[id(item)], number[id(link)])
        for item in items
        for link in item.links
        if item.layer < link.layer
    )
    graph = igraph.Graph(len(items), pairs, directed=True)
    drawn = graph.layout_sugiyama(layers=[item.layer for item in items], maxiter=200)
    for item, (x, _) in zip(items, drawn.coords, strict=True):
        item.order = x


def _settle(items: list[_Item]) -> None:
    """Give each item a height near its neighbours', with room to the next one."""
    rows: dict[int, list[_Item]] = defaultdict(list)
    for item in items:
        rows[item.layer].append(item)
    order = sorted(rows)
    for row in rows.values():
        row.sort(key=lambda item: item.order)
        _spread(row, [0.0] * len(row))
    for sweep in range(SWEEPS):
        for layer in order if sweep % 2 else reversed(order):
            row = rows[layer]
            _spread(row, [_wish(item) for item in row])


def _wish(item: _Item) -> float:
    if not item.links:
        return item.y
    return sum(link.y for link in item.links) / len(item.links)


def _spread(row: list[_Item], wishes: list[float]) -> None:
    """Move a row as close to its wishes as order and room allow.

    Least squares under least distances: pool neighbours until their means rise.
    """
    offsets, offset = [], 0.0
    for position, item in enumerate(row):
        if position:
            offset += (row[position - 1].room + item.room) / 2
        offsets.append(offset)
    pools: list[tuple[float, int]] = []
    for wish, shift in zip(wishes, offsets, strict=True):
        pools.append((wish - shift, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            mean, count = pools.pop()
            other, others = pools.pop()
            both = count + others
            pools.append(((mean * count + other * others) / both, both))
    heights = [mean for mean, count in pools for _ in range(count)]
    for item, height, shift in zip(row, heights, offsets, strict=True):
        item.y = height + shift


def _in_pixels(
    nodes: Sequence[Node], items: list[_Item], bends: list[list[_Item]]
) -> Layout:
    everything = [*items, *(item for chain in bends for item in chain)]
    top = min((item.y - item.room / 2 for item in everything), default=0.0)
    bottom = max((item.y + item.room / 2 for item in everything), default=0.0)
    wide = _widths(nodes, items)
    before = [0.0, *accumulate(one + GUTTER for one in wide)]
    middles = [left + one / 2 for left, one in zip(before, wide, strict=False)]

    def point(item: _Item) -> Point:
        return middles[item.layer], round(item.y - top, 1)

    names = [node.name for node in nodes]
    return Layout(
        centres=dict(zip(names, map(point, items), strict=True)),
        layers=dict(zip(names, (item.layer for item in items), strict=True)),
        bends=[[point(item) for item in chain] for chain in bends],
        columns=dict(zip(middles, wide, strict=True)),
        width=before[-1] - GUTTER,
        height=round(bottom - top, 1),
    )


def _widths(nodes: Sequence[Node], items: list[_Item]) -> list[float]:
    """Return the width of each layer: gateways need less than boxes."""
    found: dict[int, float] = defaultdict(float)
    for node, item in zip(nodes, items, strict=True):
        found[item.layer] = max(found[item.layer], size_of(node)[0])
    return [found[layer] or BOX[0] for layer in range(max(found, default=0) + 1)]
