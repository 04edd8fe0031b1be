"""Journeys as an object-centric event log in OCEL 2.0, JSON."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from journeymine.exports.events import DATE, INT, Event, events
from journeymine.exports.ocel import (
    Names,
    attributes,
    event_types,
    number,
    relations,
)
from journeymine.exports.ocel_objects import SEEN_FIRST, object_types, objects
from journeymine.exports.snapshot import Snapshot
from journeymine.report.cells.texts import written

Record = dict[str, object]


def write_ocel_json(snapshot: Snapshot, path: Path) -> dict[str, int]:
    """Write the log, one event or object a line, and return how many of them."""
    named, kinds = event_types(snapshot), object_types(snapshot)
    with written(path) as file:
        file.write("{\n")
        _write(file, "eventTypes", _event_types(named))
        file.write(",\n")
        _write(file, "objectTypes", _object_types(kinds))
        file.write(",\n")
        counted_objects = _write(
            file,
            "objects",
            (one for kind in kinds for one in _objects(snapshot, kind, kinds[kind])),
        )
        file.write(",\n")
        counted_events = _write(
            file,
            "events",
            (
                _event(event, named[event.activity])
                for event in events(snapshot, "fct_events.rowid")
            ),
        )
        file.write("\n}\n")
    return {"events": counted_events, "objects": counted_objects}


def _write(file: TextIO, name: str, records: Iterable[Record]) -> int:
    """Write a list of records, and return its length."""
    to_json: Callable[[object], str] = json.JSONEncoder(
        ensure_ascii=False, separators=(",", ":")
    ).encode
    file.write(f"{to_json(name)}:[")
    count, lead = 0, "\n"
    for count, record in enumerate(records, start=1):  # noqa: B007 - counted
        file.write(lead + to_json(record))
        lead = ",\n"
    file.write("\n]")
    return count


def _event_types(named: dict[str, Names]) -> Iterator[Record]:
    for name, names in named.items():
        told = ((named.name, named.kind) for named in names.values())
        yield {"name": name, "attributes": _declared(told)}


def _object_types(kinds: dict[str, dict[str, str]]) -> Iterator[Record]:
    for name, own in kinds.items():
        yield {"name": name, "attributes": _declared(own.items())}


def _declared(names: Iterable[tuple[str, str]]) -> list[Record]:
    """Return names and kinds of attributes in the words of the standard."""
    words = {INT: "integer", DATE: "time"}
    return [{"name": name, "type": words.get(kind, kind)} for name, kind in names]


def _objects(snapshot: Snapshot, kind: str, own: dict[str, str]) -> Iterator[Record]:
    for object_id, told, owner in objects(snapshot, kind):
        yield {
            "id": object_id,
            "type": kind,
            "attributes": [
                {"name": name, "time": SEEN_FIRST, "value": number(own[name], text)}
                for name, text in told.items()
            ],
            "relationships": (
                [{"objectId": owner, "qualifier": "of"}] if owner else []
            ),
        }


def _event(event: Event, names: Names) -> Record:
    return {
        "id": event.event_id,
        "type": event.activity,
        "time": event.occurred_at,
        "attributes": [
            {"name": name, "value": number(kind, text)}
            for name, kind, text in attributes(event, names)
        ],
        "relationships": [
            {"objectId": object_id, "qualifier": qualifier}
            for object_id, qualifier in relations(event)
        ],
    }
