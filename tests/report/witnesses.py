"""The published cells that a written figure may be of, and their rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from tests.report.kinds import PERIODS, Values, keys, numbers, period_days, scalings
from tests.report.passages import Passage
from tests.report.sentences import Figure, claims, names
from tests.report.told import FREE, MANY, SINGLE, SUMS

from journeymine.report import words

NOTHING = (np.array([]), np.array([]))
SLICES = {"period", "cohort", "persona", "segment_value"}
"""A row that has one of these tells of it alone: the passage must name it."""

ENOUGH = 6  # digits of one row that need no name
SMALL = 3  # fewer digits need a row that proves another figure too


class Witnesses:
    """All cells of a published file that a sentence may tell of.

    Rows of all tables are numbered through; `cells` has the cells of each kind of
    figure in order, each with the number of its row.
    """

    def __init__(self, database: Path) -> None:
        self.size = 0
        self.free: set[int] = set()
        self.named: dict[str, list[int]] = {}
        self.slices: list[tuple[int, str, list[str], NDArray[np.intp]]] = []
        found: dict[tuple[str, str], list[tuple[Values, Values]]] = {}
        self.ends: list[int] = []
        with duckdb.connect(str(database), read_only=True) as con:
            con.execute(f"set timezone = '{_zone(con)}'")
            self.labels = _personas(con)
            for table, query in _sources(con):
                for kind, part in self._read(con, table, query):
                    found.setdefault(kind, []).append(part)
        self.cells = {kind: _ordered(parts) for kind, parts in found.items()}

    def _read(
        self, con: duckdb.DuckDBPyConnection, table: str, query: str
    ) -> Iterator[tuple[tuple[str, str], tuple[Values, Values]]]:
        held = con.execute(query)
        columns = [(one[0], str(one[1])) for one in held.description or []]
        cells = held.fetchnumpy()
        count = len(cells[columns[0][0]])
        rows = np.arange(self.size, self.size + count, dtype=float)
        for name, kind in columns:
            found = cells[name]
            if kind == "VARCHAR":
                texts = [str(one or "") for one in np.ma.filled(found, "")]
                self._names(name, texts)
                found = period_days(texts) if name in PERIODS else found
            values = numbers(np.asanyarray(found))
            if values is None:
                continue
            for one, scaled in scalings(name, values, kind):
                yield from ((key, (scaled, rows)) for key in keys(name, one, values))
        if table in SUMS or table in FREE:
            self.free.update(range(self.size, self.size + count))
        self.size += count
        self.ends.append(self.size)

    def _names(self, column: str, texts: list[str]) -> None:
        if column in SLICES:
            unique, codes = np.unique(np.array(texts), return_inverse=True)
            self.slices.append((self.size, column, [*map(str, unique)], codes))
        for row, text in enumerate(texts, self.size):
            if text not in ("", "all") and len(text) < 200:
                for name in {text, words.label(text), self.labels.get(text, text)}:
                    self.named.setdefault(name, []).append(row)

    def rows(self, figure: Figure) -> NDArray[np.intp]:
        """Return the numbers of the rows with a cell that rounds to a figure."""
        values, rows = self.cells.get((figure.kind, figure.role), NOTHING)
        half = figure.half * (1 + 1e-9) + 1e-9
        low = np.searchsorted(values, (figure.value - half) / figure.scale, "left")
        high = np.searchsorted(values, (figure.value + half) / figure.scale, "right")
        return np.unique(rows[low:high]).astype(np.intp)

    def unproved(self, passage: Passage) -> list[Figure]:
        """Return the figures of a passage that no row proves."""
        told = claims(passage.text)
        if [(one.text, one.kind) for claim in told for one in claim] == [
            (passage.text, "month")
        ]:
            return []  # a name of a month, and no sentence
        may, is_named = self._of(passage)
        holding = [
            set.intersection(*(set(self._allowed(one, may)) for one in claim))
            for claim in told
        ]
        sure = self._sure(passage.text, is_named)
        left = set(range(len(told)))
        while left:
            weight: Counter[int] = Counter()
            for one in left:
                weight.update(dict.fromkeys(holding[one], _digits(told[one])))
            best = max(weight, key=lambda row: (weight[row], row in sure), default=-1)
            if best < 0 or (weight[best] < ENOUGH and not sure & set(weight)):
                break
            if weight[best] < ENOUGH:
                best = max(sure & set(weight), key=lambda row: weight[row])
                if weight[best] < SMALL and len(told) > 2 and best not in self.free:
                    break
            left -= {one for one in left if best in holding[one]}
        return [figure for one in sorted(left) for figure in told[one]]

    def _allowed(self, figure: Figure, may: NDArray[np.bool_]) -> list[int]:
        rows = self.rows(figure)
        return [int(row) for row in rows[may[rows]]]

    def _of(self, passage: Passage) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return which rows are of whom a passage tells, and which it names."""
        may, is_named = np.ones(self.size, dtype=bool), np.zeros(self.size, dtype=bool)
        text = passage.text.casefold()
        for first, column, values, codes in self.slices:
            told = [self._is_told(column, one, text) for one in values]
            good = [
                one or value in ("", "all", passage.panel)
                for one, value in zip(told, values, strict=True)
            ]
            may[first : first + len(codes)] &= np.array(good, dtype=bool)[codes]
            is_named[first : first + len(codes)] |= np.array(told, dtype=bool)[codes]
        return may, is_named

    def _is_told(self, column: str, value: str, text: str) -> bool:
        """Whether a passage names the persona, segment or period of a row."""
        if value in ("", "all"):
            return False
        if column in PERIODS and value[:2] == "20":
            first = date.fromisoformat(value[:10])
            return value[:7] in text or f"{first:%B %Y}".casefold() in text
        name = self.labels.get(value, words.label(value))
        return name.casefold() in text or value.casefold() in text

    def _sure(self, text: str, is_named: NDArray[np.bool_]) -> set[int]:
        """Return the rows that a passage names, and those of sums."""
        count = np.zeros(self.size, dtype=int)
        for name in names(text):
            count[np.unique(self.named.get(name, [])).astype(int)] += 1
        named = set(np.flatnonzero(is_named).tolist())
        for first, end in zip([0, *self.ends], self.ends, strict=False):
            # Of a table the rows that most of the names are of.
            most = count[first:end].max(initial=0)
            if most:
                named.update(
                    (first + np.flatnonzero(count[first:end] == most)).tolist()
                )
        return named | self.free


def _digits(claim: list[Figure]) -> int:
    return sum(one.isdigit() for figure in claim for one in figure.text)


def _zone(con: duckdb.DuckDBPyConnection) -> str:
    found = con.execute("select value from meta_run where name = 'timezone'").fetchone()
    return str(found[0]) if found else "UTC"


def _ordered(parts: list[tuple[Values, Values]]) -> tuple[Values, Values]:
    values, rows = (np.concatenate(each) for each in zip(*parts, strict=True))
    known = ~np.isnan(values)
    values, rows = values[known], rows[known]
    order = np.argsort(values, kind="stable")
    return values[order], rows[order]


def _personas(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = con.execute("select persona, persona_name from dim_personas").fetchall()
    return {key: name for key, name in rows if name}


def _sources(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    found = con.execute(
        "select table_name, list(column_name) from duckdb_columns() where not internal"
        " and schema_name = 'main' group by table_name order by table_name"
    ).fetchall()
    tables = [
        (name, f'select * from "{name}"')
        for name, columns in found
        if name not in MANY | set(SUMS) and not SINGLE & set(columns)
    ]
    return [*tables, *SUMS.items()]
