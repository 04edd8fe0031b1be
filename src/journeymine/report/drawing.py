"""Drawn graphs: the process map, and process models as boxes and gateways."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from markupsafe import Markup

from journeymine.report import svg
from journeymine.report.graph import Edge, Node
from journeymine.report.labels import Rectangle, area, place_labels
from journeymine.report.layout import Layout, place, size_of
from journeymine.report.routes import Route, route
from journeymine.report.shapes import draw_node
from journeymine.report.stage_columns import stage_layers

__all__ = ["Edge", "Node", "draw_graph", "draw_process_map", "standalone"]

MARGIN, HEADING, TAIL = 8.0, 34.0, 96.0


@dataclass(frozen=True)
class _Scene:
    """A graph whose parts have their places."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    layout: Layout
    routes: list[Route]
    labels: list[Rectangle | None]


def draw_graph(nodes: Sequence[Node], edges: Sequence[Edge], title: str) -> str:
    """Return an SVG of a directed graph, from left to right.

    Parameters
    ----------
    title
        What the drawing shows, for who cannot see it.
    """
    scene = _scene(nodes, edges, place(nodes, edges, None))
    return _frame(scene, title, Markup(""), 0.0)


def draw_process_map(
    nodes: Sequence[Node], edges: Sequence[Edge], title: str, stages: Sequence[str]
) -> str:
    """Return an SVG of a directed graph with a column for each stage, in their order.

    Nodes without a stage stand in a last column; without stages it is a plain graph.
    """
    used = [stage for stage in stages if any(node.stage == stage for node in nodes)]
    if not used:
        return draw_graph(nodes, edges, title)
    rest = [""] if any(node.stage not in used for node in nodes) else []
    homes = [
        node if node.stage in used else Node(node.name, stage="") for node in nodes
    ]
    layers, columns = stage_layers(homes, edges, [*used, *rest])
    scene = _scene(nodes, edges, place(nodes, edges, layers))
    return _frame(scene, title, _headings(columns, scene.layout), HEADING)


def standalone(drawing: str) -> str:
    """Return a drawing as a file of its own, with its colours and a light ground."""
    style = files("journeymine.report").joinpath("templates/drawing.css").read_text()
    # As plain text: a method of Markup would escape the tags it is given.
    opening, rest = str(drawing).split(">", 1)
    head = opening.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{head}><style>{style}</style>{rest}"


def _scene(nodes: Sequence[Node], edges: Sequence[Edge], layout: Layout) -> _Scene:
    routes = route(nodes, edges, layout)
    boxes = [area(layout.centres[node.name], size_of(node)) for node in nodes]
    # No label beyond the right rim, where the picture ends.
    rim = Rectangle(layout.width + _tail(edges, layout), -1e6, 1e6, 1e6)
    words = [edge.label for edge in edges]
    labels = place_labels(words, routes, [*boxes, rim])
    return _Scene(nodes, edges, layout, routes, labels)


def _tail(edges: Sequence[Edge], layout: Layout) -> float:
    """Return the room that bows beside the last column need."""
    last = max(layout.layers.values(), default=0)
    bows = any(
        layout.layers[edge.source] == layout.layers[edge.target] == last
        and edge.source != edge.target
        for edge in edges
    )
    return TAIL if bows else 0.0


def _frame(scene: _Scene, title: str, headings: Markup, top: float) -> str:
    order = sorted(range(len(scene.edges)), key=lambda i: scene.routes[i].width)
    lines = Markup("").join(_line(scene.edges[i], scene.routes[i]) for i in order)
    names = Markup("").join(map(_words, scene.edges, scene.labels))
    boxes = Markup("").join(
        draw_node(node, scene.layout.centres[node.name]) for node in scene.nodes
    )
    wide = scene.layout.width + 2 * MARGIN + _tail(scene.edges, scene.layout)
    high = scene.layout.height + 2 * MARGIN + top
    drawn = svg.tag(
        "g", lines, names, boxes, transform=f"translate({MARGIN},{top + MARGIN})"
    )
    return svg.tag(
        "svg",
        headings,
        drawn,
        class_="pm",
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=f"{wide:.0f}",
        height=f"{high:.0f}",
        style=f"--w:{wide:.0f}px",
        role="img",
        aria_label=title,
    )


def _headings(columns: list[tuple[str, int, int]], layout: Layout) -> Markup:
    from_left = layout.width / max(1, columns[-1][2]) if columns[-1][2] else 0.0
    parts = []
    for stage, first, _ in columns:
        x = MARGIN + first * (layout.width - _box()) / max(1, columns[-1][2])
        if first and from_left:
            edge = x - 34
            parts.append(svg.line((edge, edge), (2, layout.height + HEADING), "gl"))
        parts.append(svg.text(x, 18, _named(stage), "ti b"))
    return Markup("").join(parts)


def _box() -> float:
    return size_of(Node("any"))[0]


def _named(stage: str) -> str:
    return stage[:1].upper() + stage[1:] if stage else "No stage"


def _line(edge: Edge, drawn: Route) -> Markup:
    title = svg.tag("title", edge.title or f"{edge.source} → {edge.target}")
    stroke = svg.tag(
        "path", title, d=drawn.drawing, class_="e", stroke_width=drawn.width
    )
    head = svg.tag("path", d=svg.path(list(drawn.head), closed=True), class_="ah")
    return svg.tag("g", stroke, head, class_=f"eg {edge.measure}".strip())


def _words(edge: Edge, label: Rectangle | None) -> Markup:
    if label is None:
        return Markup("")
    middle, base = (label.left + label.right) / 2, label.bottom - 3
    return svg.text(middle, base, edge.label, "ti2 halo", text_anchor="middle")
