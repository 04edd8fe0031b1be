"""The rows of a mart that part the whole in one way at most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from journeymine.small_cells.declared import Mart

MONTHS = "segment month"
"""The level of the segment `month`, which parts as the periods of funnels do."""

NAME = 31
"""Character that stands between the columns of a name."""


@dataclass(frozen=True)
class Row:
    """A row of a mart.

    Attributes
    ----------
    number
        Its rowid.
    group
        The table that it belongs to.
    category
        Its row in that table.
    level
        The way in which it parts the whole: persona, `segment ...` or period; empty:
        it is the whole.
    value
        Its part.
    counts
        Its counts by name.
    """

    number: int
    group: str
    category: str
    level: str
    value: str
    counts: dict[str, int]


def read_rows(
    con: duckdb.DuckDBPyConnection, table: str, mart: Mart, columns: Sequence[str]
) -> list[Row]:
    """Read rows with their counts; those parted in two ways are passed over."""
    counts = [
        f"cast(coalesce({mart.implied.get(column, column)}, 0) as bigint)"
        for column in columns
    ]
    query = f"""
        select rowid, {_name(mart.within)}, {_name(mart.category)},
            {_level(mart)}, {", ".join(counts)}
        from {table}
        where {_ways(mart)} <= 1
        order by rowid
    """
    found = con.execute(query).fetchall()
    return [
        Row(number, group, category, level, value, _by_name(columns, counts))
        for number, group, category, level, value, *counts in found
    ]


def _by_name(columns: Sequence[str], counts: Sequence[int]) -> dict[str, int]:
    return dict(zip(columns, counts, strict=True))


def column_names(mart: Mart) -> list[str]:
    """Return the counts that a declaration names, each once."""
    return list(dict.fromkeys(_named(mart)))


def _named(mart: Mart) -> Iterator[str]:
    yield from mart.counts
    for part in mart.parts:
        yield from (part.whole, *part.counts)


def _name(columns: Sequence[str]) -> str:
    texts = ", ".join(f"coalesce(cast({column} as varchar), '')" for column in columns)
    return f"concat_ws(chr({NAME}), {texts})" if columns else "''"


def _ways(mart: Mart) -> str:
    ways = ["0"]
    if mart.is_sliced:
        ways += ["cast(persona <> 'all' as integer)"]
        ways += ["cast(segment <> 'all' as integer)"]
    if mart.periods:
        ways.append(f"cast(cast({mart.periods} as varchar) <> 'all' as integer)")
    return " + ".join(ways)


def _level(mart: Mart) -> str:
    levels, values = [], []
    if mart.is_sliced:
        levels += ["when persona <> 'all' then 'persona'"]
        levels += ["when segment <> 'all' then 'segment ' || segment"]
        values += ["when persona <> 'all' then persona"]
        values += ["when segment <> 'all' then segment_value"]
    if mart.periods:
        period = f"cast({mart.periods} as varchar)"
        levels += [f"when {period} <> 'all' then 'period'"]
        values += [f"when {period} <> 'all' then {period}"]
    if not levels:
        return "'', 'all'"
    level = f"case {' '.join(levels)} else '' end"
    value = f"case {' '.join(values)} else 'all' end"
    return f"{level}, coalesce({value}, '')"
