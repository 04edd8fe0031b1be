"""A directed graph to draw: its nodes and edges, as a mart or a model gives them."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["task", "goal", "exit", "start", "end", "exclusive", "parallel"]


@dataclass(frozen=True)
class Node:
    """A box, gateway or circle.

    Parameters
    ----------
    name
        What edges refer to; unique in a graph.
    label
        What is written; cut to the box, whole in its title.
    kind
        `task` is a box, `goal` and `exit` are framed boxes, `start` and `end` are
        circles, `exclusive` and `parallel` are gateways.
    weight
        Written under the label of a box (customers, say); None writes nothing.
    stage
        The stage column that holds it; empty if there is none.
    note
        A short figure for the corner of a box, such as the share that leaves.
    """

    name: str
    label: str = ""
    kind: Kind = "task"
    weight: int | None = None
    stage: str = ""
    note: str = ""


@dataclass(frozen=True)
class Edge:
    """An arrow from one node to another.

    Parameters
    ----------
    weight
        Sets the width of the line, beside the heaviest edge.
    label
        Written beside the line, where there is room.
    measure
        Names of CSS classes that colour the line, such as `d3 t1`.
    title
        The whole statement, for who points at the line.
    """

    source: str
    target: str
    weight: float = 1.0
    label: str = ""
    measure: str = ""
    title: str = ""
