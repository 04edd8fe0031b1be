"""The workbook: a sheet for each question, numbers as numbers, nothing calculated."""

import io
from pathlib import Path

from journeymine.exports.formats import Counts
from journeymine.exports.grid import read_grid
from journeymine.exports.office.content import Content
from journeymine.exports.office.extra import need_office
from journeymine.exports.office.map_rows import map_rows
from journeymine.exports.office.packed import packed_again
from journeymine.exports.office.sheets import notes, tables_of
from journeymine.exports.office.summary_sheet import summary
from journeymine.exports.office.tables import SAFE, Sheet, clean, made_at
from journeymine.report.facts import Facts
from journeymine.report.ground import Ground


def write_workbook(ground: Ground, path: Path) -> Counts:
    """Write the workbook, and return how many sheets and rows it has."""
    need_office("xlsx")
    # An extra: what draws the sheets imports it too.
    from xlsxwriter import Workbook  # noqa: PLC0415

    from journeymine.exports.office.pen import Pen  # noqa: PLC0415

    content = Content(ground)
    sheets, grid = sheets_of(content), read_grid(ground)
    told = io.BytesIO()
    book = Workbook(told, SAFE)
    book.set_size(2400, 1400)
    book.set_properties(_properties(ground.facts))
    pen = Pen(book, ground.facts)
    pen.sheet(sheets[0])
    for number, one in enumerate(grid.maps):
        # A persona's own name may be none of a sheet.
        pen.map(one, grid, f"Map {number}" if number else "Map")
    for sheet in sheets[1:]:
        pen.sheet(sheet)
    book.close()
    path.write_bytes(packed_again(told.getvalue()))
    rows = sum(len(block.rows) for sheet in sheets for block in sheet.blocks)
    lanes = sum(len(map_rows(one, grid)) for one in grid.maps)
    return {"sheets": len(sheets) + len(grid.maps), "rows": rows + lanes}


def _properties(facts: Facts) -> dict[str, object]:
    return {
        "title": clean(f"Customer journeys: {facts.project}")[:255],
        "subject": facts.period,
        "author": "journeymine",
        "created": made_at(facts),
    }


def sheets_of(content: Content) -> list[Sheet]:
    """Return the sheets that are tables."""
    told = notes(content)
    return [summary(content), *tables_of(content), *([told] if told else [])]
