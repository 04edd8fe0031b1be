"""Drawn graphs: the process map, and process models as boxes and gateways."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

from markupsafe import Markup

from journeymine import svg
from journeymine.process_map.boxes import fitted, size_of
from journeymine.process_map.graph import Edge, Node
from journeymine.process_map.labels import Rectangle, area, place_labels
from journeymine.process_map.lanes import Lane, flow_layers, stage_layers
from journeymine.process_map.layout import GUTTER, Layout, place
from journeymine.process_map.routes import Route, route
from journeymine.process_map.shapes import draw_marks, draw_node, mark_areas

__all__ = ["Edge", "Node", "draw_graph", "draw_process_map", "standalone"]

MARGIN, HEADING, TAIL = 8.0, 34.0, 96.0
Column = tuple[float, float]  # its middle and its width
FRAME = 90
"""The coverage, in per cent, that the boxes are placed for."""


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
    """Return an SVG of a directed graph with a lane for each stage, in their order.

    Nodes without a stage stand in a last lane; without stages there are no lanes. One
    layout serves all levels of coverage: edges up to `FRAME` bend around the boxes,
    the rarer ones run straight behind them and move nothing.
    """
    framing = [edge for edge in edges if edge.level <= FRAME]
    rare = [edge for edge in edges if edge.level > FRAME]
    used = [stage for stage in stages if any(node.stage == stage for node in nodes)]
    if used:
        layers, lanes = stage_layers(nodes, framing, used)
    else:
        layers, lanes = flow_layers(nodes, framing), []
    layout = place(nodes, framing, layers)
    layout = replace(layout, bends=[*layout.bends, *([] for _ in rare)])
    scene = _scene(nodes, [*framing, *rare], layout)
    return _frame(scene, title, _headings(lanes, layout), HEADING if lanes else 0.0)


def standalone(drawing: str) -> str:
    """Return a drawing as a file of its own, with its colours and a light ground."""
    style = files("journeymine.process_map").joinpath("drawing.css").read_text()
    # As plain text: a method of Markup would escape the tags it is given.
    opening, rest = str(drawing).split(">", 1)
    head = opening.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{head}><style>{style}</style>{rest}"


def _scene(nodes: Sequence[Node], edges: Sequence[Edge], layout: Layout) -> _Scene:
    routes = route(nodes, edges, layout)
    places = [(node, layout.centres[node.name]) for node in nodes]
    boxes = [area(centre, size_of(node)) for node, centre in places]
    marks = [one for node, centre in places for one in mark_areas(node, centre)]
    # No label beyond the right rim, where the picture ends.
    rim = Rectangle(layout.width + _tail(edges, layout), -1e6, 1e6, 1e6)
    words = [max(edge.label, edge.wait, key=len) for edge in edges]
    labels = place_labels(words, routes, [*boxes, *marks, rim])
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
        draw_marks(node, centre) + draw_node(node, centre)
        for node, centre in (
            (node, scene.layout.centres[node.name]) for node in scene.nodes
        )
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


def _headings(lanes: Sequence[Lane], layout: Layout) -> Markup:
    columns = sorted(layout.columns.items())
    parts = []
    for lane in lanes:
        (left, right) = _sides(columns[lane.first], columns[lane.last])
        x = MARGIN + left
        if lane.first:
            edge = x - GUTTER / 2
            parts.append(svg.line((edge, edge), (2, layout.height + HEADING), "gl"))
        name = _named(lane.stage)
        words = fitted(name, right - left)
        whole = () if words == name else (svg.tag("title", name),)
        parts.append(svg.tag("text", words, *whole, x=x, y=18, class_="ti b"))
    return Markup("").join(parts)


def _sides(first: Column, last: Column) -> tuple[float, float]:
    """Return the left side of one column, and the right side of another."""
    return first[0] - first[1] / 2, last[0] + last[1] / 2


def _named(stage: str) -> str:
    return stage[:1].upper() + stage[1:] if stage else "No stage"


def _line(edge: Edge, drawn: Route) -> Markup:
    title = svg.tag("title", edge.title or f"{edge.source} → {edge.target}")
    stroke = svg.tag(
        "path", title, d=drawn.drawing, class_="e", stroke_width=drawn.width
    )
    head = svg.tag("path", d=svg.path(list(drawn.head), closed=True), class_="ah")
    kind = f"eg {edge.measure}".strip()
    return svg.tag("g", stroke, head, class_=kind, data_coverage=edge.level or None)


def _words(edge: Edge, label: Rectangle | None) -> Markup:
    if label is None:
        return Markup("")
    middle, base = (label.left + label.right) / 2, label.bottom - 3
    more = {"text_anchor": "middle", "data_coverage": edge.level or None}
    if not edge.wait:
        return svg.text(middle, base, edge.label, "ti2 halo", **more)
    volume = svg.text(middle, base, edge.label, "ti2 halo by-volume", **more)
    return volume + svg.text(middle, base, edge.wait, "ti2 halo by-time", **more)
