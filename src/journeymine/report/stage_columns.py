"""Which column of a process map an activity stands in."""

from collections.abc import Sequence

from journeymine.report.graph import Edge, Node


def stage_layers(
    nodes: Sequence[Node], edges: Sequence[Edge], stages: Sequence[str]
) -> tuple[list[int], list[tuple[str, int, int]]]:
    """Return the layer of each node, and first and last layer of each stage.

    A stage with many activities takes two layers: what leads, and what follows.
    """
    layers = [0] * len(nodes)
    columns, first = [], 0
    for stage in stages:
        members = [i for i, node in enumerate(nodes) if node.stage == stage]
        if not members:
            continue
        later = _followers(members, nodes, edges) if len(members) > 6 else set()
        for member in members:
            layers[member] = first + (member in later)
        last = first + (1 if later else 0)
        columns.append((stage, first, last))
        first = last + 1
    return layers, columns


def _followers(
    members: list[int], nodes: Sequence[Node], edges: Sequence[Edge]
) -> set[int]:
    """Find the half of a stage that its own activities lead to."""
    names = {nodes[member].name for member in members}
    balance = dict.fromkeys(sorted(names), 0.0)
    for edge in edges:
        if {edge.source, edge.target} <= names:
            balance[edge.source] -= edge.weight
            balance[edge.target] += edge.weight
    ranked = sorted(members, key=lambda i: (balance[nodes[i].name], i))
    return set(ranked[(len(ranked) + 1) // 2 :])
