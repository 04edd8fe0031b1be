"""Read an object-centric event log (OCEL 2.0): every event is one record and one line.

The file is SQLite or JSON, as its content says. An event's `ocel:id`, `ocel:type` and
`ocel:time` have columns, and so has each type of objects: it holds the id of the object
that the event relates to, a JSON array of ids if there are several. `ocel:relations`
tells all of them with their qualifiers, as JSON. Then come the attributes of events.
Where two names differ only in case, the later one gets ` (2)`, since DuckDB does not
tell case apart. Attributes of objects and relations between them are no data of events.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa

from journeymine.ingest.json_source import JsonText
from journeymine.ingest.layout import free_names
from journeymine.ingest.ocel_events import TO_JSON, Log, problem_in, row_of
from journeymine.ingest.ocel_json import read_json_log
from journeymine.ingest.ocel_sqlite import IS_SQLITE, read_sqlite_log
from journeymine.ingest.parts import Part, Quarantined, schema_of, table_of
from journeymine.ingest.text import Text

OWN = ("ocel:id", "ocel:type", "ocel:time", "ocel:relations")
ROWS = 20_000


def is_sqlite(path: Path) -> bool:
    """Return whether a log is SQLite; else it is JSON."""
    with path.open("rb") as file:
        return file.read(len(IS_SQLITE)) == IS_SQLITE


def frame_sqlite_log(
    path: Path, where: str, on_bytes: Callable[[int], None] | None
) -> Iterator[Part]:
    """Yield the events of a log in SQLite, type by type."""
    with read_sqlite_log(path, where) as log:
        yield from _parts(log)
    if on_bytes:
        on_bytes(path.stat().st_size)


def frame_json_log(text: Text, where: str) -> Iterator[Part]:
    """Yield the events of a log in JSON, in their order."""
    with read_json_log(JsonText(text.read, where), where) as log:
        yield from _parts(log)


def _parts(log: Log) -> Iterator[Part]:
    named = [*log.object_types, *log.attributes]
    columns = free_names([*OWN, *(name or "_" for name in named)])
    schema = schema_of(columns)
    yield Part(schema.empty_table())
    events = enumerate(log.events, start=1)
    while batch := list(islice(events, ROWS)):
        rows: list[tuple[int, list[str | None]]] = []
        bad: list[Quarantined] = []
        for index, event in batch:
            if isinstance(event, Quarantined):
                bad.append(event)
                continue
            row, problem = row_of(event, log), problem_in(event)
            if problem:
                raw = TO_JSON(dict(zip(columns, row, strict=True)))
                told = raw.encode("utf-8", "surrogateescape")
                bad.append(Quarantined(index, index, index, problem, told))
            else:
                rows.append((index, row))
        yield Part(_table(rows, schema), tuple(bad), record_lines=len(batch))


def _table(rows: list[tuple[int, list[str | None]]], schema: pa.Schema) -> pa.Table:
    values = zip(*(row for _, row in rows), strict=True)
    columns = [pa.array(column, pa.string()) for column in values]
    if not rows:
        return schema.empty_table()
    return table_of([index for index, _ in rows], columns, schema)
