"""The journey map as items for Miro's REST API, in batches that it takes at once."""

from html import escape
from pathlib import Path

from journeymine.exports.board import Box, draw_board
from journeymine.exports.drawio import INK, TONES
from journeymine.exports.grid import read_grid
from journeymine.exports.packing import write_archive
from journeymine.exports.xml_pen import clean
from journeymine.report.ground import Ground

AT_ONCE = 20
APART = 200
FILLS = {"stage": INK, "lane": "#f5f6f7", "step": "#dde2e8"}

Json = dict[str, object]


def write_miro(ground: Ground, path: Path) -> dict[str, int]:
    """Write an archive of batches, one request each, and return how much of what.

    The maps stand one below the other. A batch is made whole or not at all, and none
    is longer than the service allows.
    """
    grid = read_grid(ground)
    items: list[Json] = []
    y = 0
    for number, one in enumerate(grid.maps):
        board = draw_board(one, grid, number)
        items += [_item(box, y) for box in board.boxes]
        y += board.high + APART
    batches = {
        f"batch-{at // AT_ONCE + 1:03}.json": items[at : at + AT_ONCE]
        for at in range(0, len(items), AT_ONCE)
    }
    write_archive(path, batches)
    return {"batches": len(batches), "items": len(items)}


def _item(box: Box, y: int) -> Json:
    """Return a box as an item; its place is that of its middle."""
    content = "".join(f"<p>{line}</p>" for line in _text(box).split("\n"))
    item: Json = {
        "type": "text" if box.kind == "title" else "shape",
        "data": {"content": content},
        "style": _style(box),
        "position": {"x": box.x + box.wide / 2, "y": y + box.y + box.high / 2},
        "geometry": {"width": box.wide},
    }
    if box.kind != "title":
        shape = {"dot": "circle", "step": "round_rectangle"}.get(box.kind, "rectangle")
        item["data"] = {"content": content, "shape": shape}
        item["geometry"] = {"width": box.wide, "height": box.high}
    return item


def _text(box: Box) -> str:
    """Return the text of a box, which Miro reads as HTML."""
    return escape(clean(box.text), quote=True)


def _style(box: Box) -> Json:
    colour = TONES.get(box.tone, "#ffffff" if box.kind == "stage" else INK)
    if box.kind == "title":
        return {"color": colour, "fontSize": "24", "textAlign": "left"}
    is_head = box.kind in ("stage", "step", "dot")
    return {
        "color": colour,
        "fillColor": FILLS.get(box.kind, "#ffffff"),
        "borderColor": colour if box.kind == "dot" else "#b9c0c8",
        "borderWidth": "2.0" if box.kind == "dot" else "1.0",
        "fontSize": "14" if box.kind in ("stage", "lane") else "12",
        "textAlign": "center" if is_head else "left",
        "textAlignVertical": "middle" if is_head else "top",
    }
