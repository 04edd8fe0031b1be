"""Read an event log in XES as records of text: every event is one record and one line.

The attributes of a trace stand under `case:<key>`, those of an event under their key,
`@trace` and `@position` count from 1 (null for an event outside of a trace); `@kinds`
is a JSON object of what the attributes are that are no strings. An attribute within an
attribute stands under `<key>/<child>`; what stands within a list or container is JSON,
in one column. Where two keys differ only in case, the later one gets ` (2)`, since
DuckDB does not tell case apart. Attributes of the log, its globals, extensions and
classifiers are no data of events.
"""

import json
import tempfile
from collections.abc import Iterator
from typing import IO

import pyarrow as pa

from journeymine.ingest.layout import RESERVED
from journeymine.ingest.parts import Part, Quarantined, schema_of, table_of
from journeymine.ingest.text import Text
from journeymine.ingest.xes_events import STRING, Attributes, Event, Value, read_events

TRACE, POSITION, KINDS = "@trace", "@position", "@kinds"
ROWS = 20_000
REPEATED = "an attribute stands twice in the event"

Row = tuple[int, dict[str, Value]]  # record_index, and a value per key


def frame_xes(text: Text, where: str) -> Iterator[Part]:
    """Yield the events of a log.

    Only its end tells all columns, so good events wait for it in a temporary file.
    """
    columns = {TRACE: TRACE, POSITION: POSITION, KINDS: KINDS}
    places = []
    with tempfile.TemporaryFile() as waiting:
        for rows, bad in _batches(text, where):
            _name_new_keys(columns, rows)
            places.append(waiting.tell())
            _write(_table_of(rows, columns), waiting)
            yield Part(schema_of([]).empty_table(), tuple(bad), record_lines=len(bad))
        schema = schema_of(list(columns.values()))
        for place in places:
            waiting.seek(place)
            table = _completed(_read(waiting), schema)
            yield Part(table, record_lines=table.num_rows)


def _batches(text: Text, where: str) -> Iterator[tuple[list[Row], list[Quarantined]]]:
    """Yield good and bad events, some at a time, and once at least."""
    rows: list[Row] = []
    bad: list[Quarantined] = []
    for index, event in enumerate(read_events(text, where), start=1):
        attributes = _attributes(event)
        values = dict(attributes)
        if len(values) == len(attributes):
            rows.append((index, values))
        else:
            told = [(key, text) for key, (text, _) in attributes]
            raw = json.dumps(told, ensure_ascii=False).encode()
            bad.append(Quarantined(index, event.offset, event.line, REPEATED, raw))
        if len(rows) + len(bad) == ROWS:
            yield rows, bad
            rows, bad = [], []
    yield rows, bad


def _attributes(event: Event) -> Attributes:
    return [
        (TRACE, (str(event.trace) if event.trace else None, STRING)),
        (POSITION, (str(event.position) if event.position else None, STRING)),
        (KINDS, (None, STRING)),  # filled in once all have their columns
        *event.case,
        *event.attributes,
    ]


def _name_new_keys(columns: dict[str, str], rows: list[Row]) -> None:
    """Give every key that has no column yet one that no other key has."""
    taken = {RESERVED, *(name.lower() for name in columns.values())}
    # A dictionary keeps the order of appearance, which a set does not.
    for key in {key: None for _, values in rows for key in values}:
        if key not in columns:
            name, number = key, 2
            while name.lower() in taken:
                name, number = f"{key} ({number})", number + 1
            taken.add(name.lower())
            columns[key] = name


def _table_of(rows: list[Row], columns: dict[str, str]) -> pa.Table:
    missing = (None, STRING)
    values = [
        pa.array([values.get(key, missing)[0] for _, values in rows], pa.string())
        for key in columns
    ]
    kinds = [_kinds_of(values, columns) for _, values in rows]
    values[list(columns).index(KINDS)] = pa.array(kinds, pa.string())
    schema = schema_of(list(columns.values()))
    return table_of([index for index, _ in rows], values, schema)


def _kinds_of(values: dict[str, Value], columns: dict[str, str]) -> str | None:
    """Return the kinds of an event's attributes that are no strings, by column."""
    kinds = {columns[key]: kind for key, (_, kind) in values.items() if kind != STRING}
    return json.dumps(kinds, ensure_ascii=False) if kinds else None


def _completed(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return a table with the columns that it lacks, which are null in it."""
    for field in list(schema)[table.num_columns :]:
        table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    return table


def _write(table: pa.Table, file: IO[bytes]) -> None:
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(file, table.schema, options=options) as writer:
        writer.write_table(table)


def _read(file: IO[bytes]) -> pa.Table:
    with pa.ipc.open_stream(file) as reader:
        return reader.read_all()
