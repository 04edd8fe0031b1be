"""The journey map as a document of Lucid: its Standard Import, a page per persona."""

import json
import re
from pathlib import Path

from journeymine.errors import OutputError
from journeymine.exports.board import Board, Box, Link, draw_board
from journeymine.exports.drawio import INK, MUTED, TONES
from journeymine.exports.grid import read_grid
from journeymine.exports.packing import write_archive
from journeymine.report.ground import Ground

LONGEST = 2_000_000
"""Of the document, in bytes; Lucid takes no longer one."""

TAG = re.compile(r"<(?=[A-Za-z/!?])")
FILLS = {"stage": INK, "lane": "#f5f6f7", "step": "#dde2e8"}
NO_LINE = {"color": "#ffffff", "width": 0, "style": "solid"}

Json = dict[str, object]


def write_lucid(ground: Ground, path: Path) -> dict[str, int]:
    """Write the maps as a `.lucid` archive, and return how much of what.

    Raises
    ------
    OutputError
        If they are longer than Lucid takes.
    """
    grid = read_grid(ground)
    boards = [draw_board(one, grid, number) for number, one in enumerate(grid.maps)]
    document: Json = {"version": 1, "pages": [_page(board) for board in boards]}
    if len(json.dumps(document, ensure_ascii=False, indent=1).encode()) > LONGEST:
        message = (
            "--to lucid: the maps are longer than Lucid takes; export drawio instead"
        )
        raise OutputError(message)
    write_archive(path, {"document.json": document})
    return {"pages": len(boards), "boxes": sum(len(board.boxes) for board in boards)}


def _page(board: Board) -> Json:
    return {
        "id": board.key,
        "title": plain(board.name),
        "shapes": [_shape(box, depth) for depth, box in enumerate(board.boxes)],
        "lines": [_line(link) for link in board.links],
    }


def _shape(box: Box, depth: int) -> Json:
    kinds = {"title": "text", "dot": "circle"}
    fill = FILLS.get(box.kind, "#ffffff")
    colour = TONES.get(box.tone, MUTED)
    stroke = {"color": colour, "width": 2 if box.kind == "dot" else 1, "style": "solid"}
    return {
        "id": box.key,
        "type": kinds.get(box.kind, "rectangle"),
        "boundingBox": {"x": box.x, "y": box.y, "w": box.wide, "h": box.high},
        "text": plain(box.text),
        "style": {
            "fill": {"type": "color", "color": fill},
            "stroke": NO_LINE if box.kind in ("title", "stage", "lane") else stroke,
        },
        "zIndex": depth,
    }


def _line(link: Link) -> Json:
    head = "arrow" if link.kind == "next" else "none"
    line: Json = {
        "id": link.key,
        "lineType": "elbow" if link.kind == "next" else "straight",
        "endpoint1": _end(link.source, "none"),
        "endpoint2": _end(link.target, head),
    }
    if link.text:
        line["text"] = [{"text": link.text, "position": 0.5, "side": "middle"}]
    return line


def _end(key: str, style: str) -> Json:
    return {"type": "shapeEndpoint", "style": style, "shapeId": key}


def plain(text: str) -> str:
    """Return a text that is read as text where tags would be read as such."""
    return TAG.sub("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", text)
