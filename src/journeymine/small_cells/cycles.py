"""Withhold cells of a table with margins so that none follows from the others.

A small cell is safe if it stands in a rectangle of withheld cells of which the two
beside it hold enough: what is moved round the rectangle changes no sum of a row or a
column, so the cell may hold as much more as these two can give (Giessing and Repsilber
2002 protect hypercubes so).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from journeymine.small_cells.pools import pooled
from journeymine.small_cells.tables import Cell, Table, is_small

TRIED = 25
"""Partners that are tried in a row and in a column, those that cost least first."""


def protected(
    table: Table, hidden: Collection[Cell], least: int, none: Collection[Cell] = ()
) -> set[Cell]:
    """Return the cells to withhold: the small and hidden ones, and what guards them.

    Parameters
    ----------
    table
        Every count; sums of rows and of columns are taken to be known.
    hidden
        Cells that are withheld in any case.
    least
        Counts below are small; and no small one is told closer than so many apart.
    none
        Cells that everybody knows to be empty.
    """
    small = sorted(cell for cell, count in table.items() if is_small(count, least))
    withheld = {*small, *hidden}
    if not small:
        return withheld
    donors = _Donors(table, least, set(none))
    unguarded = set()
    for cell in small:
        added = donors.cheapest(cell, withheld)
        if added is None:
            unguarded.add(cell[0])
        else:
            withheld |= added
    if not unguarded:
        return withheld
    full = unguarded | ({row for row, _ in table} - {row for row, _ in none})
    rows = {cell: count for cell, count in table.items() if cell[0] in full}
    return withheld | pooled(rows, unguarded, least)


class _Donors:
    """The cells of a table that hold enough, by row and by column."""

    def __init__(self, table: Table, least: int, none: set[Cell]) -> None:
        self.table = table
        self.none = none
        self.rows: dict[str, list[Cell]] = defaultdict(list)
        self.columns: dict[str, list[Cell]] = defaultdict(list)
        large = (cell for cell, count in table.items() if count >= least)
        for cell in sorted(large, key=lambda cell: (table[cell], cell)):
            self.rows[cell[0]].append(cell)
            self.columns[cell[1]].append(cell)

    def cheapest(self, cell: Cell, withheld: set[Cell]) -> set[Cell] | None:
        """Return what must be withheld besides for a rectangle, at the least loss."""
        row, column = cell
        beside = list(_cheap(self.rows[row], cell, withheld))
        above = list(_cheap(self.columns[column], cell, withheld))
        best: set[Cell] | None = None
        loss = 0
        for one in beside:
            for other in above:
                across = other[0], one[1]
                if across in self.none:
                    continue
                corners = {one, other, across} & self.table.keys()
                added = corners - withheld
                lost = sum(self.table[corner] + 1 for corner in added)
                if best is None or lost < loss:
                    best, loss = added, lost
            if best is not None and not best:
                break
        return best


def _cheap(cells: Iterable[Cell], apart: Cell, withheld: set[Cell]) -> Iterator[Cell]:
    others = [cell for cell in cells if cell != apart]
    yield from (cell for cell in others if cell in withheld)
    yield from islice((cell for cell in others if cell not in withheld), TRIED)
