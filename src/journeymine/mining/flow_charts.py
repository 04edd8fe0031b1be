"""A process tree as a graph of tasks, gateways, a start and an end; and its picture."""

from dataclasses import dataclass, field, replace

from journeymine.mining.blocks import Block
from journeymine.process_map.drawing import draw_graph, standalone
from journeymine.process_map.graph import Edge, Kind, Node
from journeymine.report import words


@dataclass
class FlowChart:
    """Nodes and the edges between them; tasks are labelled with their activity."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def node(self, kind: Kind, label: str = "") -> str:
        """Add a node, and return its name."""
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node(name, label, kind))
        return name

    def edge(self, source: str, target: str) -> None:
        """Add an edge, once."""
        edge = Edge(source, target)
        if edge not in self.edges:
            self.edges.append(edge)


def flow_chart(tree: Block) -> FlowChart:
    """Return the flow chart of a process tree."""
    chart = FlowChart()
    start = chart.node("start")
    last = _add(chart, tree, start)
    end = chart.node("end")
    chart.edge(last, end)
    return chart


def drawn(chart: FlowChart, title: str) -> str:
    """Return an SVG file's text that shows a flow chart."""
    nodes = [
        replace(node, label=words.label(node.label)) if node.label else node
        for node in chart.nodes
    ]
    return standalone(draw_graph(nodes, chart.edges, title))


def _add(chart: FlowChart, block: Block, before: str) -> str:
    """Add a block after the node `before`, and return its last node."""
    match block.kind:
        case "task":
            if not block.label:
                return before
            task = chart.node("task", block.label)
            chart.edge(before, task)
            return task
        case "sequence":
            for part in block.parts:
                before = _add(chart, part, before)
            return before
        case "loop":
            return _add_loop(chart, block, before)
        case _:
            kind: Kind = "parallel" if block.kind == "parallel" else "exclusive"
            return _add_branches(chart, block.parts, before, kind)


def _add_branches(
    chart: FlowChart, parts: tuple[Block, ...], before: str, kind: Kind
) -> str:
    opened = chart.node(kind)
    chart.edge(before, opened)
    lasts = [_add(chart, part, opened) for part in parts]
    closed = chart.node(kind)
    for last in lasts:
        chart.edge(last, closed)
    return closed


def _add_loop(chart: FlowChart, block: Block, before: str) -> str:
    entry = chart.node("exclusive")
    chart.edge(before, entry)
    last = _add(chart, block.parts[0], entry)
    leave = chart.node("exclusive")
    chart.edge(last, leave)
    for again in block.parts[1:]:
        chart.edge(_add(chart, again, leave), entry)
    return leave
