"""Withhold whole rows of a table with margins, where single cells would not do.

Of rows that are withheld together, only their margins are told: a cell may then be
anything from 0, or what the margins leave, to the lesser of its two (Fréchet). That is
no range narrower than the least margin, or what a margin leaves of the sum.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from journeymine.small_cells.tables import Cell, Table, is_small

Rows = Mapping[str, Mapping[str, int]]


def pooled(table: Table, seeds: Collection[str], least: int) -> set[Cell]:
    """Return the cells of the seeds' rows, and of those that guard them."""
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for (row, column), count in table.items():
        rows[row][column] = count
    pool = _pool(rows, set(seeds), least)
    return {cell for cell in table if cell[0] in pool}


def _pool(rows: Rows, pool: set[str], least: int) -> set[str]:
    rest = sorted(rows.keys() - pool, key=lambda row: (sum(rows[row].values()), row))
    while rest:
        sums = _columns(rows, pool)
        if not _faults(rows, pool, sums, least):
            return pool
        faults = {}
        for row in rest:
            faults[row] = _faults(rows, {*pool, row}, sums + Counter(rows[row]), least)
            if not faults[row]:
                break
        chosen = min(faults, key=lambda row: faults[row])  # of equals the smallest row
        pool = {*pool, chosen}
        rest.remove(chosen)
    return pool


def _columns(rows: Rows, pool: Collection[str]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for row in sorted(pool):
        sums.update(rows[row])
    return sums


def _faults(rows: Rows, pool: set[str], sums: Counter[str], least: int) -> int:
    """Return how many margins of the pool are too near to nothing, or to all."""
    total = sum(sums.values())
    inside = [sum(rows[row].values()) for row in sorted(pool)]
    margins = [*sums.values(), *inside]
    return sum(
        is_small(margin, least) or is_small(total - margin, least) for margin in margins
    ) + (len(pool) < 2)
