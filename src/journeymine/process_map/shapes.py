"""The nodes of a drawn graph: boxes with their words, circles and gateways."""

from markupsafe import Markup

from journeymine import svg
from journeymine.process_map.boxes import LINE, name_lines, size_of, width_of
from journeymine.process_map.graph import Mark, Node
from journeymine.process_map.labels import Rectangle

RING, STEM = 4.5, 8.0


def draw_node(node: Node, centre: tuple[float, float]) -> Markup:
    """Return the shape of a node, with its words."""
    x, y = centre
    title = svg.tag("title", node.label or node.name)
    if node.kind in {"start", "end"}:
        ring = svg.tag("circle", cx=x, cy=y, r=13)
        return svg.tag("g", title, ring, class_=f"nd {node.kind}")
    if node.kind in {"exclusive", "parallel"}:
        return svg.tag("g", title, *_gateway(node.kind, x, y), class_="nd gate")
    wide, high = size_of(node)
    left, top = x - wide / 2, y - high / 2
    box = svg.tag("rect", x=left, y=top, width=wide, height=high)
    lines = name_lines(node.label or node.name)
    single = node.weight is None and not node.note
    first = y + 4 - (len(lines) - 1) * LINE / 2 if single else top + 17
    names = [
        svg.text(left + 9, first + LINE * number, line, "ti b")
        for number, line in enumerate(lines)
    ]
    figures = _figures(node, (left + 9, left + wide - 8), top + high - 9)
    return svg.tag("g", title, box, *names, *figures, class_=f"nd {node.kind}")


def draw_marks(node: Node, centre: tuple[float, float]) -> Markup:
    """Return a ring above a box where journeys start, and one below where they end."""
    (x, y), (wide, high) = centre, size_of(node)
    found = Markup("")
    if node.start:
        at = x - wide / 2 + 8, y - high / 2
        found += _mark(node.start, at, -1, "start")
    if node.end:
        at = x + wide / 2 - 8, y + high / 2
        found += _mark(node.end, at, 1, f"end {node.measure}".strip())
    return found


def mark_areas(node: Node, centre: tuple[float, float]) -> list[Rectangle]:
    """Return the areas that the marks of a box take."""
    (x, y), (wide, high) = centre, size_of(node)
    depth = STEM + 2 * RING + 2
    found = []
    if node.start:
        left, top = x - wide / 2, y - high / 2
        right = left + 18 + width_of(node.start.label)
        found.append(Rectangle(left, top - depth, right, top))
    if node.end:
        right, foot = x + wide / 2, y + high / 2
        left = right - 18 - width_of(node.end.label)
        found.append(Rectangle(left, foot, right, foot + depth))
    return found


def _mark(mark: Mark, at: tuple[float, float], way: int, kind: str) -> Markup:
    """Draw a ring on a stem, with its figure on the side of the box's middle."""
    x, y = at
    ring = y + way * (STEM + RING)
    title = svg.tag("title", mark.title)
    stem = svg.line((x, x), (y, y + way * STEM), "stem")
    circle = svg.tag("circle", cx=x, cy=ring, r=RING)
    anchor = "start" if way < 0 else "end"
    figure = svg.text(x - way * 9, ring + 4, mark.label, "ti2 halo", text_anchor=anchor)
    parts = title, stem, circle, figure
    return svg.tag("g", *parts, class_=f"mk {kind}", data_coverage=mark.level or None)


def _figures(node: Node, ends: tuple[float, float], y: float) -> list[Markup]:
    """Write the figures of a box, at both ends of its last line."""
    found = []
    if node.weight is not None:
        found.append(svg.text(ends[0], y, f"{node.weight:,}"))
    if node.note:
        found.append(svg.text(ends[1], y, node.note, "td", text_anchor="end"))
    return found


def _gateway(kind: str, x: float, y: float) -> list[Markup]:
    corners = [(x, y - 17), (x + 17, y), (x, y + 17), (x - 17, y)]
    arm = 6.0
    strokes = {
        "exclusive": f"M{x - arm},{y - arm}L{x + arm},{y + arm}"
        f"M{x - arm},{y + arm}L{x + arm},{y - arm}",
        "parallel": f"M{x - arm},{y}L{x + arm},{y}M{x},{y - arm}L{x},{y + arm}",
    }
    return [
        svg.tag("path", d=svg.path(corners, closed=True), class_="di"),
        svg.tag("path", d=strokes[kind], class_="sign"),
    ]
