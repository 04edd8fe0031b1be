"""Read the events of a log in OCEL 2.0, JSON: objects may be told behind the events.

Both wait in a temporary database on disk, so that memory does not grow with the log.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import Any

from journeymine.errors import SourceError
from journeymine.ingest.json_documents import DAMAGED
from journeymine.ingest.json_records import INVALID
from journeymine.ingest.json_source import DamagedError, JsonText
from journeymine.ingest.lines import LONGEST_RECORD, TOO_LONG, unreadable
from journeymine.ingest.ocel_events import (
    Log,
    OcelEvent,
    Relation,
    problem_in,
    text_of,
)
from journeymine.ingest.parts import Quarantined
from journeymine.ingest.strict_json import STRICT

TABLES = """
create table event (place integer, line integer, raw blob, problem text);
create table object (id text primary key, type text) without rowid;
"""
AROUND = b" \t\r\n,"
NO_EVENT, REPEATED = "no event of OCEL 2.0", "an attribute stands twice in the event"
CACHED = 100_000


@contextmanager
def read_json_log(document: JsonText, where: str) -> Iterator[Log]:
    """Read a log to its end; its events come in their order.

    Raises
    ------
    SourceError
        If it is no such log, or an object in it is none.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as con:
        con.executescript(TABLES)
        con.execute("begin")
        attributes: set[str] = set()
        parts: list[str] = []
        try:
            for name in document.members():
                parts.append(name)
                if name == "events":
                    _keep_events(document, con, attributes)
                elif name == "objects":
                    _keep_objects(document, con, where)
                else:
                    document.skip_value()
            document.end()
        except DamagedError:
            raw = document.rest()
            row = (document.offset, document.line, raw, DAMAGED)
            con.execute("insert into event values (?, ?, ?, ?)", row)
        if "events" not in parts:
            message = (
                f"{where}: no readable OCEL 2.0 (no events); check path and format"
            )
            raise SourceError(message)
        types = con.execute("select distinct type from object order by type")
        yield Log([kind for (kind,) in types], sorted(attributes), _events(con))


def _keep_events(
    document: JsonText, con: sqlite3.Connection, attributes: set[str]
) -> None:
    for place, line, raw in _elements(document):
        found = _event(raw, lambda _: None)
        problem = found if isinstance(found, str) else problem_in(found)
        if isinstance(found, OcelEvent) and not problem:
            attributes.update(found.attributes)
        row = (place, line, raw, problem)
        con.execute("insert into event values (?, ?, ?, ?)", row)


def _keep_objects(document: JsonText, con: sqlite3.Connection, where: str) -> None:
    for _, line, raw in _elements(document):
        try:
            told = STRICT.decode(raw.decode())
            row = (_known(told["id"]), _known(told["type"]))
            con.execute("insert or replace into object values (?, ?)", row)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            message = f"{where}: line {line}: no object of OCEL 2.0; export it again"
            raise SourceError(message) from error


def _elements(document: JsonText) -> Iterator[tuple[int, int, bytes]]:
    """Yield offset, line and bytes of each element of the array that comes next."""
    opening = document.take(b"[")
    for elements in document.elements(opening):
        begin, line = 0, document.line
        for end in elements.ends.tolist():
            piece = elements.text[begin : end + 1]
            raw = piece.strip(AROUND)
            lead = len(piece) - len(piece.lstrip(AROUND))
            if raw:
                before = piece.count(b"\n", 0, lead)
                yield document.offset + begin + lead, line + before, raw
            line += piece.count(b"\n")
            begin = end + 1


def _events(con: sqlite3.Connection) -> Iterator[OcelEvent | Quarantined]:
    @lru_cache(CACHED)
    def type_of(object_id: str) -> str | None:
        found = con.execute("select type from object where id = ?", [object_id])
        return next((str(kind) for (kind,) in found), None)

    rows = con.execute("select place, line, raw, problem from event order by rowid")
    for index, (place, line, raw, problem) in enumerate(rows, start=1):
        found = problem or _event(raw, type_of)
        if isinstance(found, OcelEvent):
            yield found
        else:
            yield Quarantined(index, place, line, found, raw)


def _event(raw: bytes, type_of: Callable[[str], str | None]) -> OcelEvent | str:
    """Return an event, or why it is none."""
    problem = TOO_LONG if len(raw) > LONGEST_RECORD else unreadable(raw)
    if problem:
        return problem
    try:
        told = STRICT.decode(raw.decode())
    except (ValueError, RecursionError):
        return INVALID
    try:
        pairs = [
            (_known(one["name"]), one["value"]) for one in _list(told, "attributes")
        ]
        related = [
            (_known(one["objectId"]), text_of(one.get("qualifier")) or "")
            for one in _list(told, "relationships")
        ]
        event = OcelEvent(
            event_id=text_of(told.get("id")) or "",
            event_type=text_of(told.get("type")) or "",
            time=text_of(told.get("time")),
            attributes={name: text_of(value) for name, value in pairs},
            relations=[Relation(one, type_of(one), how) for one, how in related],
        )
    except (TypeError, KeyError, AttributeError, ValueError):
        return NO_EVENT
    return REPEATED if len(event.attributes) < len(pairs) else event


def _known(value: object) -> str:
    """Return a name, which is a text or a number."""
    if not isinstance(value, str) or not value:
        raise TypeError
    value.encode()  # raises a ValueError where it is no text that can be written
    return value


def _list(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = told.get(name, [])
    if not isinstance(found, list):
        raise TypeError
    return found
