"""Which of some texts are JSON objects as the standard has them; if not, why not.

JSON is what the standard calls so, strictly. A name may stand once in the object: of
two, readers keep the first or the last, and none of them says so.
"""

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from journeymine.ingest.json_objects import objects_in
from journeymine.ingest.lines import LONGEST_RECORD, TOO_LONG, Lines, unreadable_at
from journeymine.ingest.parts import schema_of
from journeymine.ingest.strict_json import STRICT, is_deep, is_lax, suspects

SCHEMA = schema_of(["payload"])
SPACE = " \t\r\n"
INVALID, REPEATED, TOO_DEEP = "not valid JSON", "key repeated", "JSON nested too deeply"
SEVERAL = "more than one JSON value on the line"

Indexes = npt.NDArray[np.int64]


def problems_of(
    pieces: Lines,
    payload: pa.StringArray,
    filled: Indexes,
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[int, str], tuple[str, ...]]:
    """Return which pieces of a text are bad, and why, by index; and the others' keys.

    `payload` are the pieces without what surrounds a value; it is empty in those that
    are not `filled`.
    """
    bad = _unfit(pieces, payload, filled)
    fit = np.setdiff1d(filled, list(bad)) if bad else filled
    objects = objects_in(taken(payload, fit), connection)
    for index in fit[~objects.is_json].tolist():
        bad[index] = _reason(raw_at(payload, index))
    bad |= dict.fromkeys(fit[objects.is_repeated].tolist(), REPEATED)
    return bad, objects.keys


def bounds_of(pieces: Lines) -> Indexes:
    """Return where pieces start, and where the last one ends."""
    return np.append(pieces.starts, len(pieces.text))


def as_array(pieces: Lines) -> pa.StringArray:
    """Return the pieces as an Arrow array over the same memory."""
    bounds = pa.py_buffer(bounds_of(pieces).astype(np.int32))
    buffers = [bounds, pa.py_buffer(pieces.text)]
    return pa.StringArray.from_buffers(len(pieces.starts), *buffers)


def taken(values: pa.Array, indexes: Indexes) -> pa.Array:
    """Return the values at indexes that rise; those of all are not copied."""
    return values if len(indexes) == len(values) else values.take(pa.array(indexes))


def raw_at(values: pa.StringArray, index: int) -> bytes:
    """Return the bytes of a value, which may be no UTF-8."""
    return bytes(values[index].as_buffer())


def _unfit(pieces: Lines, payload: pa.StringArray, filled: Indexes) -> dict[int, str]:
    """Return which pieces are bad whatever DuckDB says of them."""
    bad = unreadable_at(pieces.text, bounds_of(pieces))
    is_long = np.diff(bounds_of(pieces))[filled] > LONGEST_RECORD
    bad |= dict.fromkeys(filled[is_long].tolist(), TOO_LONG)
    for index in suspects(pieces, payload).tolist():
        raw = raw_at(payload, index)
        if index not in bad and is_deep(raw):
            bad[index] = TOO_DEEP
        elif index not in bad and is_lax(raw):
            bad[index] = _reason(raw)
    is_object = np.asarray(pc.starts_with(payload, "{"))[filled]
    for index in filled[~is_object].tolist():
        bad[index] = bad.get(index) or _reason(raw_at(payload, index))
    return bad


def _reason(raw: bytes) -> str:
    """Return why a text is no JSON object."""
    text = raw.decode()
    try:
        value, end = STRICT.raw_decode(text)
    except (ValueError, RecursionError):
        return INVALID
    if text[end:].strip(SPACE):
        return SEVERAL
    return INVALID if isinstance(value, dict) else "not a JSON object"
