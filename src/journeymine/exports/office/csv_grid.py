"""The journey map as CSV: a row per persona and lane, a column per stage."""

import csv
from pathlib import Path

from journeymine.exports.formats import Counts
from journeymine.exports.grid import read_grid
from journeymine.exports.office.map_rows import columns, map_rows
from journeymine.exports.office.tables import Cell, Value, clean
from journeymine.query_formats import defused
from journeymine.report.cells.texts import written
from journeymine.report.ground import Ground


def write_csv_grid(ground: Ground, path: Path) -> Counts:
    """Write the map of everyone and of each persona, and return how much it is."""
    grid = read_grid(ground)
    # Each map has the columns of the widest; what is about no stage may have none.
    widest = max((columns(one) for one in grid.maps), key=len, default=())
    rows: list[list[Value | Cell]] = [
        [one.name, row.part, row.name, *row.cells]
        for one in grid.maps
        for row in map_rows(one, grid)
    ]
    head: list[Value | Cell] = [
        "Persona",
        "Part",
        "Lane",
        *(stage.name for stage in widest),
    ]
    with written(path) as file:
        writer = csv.writer(file)
        for cells in [head, *rows]:
            blank = [""] * (len(head) - len(cells))
            writer.writerow([*map(_told, cells), *blank])
    return {"maps": len(grid.maps), "lanes": len(rows), "stages": len(head) - 3}


def _told(value: Value | Cell) -> object:
    plain = value.value if isinstance(value, Cell) else value
    return defused(clean(plain)) if isinstance(plain, str) else plain
