"""Frame JSON documents: one array of objects, or an object that holds one.

Each object of the array is one record, and counts as one line, however it is laid out.
What stands around the array counts with the bytes of the header, what stands between
the objects with those of blank lines. Where the text ends early, or is no JSON, all
that follows the last comma is one bad record: it may hold many.
"""

from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from journeymine.ingest.json_elements import Elements
from journeymine.ingest.json_records import (
    SCHEMA,
    SEVERAL,
    SPACE,
    Indexes,
    as_array,
    bounds_of,
    problems_of,
    raw_at,
    taken,
)
from journeymine.ingest.json_search import found_records
from journeymine.ingest.json_source import DamagedError, JsonText
from journeymine.ingest.lines import Lines
from journeymine.ingest.parts import PLACES, Part, Quarantined, table_of

NO_COMMA = "no comma between two JSON values"
DAMAGED = "the JSON document ends here, or is damaged"


def frame_json_document(
    text: JsonText, records: str | None, where: str
) -> Iterator[Part]:
    """Yield the records of a document, each good one as `payload`.

    Parameters
    ----------
    text
        The document.
    records
        Where the array stands, as a path with dots; None: wherever there is one.
    where
        Begins every error line.

    Raises
    ------
    SourceError
        If there is no such array, or another one as well.
    """
    yield Part(SCHEMA.empty_table())
    count = 0
    with duckdb.connect(config={"threads": 1}) as connection:
        try:
            for elements in found_records(text, records, where):
                part = _framed(text, elements, count, connection)
                count += part.records
                yield part
        except DamagedError:
            yield _damaged(text, count + 1)
    yield Part(SCHEMA.empty_table(), header_bytes=text.around)


def _framed(
    text: JsonText,
    elements: Elements,
    before: int,
    connection: duckdb.DuckDBPyConnection,
) -> Part:
    # Each with the space before its value, and the comma behind it.
    begins = np.append(0, elements.ends[:-1] + 1)
    pieces = Lines(elements.text, begins, elements.ends)
    left = pc.ascii_ltrim(as_array(pieces), characters=SPACE)
    payload = pc.ascii_rtrim(left, characters=f"{SPACE},")
    lengths = np.asarray(pc.binary_length(payload), dtype=np.int64)
    is_good = lengths > 0
    filled = np.flatnonzero(is_good)
    bad, keys = problems_of(pieces, payload, filled, connection)
    bad = {index: bad[index] for index in sorted(bad) if lengths[index]}
    is_good[list(bad)] = False
    good = np.flatnonzero(is_good)
    starts = bounds_of(pieces)[1:] - np.asarray(pc.binary_length(left))
    places = _places(text, pieces.text, starts, lengths, before)
    told = taken(places, good)
    index = told["record_index"].to_numpy()
    return Part(
        table_of(index, [taken(payload, good)], SCHEMA),
        _quarantined(places, payload, bad),
        places=told,
        record_lines=len(filled),
        record_bytes=int(lengths.sum()),
        blank_bytes=len(pieces.text) - int(lengths.sum()),
        keys=keys,
    )


def _places(
    text: JsonText, elements: bytes, starts: Indexes, lengths: Indexes, before: int
) -> pa.Table:
    """Return where values stand, also blank ones, each by its start in `elements`."""
    values = np.frombuffer(elements, dtype=np.uint8)
    breaks = np.flatnonzero(values == ord("\n"))
    columns = [
        before + np.cumsum(lengths > 0),
        text.offset + starts,
        text.line + np.searchsorted(breaks, starts),
        lengths,
        pa.nulls(len(starts), pa.binary()),
    ]
    return pa.table(columns, schema=PLACES)


def _quarantined(
    places: pa.Table, payload: pa.StringArray, bad: dict[int, str]
) -> tuple[Quarantined, ...]:
    rows = places.take(pa.array(list(bad), pa.int64())).to_pylist()
    return tuple(
        Quarantined(
            row["record_index"],
            row["offset"],
            row["line"],
            NO_COMMA if reason == SEVERAL else reason,
            raw_at(payload, index),
        )
        for row, (index, reason) in zip(rows, bad.items(), strict=True)
    )


def _damaged(text: JsonText, record_index: int) -> Part:
    raw = text.rest()
    bad = Quarantined(record_index, text.offset, text.line, DAMAGED, raw)
    return Part(SCHEMA.empty_table(), (bad,), record_lines=1, record_bytes=len(raw))
