"""Frame JSON lines: one line is one record, and must hold one JSON object.

JSON is what the standard calls so, strictly. A name may stand once in the object: of
two, readers keep the first or the last, and none of them says so.
"""

from collections.abc import Iterator

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from journeymine.ingest.json_objects import objects_in
from journeymine.ingest.lines import (
    LONGEST_RECORD,
    TOO_LONG,
    Lines,
    lines_of,
    unreadable_at,
)
from journeymine.ingest.parts import PLACES, Part, Quarantined, schema_of, table_of
from journeymine.ingest.strict_json import STRICT, is_deep, is_lax, suspects
from journeymine.ingest.window import Block, Window

SCHEMA = schema_of(["payload"])
NO_BYTES = pa.scalar(None, pa.binary())
SPACE = " \t\r\n"
INVALID, REPEATED, TOO_DEEP = "not valid JSON", "key repeated", "JSON nested too deeply"

Indexes = npt.NDArray[np.int64]


def frame_json_lines(window: Window) -> Iterator[Part]:
    """Yield the records of a text, each good one as `payload`, trimmed of space.

    A line of nothing but space is blank.
    """
    yield Part(SCHEMA.empty_table(), header_bytes=window.offset)
    records = 0
    with duckdb.connect(config={"threads": 1}) as connection:
        while block := window.block():
            part = _framed(block, lines_of(block.text), records, connection)
            window.use(len(block.text))
            records += part.records
            yield part


def _framed(
    block: Block, lines: Lines, before: int, connection: duckdb.DuckDBPyConnection
) -> Part:
    whole = _as_array(lines)
    payload = pc.ascii_trim(whole, characters=SPACE)
    lengths = np.asarray(pc.binary_length(payload))
    is_good = lengths > 0
    filled, blank = np.flatnonzero(is_good), np.flatnonzero(~is_good)
    bad, keys = _problems(lines, payload, filled, connection)
    is_good[list(bad)] = False
    good = np.flatnonzero(is_good)
    record_index = before + np.cumsum(lengths > 0)
    # Where no space was cut off, the payload and the line's end are all of its bytes.
    is_told = pa.array((lengths == lines.ends - lines.starts)[good])
    raw = pc.if_else(is_told, NO_BYTES, _taken(whole, good).view(pa.binary()))
    sizes = _sizes(lines)
    place = [block.offset + lines.starts, block.line + 1 + np.arange(len(sizes)), sizes]
    columns = [record_index[good], *(values[good] for values in place), raw]
    return Part(
        table_of(record_index[good], [_taken(payload, good)], SCHEMA),
        _quarantined(block, lines, record_index, bad),
        places=pa.table(columns, schema=PLACES),
        record_lines=len(filled),
        record_bytes=int(sizes[filled].sum()),
        blank=len(blank),
        blank_bytes=int(sizes[blank].sum()),
        keys=keys,
    )


def _quarantined(
    block: Block, lines: Lines, record_index: Indexes, bad: dict[int, str]
) -> tuple[Quarantined, ...]:
    return tuple(
        Quarantined(
            int(record_index[index]),
            block.offset + int(lines.starts[index]),
            block.line + 1 + index,
            bad[index],
            lines.raw(index),
        )
        for index in sorted(bad)
    )


def _problems(
    lines: Lines,
    payload: pa.StringArray,
    filled: Indexes,
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Return which records are bad, and why, by their line; and the others' keys."""
    bad = _unfit(lines, payload, filled)
    fit = np.setdiff1d(filled, list(bad)) if bad else filled
    objects = objects_in(_taken(payload, fit), connection)
    for index in fit[~objects.is_json].tolist():
        bad[index] = _reason(lines.raw(index))
    bad |= dict.fromkeys(fit[objects.is_repeated].tolist(), REPEATED)
    return bad, objects.keys


def _unfit(lines: Lines, payload: pa.StringArray, filled: Indexes) -> dict[int, str]:
    """Return which records are bad whatever DuckDB says of them."""
    bad = unreadable_at(lines.text, _bounds(lines))
    is_long = _sizes(lines)[filled] > LONGEST_RECORD
    bad |= dict.fromkeys(filled[is_long].tolist(), TOO_LONG)
    for index in suspects(lines, payload).tolist():
        raw = lines.raw(index)
        if index not in bad and is_deep(raw):
            bad[index] = TOO_DEEP
        elif index not in bad and is_lax(raw):
            bad[index] = _reason(raw)
    is_object = np.asarray(pc.starts_with(payload, "{"))[filled]
    for index in filled[~is_object].tolist():
        bad[index] = bad.get(index) or _reason(lines.raw(index))
    return bad


def _reason(raw: bytes) -> str:
    """Return why a line is no JSON object."""
    text = raw.decode().strip(SPACE)
    try:
        value, end = STRICT.raw_decode(text)
    except (ValueError, RecursionError):
        return INVALID
    if text[end:].strip(SPACE):
        return "more than one JSON value on the line"
    return INVALID if isinstance(value, dict) else "not a JSON object"


def _bounds(lines: Lines) -> Indexes:
    """Return where lines start, and where the last one ends."""
    return np.append(lines.starts, len(lines.text))


def _sizes(lines: Lines) -> Indexes:
    """Return the bytes of lines, their ends included."""
    return np.diff(_bounds(lines))


def _as_array(lines: Lines) -> pa.StringArray:
    """Return the lines as an Arrow array over the same memory."""
    bounds = pa.py_buffer(_bounds(lines).astype(np.int32))
    buffers = [bounds, pa.py_buffer(lines.text)]
    return pa.StringArray.from_buffers(len(lines.starts), *buffers)


def _taken(values: pa.Array, indexes: Indexes) -> pa.Array:
    """Return the values at indexes that rise; those of all are not copied."""
    return values if len(indexes) == len(values) else values.take(pa.array(indexes))
