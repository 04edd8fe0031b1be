"""The nodes of a drawn graph: boxes with their words, circles and gateways."""

from markupsafe import Markup

from journeymine.report import svg
from journeymine.report.graph import Node
from journeymine.report.layout import size_of
from journeymine.report.words import count, shorten

ROOM = 121.0  # for the name in a box
WIDE, THIN = "MWmw@%", "IJfijlrt.,:;'()[]|!- "


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
    single = node.weight is None and not node.note
    name = svg.text(
        left + 9,
        y + 4 if single else top + 17,
        _fitted(node.label or node.name),
        "ti b",
    )
    more = Markup("")
    if node.weight is not None:
        more = svg.text(left + 9, top + 33, count(node.weight))
    note = Markup("")
    if node.note:
        note = svg.text(x + wide / 2 - 8, top + 33, node.note, "td", text_anchor="end")
    return svg.tag("g", title, box, name, more, note, class_=f"nd {node.kind}")


def _fitted(name: str) -> str:
    """Cut a name to what its box can hold, by a careful guess of its width."""
    letters = len(name)
    while letters > 2 and sum(map(_width, shorten(name, letters))) > ROOM:
        letters -= 1
    return shorten(name, letters)


def _width(letter: str) -> float:
    if letter in THIN:
        return 4.0
    if letter in WIDE or ord(letter) > 0x2E7F:
        return 11.5
    return 8.4 if letter.isupper() else 6.6


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
