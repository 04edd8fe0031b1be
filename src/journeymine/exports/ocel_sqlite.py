"""Journeys as an object-centric event log in OCEL 2.0, SQLite.

Rows are written in order of their keys, so that every index only ever grows at its end.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TypeVar

from journeymine.exports.events import BOOLEAN, DATE, FLOAT, INT, Event, events
from journeymine.exports.ocel import (
    Names,
    attributes,
    event_types,
    number,
    relations,
)
from journeymine.exports.ocel_objects import SEEN_FIRST, object_types, objects
from journeymine.exports.snapshot import BATCH, Snapshot

TYPES = {INT: "INTEGER", FLOAT: "REAL", BOOLEAN: "BOOLEAN", DATE: "TIMESTAMP"}
RESERVED = {"event": {"map_type", "object"}, "object": {"map_type", "object"}}
"""Names that no type may have in those of tables: `event_object` is another one."""

TABLES = """
create table event_map_type (ocel_type TEXT, ocel_type_map TEXT,
    primary key (ocel_type));
create table object_map_type (ocel_type TEXT, ocel_type_map TEXT,
    primary key (ocel_type));
create table event (ocel_id TEXT, ocel_type TEXT, primary key (ocel_id),
    foreign key (ocel_type) references event_map_type (ocel_type));
create table object (ocel_id TEXT, ocel_type TEXT, primary key (ocel_id),
    foreign key (ocel_type) references object_map_type (ocel_type));
create table event_object (ocel_event_id TEXT, ocel_object_id TEXT,
    ocel_qualifier TEXT,
    primary key (ocel_event_id, ocel_object_id, ocel_qualifier),
    foreign key (ocel_event_id) references event (ocel_id),
    foreign key (ocel_object_id) references object (ocel_id));
create table object_object (ocel_source_id TEXT, ocel_target_id TEXT,
    ocel_qualifier TEXT,
    primary key (ocel_source_id, ocel_target_id, ocel_qualifier),
    foreign key (ocel_source_id) references object (ocel_id),
    foreign key (ocel_target_id) references object (ocel_id));
"""

Row = tuple[object, ...]
Item = TypeVar("Item")


def write_ocel_sqlite(snapshot: Snapshot, path: Path) -> dict[str, int]:
    """Write the log, and return how many events and objects."""
    named, kinds = event_types(snapshot), object_types(snapshot)
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        # The file counts once it is whole: nothing is to be rolled back.
        con.execute("pragma journal_mode = off")
        con.execute("pragma synchronous = off")
        con.executescript(TABLES)
        con.execute("begin")
        counted_events = _write_events(con, snapshot, named)
        counted_objects = _write_objects(con, snapshot, kinds)
        con.execute("commit")
    return {"events": counted_events, "objects": counted_objects}


def _write_events(
    con: sqlite3.Connection, snapshot: Snapshot, named: dict[str, Names]
) -> int:
    tables = _type_tables(con, "event", named)
    columns = {}
    for activity, names in named.items():
        told = [(named.name, named.kind) for named in names.values()]
        columns[activity] = [name for name, _ in told]
        _create(con, tables[activity], ["ocel_id TEXT", "ocel_time TIMESTAMP"], told)
    written = 0
    for batch in _batches(events(snapshot, "fct_events.event_id")):
        written += len(batch)
        _insert(con, "event", [(one.event_id, one.activity) for one in batch])
        _insert(
            con,
            "event_object",
            [(one.event_id, *pair) for one in batch for pair in relations(one)],
        )
        for activity, rows in _by_activity(batch, named, columns).items():
            _insert(con, tables[activity], rows)
    return written


def _by_activity(
    batch: Sequence[Event], named: dict[str, Names], columns: dict[str, list[str]]
) -> dict[str, list[Row]]:
    """Return the rows of the tables of types, by activity."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for event in batch:
        told = {
            name: number(kind, text)
            for name, kind, text in attributes(event, named[event.activity])
        }
        values = (told.get(name) for name in columns[event.activity])
        rows[event.activity].append((event.event_id, event.occurred_at, *values))
    return rows


def _write_objects(
    con: sqlite3.Connection, snapshot: Snapshot, kinds: dict[str, dict[str, str]]
) -> int:
    tables = _type_tables(con, "object", kinds)
    head = ["ocel_id TEXT", "ocel_time TIMESTAMP", "ocel_changed_field TEXT"]
    written = 0
    for kind in sorted(kinds):
        own = kinds[kind]
        _create(con, tables[kind], head, own.items())
        for batch in _batches(objects(snapshot, kind)):
            written += len(batch)
            _insert(con, "object", [(object_id, kind) for object_id, *_ in batch])
            _insert(
                con,
                tables[kind],
                [
                    (object_id, SEEN_FIRST, None, *_values(own, told))
                    for object_id, told, _ in batch
                ],
            )
            owned = [(object_id, owner, "of") for object_id, _, owner in batch if owner]
            _insert(con, "object_object", owned)
    return written


def _values(own: dict[str, str], told: dict[str, str]) -> Iterator[object]:
    for name, kind in own.items():
        yield number(kind, told[name]) if name in told else None


def _type_tables(
    con: sqlite3.Connection, what: str, types: Iterable[str]
) -> dict[str, str]:
    """Write the map of types, and return the table of each: SQLite forgets case."""
    taken, tables = {*RESERVED[what]}, {}
    for name in types:
        stem = re.sub(r"\W+", "_", name, flags=re.ASCII)[:60].strip("_") or "type"
        found, further = stem, 2
        while found.lower() in taken:
            found, further = f"{stem}_{further}", further + 1
        taken.add(found.lower())
        tables[name] = f"{what}_{found}"
        _insert(con, f"{what}_map_type", [(name, found)])
    return tables


def _create(
    con: sqlite3.Connection,
    table: str,
    head: list[str],
    told: Iterable[tuple[str, str]],
) -> None:
    columns = [f"{_named(name)} {TYPES.get(kind, 'TEXT')}" for name, kind in told]
    what = table.partition("_")[0]
    con.execute(
        f'create table "{table}" ({", ".join([*head, *columns])},'
        f" primary key (ocel_id), foreign key (ocel_id) references {what} (ocel_id))"
    )


def _named(column: str) -> str:
    escaped = column.replace('"', '""').replace("\0", "\ufffd")
    return f'"{escaped}"'


def _insert(con: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f'insert into "{table}" values ({marks})', rows)


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    while batch := list(islice(items, BATCH)):
        yield batch
