"""Which rows of a table of counts are shared, and which of their columns."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from journeymine.small_cells.declared import Mart, Part
from journeymine.small_cells.levels import Counts, withhold
from journeymine.small_cells.rows import Row
from journeymine.small_cells.tables import Cell, is_small

REST = "\0rest"
"""What the parts leave of their whole."""

Places = set[tuple[str, str, str]]
"""Names, levels and values."""


@dataclass
class Verdict:
    """What of a mart is shared.

    Attributes
    ----------
    kept
        Numbers of the rows.
    emptied
        By column, the kept rows in which it is withheld.
    told
        What the rows that are kept are of: category, level, value.
    """

    kept: set[int] = field(default_factory=set)
    emptied: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    told: Places = field(default_factory=set)


def judged(
    rows: Sequence[Row], mart: Mart, least: int, told: Places | None = None
) -> Verdict:
    """Return what is shared of a mart of counts.

    Parameters
    ----------
    told
        What is told of the mart that it follows.
    """
    verdict = Verdict()
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.group].append(row)
    for name in sorted(groups):
        _judge_rows(groups[name], mart, least, told, verdict)
    for part in mart.parts:
        _judge_part(rows, part, least, verdict)
    return verdict


def _judge_rows(
    rows: Sequence[Row], mart: Mart, least: int, told: Places | None, verdict: Verdict
) -> None:
    counts = _counted(
        ((row.category, row, _people(row, mart, least)) for row in rows),
        is_total_known=bool(mart.category),
    )
    hidden: dict[str, set[Cell]] = defaultdict(set)
    if told is not None:
        for row in rows:
            name = row.group if mart.within else row.category
            if (name, row.level, row.value) not in told:
                hidden[row.level].add((row.category, row.value))
    withheld = withhold(counts, least, hidden)
    gone = withheld.whole | {category for category, _ in hidden.get("", ())}
    for row in rows:
        is_kept = row.category not in gone and (
            (row.category, row.value) not in withheld.levels.get(row.level, ())
        )
        if is_kept:
            verdict.kept.add(row.number)
            verdict.told.add((row.category, row.level, row.value))


def _people(row: Row, mart: Mart, least: int) -> int:
    """Return the people of a row, or the count of it that comes nearest to a few."""
    if mart.people:
        return row.counts[mart.people]
    counts = [row.counts[name] for name in mart.counts]
    return next((count for count in counts if is_small(count, least)), counts[0])


def _judge_part(rows: Sequence[Row], part: Part, least: int, verdict: Verdict) -> None:
    tables: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        tables[row.group, row.category].append(row)
    for name in sorted(tables):
        _judge_table(tables[name], part, least, verdict)


def _judge_table(rows: Sequence[Row], part: Part, least: int, verdict: Verdict) -> None:
    """Judge the parts of one category; those of a row whose whole is gone go too."""
    names = (*part.counts, REST)
    unknown = {
        row.number
        for row in rows
        if row.number not in verdict.kept or row.number in verdict.emptied[part.whole]
    }
    counts = _counted(
        (name, row, _part(row, part, name)) for row in rows for name in names
    )
    hidden: dict[str, set[Cell]] = defaultdict(set)
    for row in rows:
        if row.number in unknown:
            hidden[row.level] |= {(name, row.value) for name in names}
    withheld = withhold(counts, least, hidden)
    for row in rows:
        gone = {
            name
            for name in names
            if row.number in unknown
            or name in withheld.whole
            or (name, row.value) in withheld.levels.get(row.level, ())
        }
        for column in (*gone - {REST}, *(part.takes if gone else ())):
            verdict.emptied[column].add(row.number)


def _part(row: Row, part: Part, name: str) -> int:
    if name != REST:
        return row.counts[name]
    return row.counts[part.whole] - sum(row.counts[count] for count in part.counts)


def _counted(
    counts: Iterable[tuple[str, Row, int]], *, is_total_known: bool = True
) -> Counts:
    whole: dict[str, int] = {}
    levels: dict[str, dict[Cell, int]] = defaultdict(dict)
    for name, row, count in counts:
        if row.level:
            levels[row.level][name, row.value] = count
        else:
            whole[name] = count
    return Counts(whole, levels, is_total_known)
