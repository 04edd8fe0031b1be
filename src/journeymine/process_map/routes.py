"""The lines of a drawn graph: from which side of a box, along which bends, how wide."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from journeymine.process_map.boxes import size_of
from journeymine.process_map.graph import Edge, Node
from journeymine.process_map.layout import Layout, Point

THIN, THICK = 1.25, 9.0
PORT = 9.0  # between two lines at one side of a box
Curve = tuple[Point, Point, Point, Point]


@dataclass(frozen=True)
class Route:
    """One line: cubic curves end to end, its width, and its arrow head."""

    curves: list[Curve]
    width: float
    head: tuple[Point, Point, Point]

    @property
    def drawing(self) -> str:
        """The `d` of the line."""
        start = f"M{_at(self.curves[0][0])}"
        return start + "".join(
            f"C{_at(first)} {_at(second)} {_at(end)}"
            for _, first, second, end in self.curves
        )


def route(nodes: Sequence[Node], edges: Sequence[Edge], layout: Layout) -> list[Route]:
    """Return the line of each edge, in the order of the edges."""
    sizes = {node.name: size_of(node) for node in nodes}
    most = max((edge.weight for edge in edges), default=1.0) or 1.0
    least = min((edge.weight for edge in edges), default=0.0)
    scale = THICK if least < most else THIN  # equal weights say nothing: thin lines
    widths = [max(THIN, scale * edge.weight / most) for edge in edges]
    short = _short(nodes, edges, layout)
    ports = _ports(edges, layout, sizes, short)
    routes = []
    for number, (edge, width) in enumerate(zip(edges, widths, strict=True)):
        ends = ports[number]
        if edge.source == edge.target:
            routes.append(_loop(_foot(edge.source, layout, sizes), width))
        elif number in short:
            routes.append(_between(*_facing(edge, layout, sizes), width))
        elif layout.layers[edge.source] == layout.layers[edge.target]:
            routes.append(_beside(ends, width))
        else:
            routes.append(_across(ends, _level(layout, number), width))
    return routes


def along(curve: Curve, share: float) -> Point:
    """Return the point of a curve at a share of its parameter."""
    rest = 1 - share
    weights = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
    return (
        sum(w * point[0] for w, point in zip(weights, curve, strict=True)),
        sum(w * point[1] for w, point in zip(weights, curve, strict=True)),
    )


def _ports(
    edges: Sequence[Edge],
    layout: Layout,
    sizes: dict[str, Point],
    short: set[int],
) -> list[tuple[Point, Point]]:
    """Where each line leaves and enters: spread on a side, in the order of the ends."""
    sides: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
    for number, edge in enumerate(edges):
        if edge.source == edge.target or number in short:
            continue
        way = [
            layout.centres[edge.source],
            *layout.bends[number],
            layout.centres[edge.target],
        ]
        step = layout.layers[edge.target] - layout.layers[edge.source]
        sides[edge.source, 1 if step >= 0 else -1].append((way[1][1], number, 0))
        sides[edge.target, -1 if step > 0 else 1].append((way[-2][1], number, 1))
    found: list[list[Point]] = [[(0.0, 0.0), (0.0, 0.0)] for _ in edges]
    for (name, side), ends in sorted(sides.items()):
        (x, y), (wide, high) = layout.centres[name], sizes[name]
        room = (high - 14) / max(1, len(ends) - 1) if wide > high else 0.0
        gap = min(PORT, room)
        for rank, (_, number, end) in enumerate(sorted(ends)):
            shift = (rank - (len(ends) - 1) / 2) * gap
            found[number][end] = (x + side * wide / 2, y + shift)
    return [(ends[0], ends[1]) for ends in found]


def _short(nodes: Sequence[Node], edges: Sequence[Edge], layout: Layout) -> set[int]:
    """Find the edges between two boxes that stand one above the other."""
    columns: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for node in nodes:
        columns[layout.layers[node.name]].append(
            (layout.centres[node.name][1], node.name)
        )
    above = {
        frozenset((first, second))
        for column in columns.values()
        for (_, first), (_, second) in pairwise(sorted(column))
    }
    return {
        number
        for number, edge in enumerate(edges)
        if frozenset((edge.source, edge.target)) in above
    }


def _foot(name: str, layout: Layout, sizes: dict[str, Point]) -> Point:
    (x, y), (_, high) = layout.centres[name], sizes[name]
    return x, y + high / 2


def _facing(edge: Edge, layout: Layout, sizes: dict[str, Point]) -> tuple[Point, Point]:
    """Return the middles of the two sides that face each other."""
    (x0, y0), (x1, y1) = layout.centres[edge.source], layout.centres[edge.target]
    way = 1 if y1 > y0 else -1
    start = y0 + way * sizes[edge.source][1] / 2
    return (x0, start), (x1, y1 - way * sizes[edge.target][1] / 2)


def _between(start: Point, end: Point, width: float) -> Route:
    """Draw a short upright line: down at the left, up at the right."""
    (x, top), tip = start, end[1]
    way = 1 if tip > top else -1
    x -= way * 22
    width = min(width, 7.0)
    back = tip - way * (5 + width)
    half = 3 + width / 2
    middle = (top + back) / 2
    curve = ((x, top), (x, middle), (x, middle), (x, back))
    return Route([curve], width, ((x, tip), (x - half, back), (x + half, back)))


def _level(layout: Layout, number: int) -> list[tuple[Point, float]]:
    """Return each bend of an edge, with half the width of the layer it passes."""
    return [(bend, layout.columns[bend[0]] / 2) for bend in layout.bends[number]]


def _across(
    ends: tuple[Point, Point], bends: list[tuple[Point, float]], width: float
) -> Route:
    """Draw a line through the gutters; level where it passes between boxes."""
    (x0, y0), (x1, y1) = ends
    way = 1 if x1 > x0 else -1
    length = 5 + width
    stops = [(x0, y0)]
    for (x, y), half in bends:
        stops += [(x - way * half, y), (x + way * half, y)]
    stops.append((x1 - way * length, y1))
    curves = [_curve(a, b) for a, b in pairwise(stops)]
    return Route(curves, width, _head((x1, y1), way, width))


def _beside(ends: tuple[Point, Point], width: float) -> Route:
    """Draw a bow at the right of two boxes of one column."""
    (x0, y0), (x1, y1) = ends
    bow = x0 + min(54.0, 26 + abs(y1 - y0) / 6)
    tip = x1 + 5 + width
    return Route(
        [((x0, y0), (bow, y0), (bow, y1), (tip, y1))],
        width,
        _head((x1, y1), -1, width),
    )


def _loop(foot: Point, width: float) -> Route:
    """Draw a loop below its box."""
    x, y = foot
    width = min(width, 4.0)
    left, right, tip = x - 16, x + 16, y + 5 + width
    curve = ((right, y), (right, y + 17), (left, y + 17), (left, tip))
    half = 3 + width / 2
    return Route([curve], width, ((left, y), (left - half, tip), (left + half, tip)))


def _curve(start: Point, end: Point) -> Curve:
    middle = (start[0] + end[0]) / 2
    return start, (middle, start[1]), (middle, end[1]), end


def _head(tip: Point, way: int, width: float) -> tuple[Point, Point, Point]:
    back, half = tip[0] - way * (5 + width), 3 + width / 2
    return tip, (back, tip[1] - half), (back, tip[1] + half)


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
