"""What a database is asked: its query, as text, from where the last fetch ended."""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pyarrow as pa

from journeymine.config_databases import Database
from journeymine.config_values import microseconds
from journeymine.errors import SourceError
from journeymine.ingest.fetching.columns import (
    NUMBERS,
    TEXTS,
    TIMES,
    Column,
    identifier,
)
from journeymine.ingest.fetching.postgres import streamed
from journeymine.ingest.layout import problem_of

if TYPE_CHECKING:
    from adbc_driver_manager import dbapi

BY_DEFAULT = timedelta(hours=1)


@dataclass(frozen=True)
class Question:
    """A query whose columns are known, wrapped so that it can be asked for a part."""

    database: Database
    columns: tuple[Column, ...]

    @property
    def cursor(self) -> Column | None:
        """The column that grows with every change."""
        named = [one for one in self.columns if one.name == self.database.cursor]
        return named[0] if named else None

    @property
    def cursor_type(self) -> str:
        """The type in which cursors are compared."""
        kind = self.cursor.type if self.cursor else ""
        return 'text collate "C"' if kind in TEXTS else kind

    def rows(
        self, cursor: "dbapi.Cursor", low: str | None
    ) -> Generator[pa.RecordBatch]:
        """Yield the rows whose cursor is at least `low`, or null, in its order.

        They come as a stream: neither side holds all of them.
        """
        ordered = [self.cursor] if self.cursor else []
        ordered += [one for one in self.columns if one.name in self.database.key]
        values = ", ".join(one.text for one in self.columns)
        sql = f"select {values} from {wrapped(self.database)}"
        if self.cursor and low is not None:
            # A stream takes no parameters, but it can read a setting that takes one.
            cursor.execute("select set_config('journeymine.low', $1, true)", (low,))
            cursor.fetchall()
            sql += (
                f" where {self.cursor.order}"
                f" >= current_setting('journeymine.low')::{self.cursor_type}"
                f" or {self.cursor.place} is null"
            )
        cursor.execute(f"{sql} order by {', '.join(one.order for one in ordered)}")
        yield from streamed(cursor)

    def start(
        self, cursor: "dbapi.Cursor", marks: Sequence[str | None]
    ) -> tuple[str | None, list[int]]:
        """Return from where to read on, and which pages reach so far.

        Parameters
        ----------
        cursor
            A cursor of the connection.
        marks
            The greatest cursor of each page that was fetched.

        Returns
        -------
        tuple
            The least cursor to read, None for all, and places in `marks`, from 0.
        """
        sql = f"""
        with marks as (
            select ordinality - 1 as place, value::{self.cursor_type} as mark
            from json_array_elements_text($1::json) with ordinality
        ), start as (
            select ({self._low})::{self.cursor_type} as low
            from marks order by mark desc nulls last limit 1
        )
        select marks.place, start.low::text
        from marks inner join start on marks.mark >= start.low
        """
        cursor.execute(sql, (json.dumps(marks),))
        found = cursor.fetchall()
        return (found[0][1] if found else None), [place for place, _ in found]

    @property
    def _low(self) -> str:
        """SQL for the least cursor to read, from the greatest one that was seen."""
        overlap = self.database.overlap
        if self.cursor is None or self.cursor.type not in TIMES:
            return f"mark - {overlap}" if overlap else "mark"
        length = BY_DEFAULT if overlap is None else timedelta()
        if isinstance(overlap, timedelta):
            length = overlap
        # One row from the year 9999 must not hide all those that are still to come.
        return f"least(mark, now()) - interval '{microseconds(length)} microseconds'"


def question_of(cursor: "dbapi.Cursor", database: Database, where: str) -> Question:
    """Return the question that a source asks, once its columns are known.

    Raises
    ------
    SourceError
        If the columns cannot be told apart, or the cursor or key is none of them.
    """
    schema = cursor.adbc_execute_schema(f"select * from {wrapped(database)}")
    problem = problem_of(schema.names)
    if problem:
        message = f"{where}: query: {problem}; rename it"
        raise SourceError(message)
    columns = tuple(
        Column(
            field.name,
            (field.metadata or {}).get(b"POSTGRESQL:type", b"unknown").decode(),
            pa.types.is_nested(field.type),
        )
        for field in schema
    )
    question = Question(database, columns)
    _check(question, where)
    return question


def wrapped(database: Database) -> str:
    """Return SQL for the rows of a query or a table as a relation called `query`."""
    if database.table is not None:
        named = ".".join(map(identifier, database.table.split(".")))
        return f"{named} as query"
    query = (database.query or "").strip().removesuffix(";")
    # On a line of its own, as the query may end in a comment.
    return f"({query}\n) as query"


def _check(question: Question, where: str) -> None:
    database, names = question.database, [one.name for one in question.columns]
    wanted = [("key", column) for column in database.key]
    wanted += [("cursor", database.cursor)] if database.cursor else []
    for setting, column in wanted:
        if column not in names:
            message = (
                f"{where}: {setting}: the query has no column {column!r};"
                f" name one of: {', '.join(names)}"
            )
            raise SourceError(message)
    kind = question.cursor.type if question.cursor else None
    if kind and kind not in (*TIMES, *NUMBERS, *TEXTS, "uuid"):
        message = (
            f"{where}: cursor: {database.cursor!r} is of type {kind}, which does not"
            " grow; name a time, a number or a text"
        )
        raise SourceError(message)
    expected = {timedelta: TIMES, int: NUMBERS}
    overlap = database.overlap
    if overlap and kind not in expected[type(overlap)]:
        message = (
            f"{where}: overlap: is not measured in the unit of the cursor, which is of"
            f" type {kind}; write a length of time for times, a number for numbers"
        )
        raise SourceError(message)
