"""The journey map as a drawing of draw.io: a page for everyone and each persona."""

import xml.etree.ElementTree as ET
from pathlib import Path

from journeymine.exports.board import Board, Box, Link, draw_board
from journeymine.exports.grid import read_grid
from journeymine.exports.xml_pen import clean
from journeymine.report.cells.texts import written
from journeymine.report.ground import Ground

INK, MUTED, LINE = "#15181c", "#5f6872", "#b9c0c8"
TONES = {
    "pos": "#17734f",
    "neg": "#86358f",
    "neu": "#7b8794",
    "drop": "#b8430c",
    "act": "#1a56a8",
    "none": MUTED,
}
"""The colours of the report, each with its meaning there."""

# Without html=1 a label is text, whatever it holds.
TEXT = "html=0;whiteSpace=wrap;fontFamily=Helvetica;"
LEFT = "align=left;verticalAlign=top;spacing=8;fontSize=12;"
STYLES = {
    "title": f"text;{TEXT}align=left;verticalAlign=middle;fontSize=14;fontStyle=1;",
    "stage": f"{TEXT}fillColor={INK};fontColor=#ffffff;strokeColor=none;"
    "fontSize=14;fontStyle=1;",
    "lane": f"{TEXT}{LEFT}fillColor=#f5f6f7;strokeColor=none;fontStyle=1;",
    "cell": f"{TEXT}{LEFT}fillColor=#ffffff;strokeColor=#e1e4e8;",
    "step": f"{TEXT}rounded=1;fillColor=#dde2e8;strokeColor=#5a6a7c;fontSize=12;",
    "dot": f"ellipse;{TEXT}fillColor=#ffffff;strokeWidth=2;fontSize=12;fontStyle=1;",
}
LINKS = {
    "next": f"html=0;edgeStyle=orthogonalEdgeStyle;rounded=1;strokeColor={MUTED};"
    f"fontColor={TONES['drop']};fontSize=12;labelBackgroundColor=#ffffff;",
    "mood": f"html=0;endArrow=none;strokeColor={INK};strokeWidth=2;",
}


def write_drawio(ground: Ground, path: Path) -> dict[str, int]:
    """Write the maps as an uncompressed drawing, and return how much of what."""
    grid = read_grid(ground)
    boards = [draw_board(one, grid, number) for number, one in enumerate(grid.maps)]
    file = ET.Element("mxfile", host="journeymine", pages=str(len(boards)))
    for board in boards:
        file.append(_page(board))
    ET.indent(file)
    with written(path) as out:
        out.write(ET.tostring(file, encoding="unicode") + "\n")
    return {"pages": len(boards), "boxes": sum(len(board.boxes) for board in boards)}


def _page(board: Board) -> ET.Element:
    page = ET.Element("diagram", id=board.key, name=clean(board.name))
    model = ET.SubElement(
        page,
        "mxGraphModel",
        grid="0",
        page="1",
        pageWidth=str(board.wide),
        pageHeight=str(board.high),
    )
    root = ET.SubElement(model, "root")
    ET.SubElement(root, "mxCell", id="0")
    ET.SubElement(root, "mxCell", {"id": "1", "parent": "0"})
    # Lines of feelings lie under their points, boxes of text under both.
    under = [box for box in board.boxes if box.kind != "dot"]
    over = [box for box in board.boxes if box.kind == "dot"]
    root.extend([_box(box) for box in under])
    root.extend([_link(link) for link in board.links])
    root.extend([_box(box) for box in over])
    return page


def _box(box: Box) -> ET.Element:
    style = STYLES[box.kind]
    if colour := TONES.get(box.tone):
        style += f"fontColor={colour};"
        if box.kind == "dot":
            style += f"strokeColor={colour};"
    cell = ET.Element(
        "mxCell", id=box.key, value=clean(box.text), style=style, vertex="1", parent="1"
    )
    size = {"x": box.x, "y": box.y, "width": box.wide, "height": box.high}
    told = {name: str(value) for name, value in size.items()}
    ET.SubElement(cell, "mxGeometry", {**told, "as": "geometry"})
    return cell


def _link(link: Link) -> ET.Element:
    cell = ET.Element(
        "mxCell",
        id=link.key,
        value=clean(link.text),
        style=LINKS[link.kind],
        edge="1",
        parent="1",
        source=link.source,
        target=link.target,
    )
    ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    return cell
