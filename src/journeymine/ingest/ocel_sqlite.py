"""Read the events of a log in OCEL 2.0, SQLite: whatever is in the file, it only reads.

Text comes as bytes, which sort alike here and there: events and their relations are
read side by side.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from journeymine.errors import SourceError
from journeymine.ingest.lines import LONGEST_RECORD
from journeymine.ingest.ocel_events import Log, OcelEvent, Relation, text_of

IS_SQLITE = b"SQLite format 3\0"
TABLES = ("event", "object", "event_object", "event_map_type")
OWN = ("ocel_id", "ocel_time")

_EVENTS = """
    select cast(event.ocel_id as text) collate binary as event_id, {columns}
    from event
    left join {table} as told on told.ocel_id = event.ocel_id
    where event.ocel_type is ?
    order by event_id
"""
_RELATIONS = """
    select cast(event.ocel_id as text) collate binary as event_id,
        cast(related.ocel_object_id as text) collate binary as object_id,
        object.ocel_type, related.ocel_qualifier
    from event_object as related
    inner join event on event.ocel_id = related.ocel_event_id
    left join object on object.ocel_id = related.ocel_object_id
    where event.ocel_type is ?
    order by event_id, object_id, related.ocel_qualifier
"""
_LOST = """
    select count(*)
    from {table} as told
    left join event on event.ocel_id = told.ocel_id and event.ocel_type is ?
    where event.ocel_id is null
"""

Row = tuple[Any, ...]  # what SQLite holds is of any type


@contextmanager
def read_sqlite_log(path: Path, where: str) -> Iterator[Log]:
    """Open a log; its events come type by type, in order of their ids.

    Raises
    ------
    SourceError
        Also while events are read: if it is no such log, is broken or not complete.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        _check_is_whole(path)
        with closing(sqlite3.connect(uri, uri=True)) as con:
            con.text_factory = bytes
            con.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_RECORD)
            con.execute("pragma trusted_schema = off")
            yield _log(con)
    except (sqlite3.Error, ValueError, OverflowError) as error:
        reason = str(error).partition("\n")[0]
        message = f"{where}: no readable OCEL 2.0 ({reason}); export it again"
        raise SourceError(message) from error


def _check_is_whole(path: Path) -> None:
    """Refuse a file while what was written last stands in another one."""
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.exists() and beside.stat().st_size:
            message = f"{beside.name} holds what was written last"
            raise sqlite3.DatabaseError(message)


def _log(con: sqlite3.Connection) -> Log:
    tables = _event_tables(con)
    columns = {kind: _columns(con, table) for kind, table in tables.items()}
    types = con.execute("select distinct ocel_type from object order by ocel_type")
    names = {name for own in columns.values() for name in own}
    return Log(
        object_types=[_text(kind) for (kind,) in types if kind is not None],
        attributes=sorted(names.difference(OWN)),
        events=_events(con, tables, columns),
    )


def _event_tables(con: sqlite3.Connection) -> dict[str, str]:
    """Return the table of each type of events, quoted, in order of types."""
    rows = con.execute("select name, sql from sqlite_master where type = 'table'")
    there = {
        _text(name).lower()
        for name, sql in rows
        if not _text(sql).lower().startswith("create virtual")
    }
    for name in TABLES:
        _check(name in there, f"no table {name!r}")
    stems = dict(con.execute("select ocel_type, ocel_type_map from event_map_type"))
    tables = {}
    for (kind,) in con.execute("select distinct ocel_type from event order by 1"):
        _check(stems.get(kind) is not None, "a type is missing in event_map_type")
        name = f"event_{_text(stems[kind])}"
        _check(name.lower() in there, f"no table {name!r}")
        tables[_text(kind)] = _quoted(name)
    for kind, table in tables.items():
        (lost,) = con.execute(_LOST.format(table=table), [kind]).fetchone()
        _check(lost == 0, f"{lost:,} rows of {table} are missing in table event")
    return tables


def _check(is_right: bool, problem: str) -> None:
    if not is_right:
        raise sqlite3.DatabaseError(problem)


def _columns(con: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the columns of a table, and the type of each."""
    rows = con.execute(f"pragma table_info({table})").fetchall()
    return {_text(row[1]): _text(row[2]).upper() for row in rows}


def _events(
    con: sqlite3.Connection,
    tables: dict[str, str],
    columns: dict[str, dict[str, str]],
) -> Iterator[OcelEvent]:
    for kind, table in tables.items():
        named = ", ".join(f"told.{_quoted(name)}" for name in columns[kind])
        sql = _EVENTS.format(columns=named, table=table)
        related = groupby(con.execute(_RELATIONS, [kind]), key=itemgetter(0))
        whose, relations = next(related, _NONE)
        for event_id, *values in con.execute(sql, [kind]):
            told = {
                name: _value(value, columns[kind][name])
                for name, value in zip(columns[kind], values, strict=True)
            }
            own: list[Relation] = []
            if whose == event_id:
                own = [_relation(row) for row in relations]
                whose, relations = next(related, _NONE)
            time = told.get("ocel_time")
            yield OcelEvent(_text(event_id or b""), kind, time, told, own)


_NONE: tuple[None, Iterator[Row]] = (None, iter(()))


def _relation(row: Row) -> Relation:
    _, object_id, kind, qualifier = row
    return Relation(
        _value(object_id) or "",
        None if kind is None else _text(kind),
        _value(qualifier) or "",
    )


def _value(value: object, declared: str = "") -> str | None:
    if isinstance(value, bytes):
        return _text(value)
    if declared == "BOOLEAN" and value in (0, 1):
        return "true" if value else "false"
    return text_of(value)


def _text(raw: bytes) -> str:
    # What cannot be decoded is told by lone surrogates: events with them are bad.
    return raw.decode("utf-8", "surrogateescape")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
