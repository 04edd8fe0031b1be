"""Categories in the whole, and in each way of parting the whole.

The ways (by persona, by each segment, by month) have nothing in common but the whole:
rows that part it in two ways at once are not shared.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from journeymine.small_cells.cycles import protected
from journeymine.small_cells.tables import Cell, Table, is_small

UNNAMED = "\0"
"""Row of a table for categories whose total is withheld, or that are not known."""

PLENTY = 1 << 40
"""So many are in categories of which nobody knows anything."""


@dataclass(frozen=True)
class Counts:
    """Counts of categories: in the whole, and by level in each of its values.

    Attributes
    ----------
    whole
        By category.
    levels
        By level, then by category and value.
    is_total_known
        Whether the sum over the categories is known.
    """

    whole: Mapping[str, int]
    levels: Mapping[str, Table]
    is_total_known: bool = True


@dataclass(frozen=True)
class Withheld:
    """Categories withheld everywhere, and cells withheld in a level."""

    whole: set[str] = field(default_factory=set)
    levels: dict[str, set[Cell]] = field(default_factory=dict)


def withhold(
    counts: Counts, least: int, hidden: Mapping[str, set[Cell]] | None = None
) -> Withheld:
    """Return what must be withheld so that no small count can be told.

    Parameters
    ----------
    hidden
        Cells of a level that are withheld in any case.
    """
    whole = _whole(counts, least)
    levels = {}
    for level, table in counts.levels.items():
        apart = whole, _unnamed_values(table, least)
        merged = _merged(table, apart, is_free=not counts.is_total_known)
        named = {cell: _renamed(cell, apart) for cell in table}
        unnamed = {cell for cell in merged if UNNAMED in cell}
        gone = {named[cell] for cell in (hidden or {}).get(level, set()) & table.keys()}
        found = protected(merged, gone | unnamed, least)
        levels[level] = {cell for cell in table if named[cell] in found}
    return Withheld(whole, levels)


def _whole(counts: Counts, least: int) -> set[str]:
    """Return the categories to withhold: the small ones, and one that is not."""
    small = {name for name, count in counts.whole.items() if is_small(count, least)}
    if not small or not counts.is_total_known:
        return small
    others = sorted(
        (count, name) for name, count in counts.whole.items() if count >= least
    )
    return small | {name for _, name in others[:1]}


def _unnamed_values(table: Table, least: int) -> set[str]:
    """Return the values with too few in all, and one with enough.

    What the value holds in all is then not known either.
    """
    sums: Counter[str] = Counter()
    for (_, value), count in table.items():
        sums[value] += count
    small = {value for value, count in sums.items() if is_small(count, least)}
    others = sorted((count, value) for value, count in sums.items() if count >= least)
    return small | {value for _, value in others[: bool(small)]}


Apart = tuple[set[str], set[str]]


def _renamed(cell: Cell, apart: Apart) -> Cell:
    category, value = cell
    return (
        UNNAMED if category in apart[0] else category,
        UNNAMED if value in apart[1] else value,
    )


def _merged(table: Table, apart: Apart, *, is_free: bool) -> dict[Cell, int]:
    """Return the table with one row, and one column, for what is told of nowhere."""
    merged: Counter[Cell] = Counter()
    for cell, count in table.items():
        merged[_renamed(cell, apart)] += count
    if is_free:
        merged.update({(UNNAMED, value): PLENTY for _, value in list(merged)})
    return dict(merged)
