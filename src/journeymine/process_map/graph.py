"""A directed graph to draw: its nodes and edges, as a mart or a model gives them."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["task", "goal", "exit", "start", "end", "exclusive", "parallel"]


@dataclass(frozen=True)
class Mark:
    """How many journeys start, or end, at a box; and the coverage that shows it."""

    label: str
    title: str
    level: int = 0


@dataclass(frozen=True)
class Node:
    """A box, gateway or circle.

    Parameters
    ----------
    name
        What edges refer to; unique in a graph.
    label
        What is written: in up to three lines, whole in its title.
    kind
        `task` is a box, `goal` and `exit` are framed boxes, `start` and `end` are
        circles, `exclusive` and `parallel` are gateways.
    weight
        Written under the label of a box (customers, say); None writes nothing.
    stage
        The stage column that holds it; empty if there is none.
    note
        A short figure for the corner of a box, such as the share that leaves.
    start, end
        Marks above and below a box: journeys start here, journeys end here.
    measure
        Names of CSS classes that colour the mark of the end.
    """

    name: str
    label: str = ""
    kind: Kind = "task"
    weight: int | None = None
    stage: str = ""
    note: str = ""
    start: Mark | None = None
    end: Mark | None = None
    measure: str = ""


@dataclass(frozen=True)
class Edge:
    """An arrow from one node to another.

    Parameters
    ----------
    weight
        Sets the width of the line, beside the heaviest edge.
    label
        Written beside the line, where there is room.
    wait
        Written instead where the colour is the waiting time.
    measure
        Names of CSS classes that colour the line, such as `d3 t1`.
    title
        The whole statement, for who points at the line.
    level
        The least coverage, in per cent, at which the line is shown; 0 is always.
    """

    source: str
    target: str
    weight: float = 1.0
    label: str = ""
    measure: str = ""
    title: str = ""
    wait: str = ""
    level: int = 0
