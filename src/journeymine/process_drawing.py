"""Draw a process tree as a BPMN-like graph: tasks, gateways, start and end."""

from dataclasses import dataclass, field

from journeymine.report import words
from journeymine.report.drawing import draw_graph, standalone
from journeymine.report.graph import Edge, Kind, Node


@dataclass(frozen=True)
class Block:
    """A part of a process tree.

    Attributes
    ----------
    kind
        task, sequence, xor, parallel or loop.
    label
        Activity of a task; empty for a silent one.
    parts
        Parts of the other kinds. A loop does the first, and maybe the second and
        the first again.
    """

    kind: str
    label: str = ""
    parts: tuple["Block", ...] = ()


@dataclass
class _Sketch:
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def node(self, kind: Kind, label: str = "") -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node(name, label, kind))
        return name

    def edge(self, source: str, target: str) -> None:
        edge = Edge(source, target)
        if edge not in self.edges:
            self.edges.append(edge)


def drawn(tree: Block, title: str) -> str:
    """Return an SVG file's text that shows the process tree."""
    sketch = _Sketch()
    start = sketch.node("start")
    last = _add(sketch, tree, start)
    end = sketch.node("end")
    sketch.edge(last, end)
    return standalone(draw_graph(sketch.nodes, sketch.edges, title))


def _add(sketch: _Sketch, block: Block, before: str) -> str:
    """Draw a block after the node `before`, and return its last node."""
    match block.kind:
        case "task":
            if not block.label:
                return before
            task = sketch.node("task", words.label(block.label))
            sketch.edge(before, task)
            return task
        case "sequence":
            for part in block.parts:
                before = _add(sketch, part, before)
            return before
        case "loop":
            return _add_loop(sketch, block, before)
        case _:
            kind: Kind = "parallel" if block.kind == "parallel" else "exclusive"
            return _add_branches(sketch, block.parts, before, kind)


def _add_branches(
    sketch: _Sketch, parts: tuple[Block, ...], before: str, kind: Kind
) -> str:
    opened = sketch.node(kind)
    sketch.edge(before, opened)
    lasts = [_add(sketch, part, opened) for part in parts]
    closed = sketch.node(kind)
    for last in lasts:
        sketch.edge(last, closed)
    return closed


def _add_loop(sketch: _Sketch, block: Block, before: str) -> str:
    entry = sketch.node("exclusive")
    sketch.edge(before, entry)
    last = _add(sketch, block.parts[0], entry)
    leave = sketch.node("exclusive")
    sketch.edge(last, leave)
    for again in block.parts[1:]:
        sketch.edge(_add(sketch, again, leave), entry)
    return leave
