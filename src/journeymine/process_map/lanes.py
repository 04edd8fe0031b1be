"""Which layer of a process map a node stands in, and which lane holds the layer."""

from collections.abc import Sequence
from dataclasses import dataclass

import igraph

from journeymine.process_map.graph import Edge, Node

MOST_IN_LAYER = 6


@dataclass(frozen=True)
class Lane:
    """A stage, and the first and the last of its layers."""

    stage: str
    first: int
    last: int


def stage_layers(
    nodes: Sequence[Node], edges: Sequence[Edge], stages: Sequence[str]
) -> tuple[list[int], list[Lane]]:
    """Return the layer of each node, and the lanes: one for each stage that has nodes.

    A stage with many activities takes several layers: what leads, then what follows.
    Nodes of no stage share a last lane.
    """
    home = {node.name: node.stage if node.stage in stages else "" for node in nodes}
    layer: dict[str, int] = {}
    lanes: list[Lane] = []
    first = 0
    for stage in [*stages, ""]:
        members = [name for name, its in home.items() if its == stage]
        if not members:
            continue
        parts = -(-len(members) // MOST_IN_LAYER)
        for rank, name in enumerate(_leading_first(members, edges)):
            layer[name] = first + rank * parts // len(members)
        lanes.append(Lane(stage, first, first + parts - 1))
        first += parts
    return [layer[node.name] for node in nodes], lanes


def flow_layers(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[int]:
    """Return the layer of each node where no stage tells: most edges go forward."""
    index = {node.name: position for position, node in enumerate(nodes)}
    drawn = igraph.Graph(
        len(nodes),
        [(index[edge.source], index[edge.target]) for edge in edges],
        directed=True,
    ).layout_sugiyama(weights=[edge.weight for edge in edges])
    return [round(y) for _, y in drawn.coords]


def _leading_first(members: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """Order the activities of a stage: those that lead to the others come first."""
    balance = dict.fromkeys(members, 0.0)
    for edge in edges:
        if edge.source in balance and edge.target in balance:
            balance[edge.source] -= edge.weight
            balance[edge.target] += edge.weight
    return sorted(members, key=lambda name: (balance[name], name))
