"""Frame JSON lines: one line is one record, and must hold one JSON object."""

import json
from collections.abc import Iterator

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from journeymine.ingest.lines import Lines, lines_of, unreadable
from journeymine.ingest.parts import Part, Quarantined, schema_of, table_of
from journeymine.ingest.window import Block, Window

SCHEMA = schema_of(["payload"])
SPACE = " \t\r\n"
IS_OBJECT = """
    select json_valid(payload) and starts_with(payload, '{') as is_object
    from candidates
"""


def frame_json_lines(window: Window) -> Iterator[Part]:
    """Yield the records of a text, each good one as `payload`, trimmed of space.

    A line of nothing but space is blank.
    """
    yield Part(SCHEMA.empty_table())
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
    payload = pc.ascii_trim(_as_array(lines), characters=SPACE)
    is_filled = np.asarray(pc.binary_length(payload)) > 0
    is_candidate = is_filled & ~_is_unreadable(lines)
    is_good = is_candidate.copy()
    candidates = payload.filter(pa.array(is_candidate))
    connection.register("candidates", pa.table({"payload": candidates}))
    is_object = np.asarray(connection.execute(IS_OBJECT).fetchnumpy()["is_object"])
    connection.unregister("candidates")
    is_good[is_candidate] = is_object
    record_index = before + np.cumsum(is_filled)
    good = candidates if is_object.all() else candidates.filter(pa.array(is_object))
    return Part(
        table_of(record_index[is_good], [good], SCHEMA),
        tuple(
            Quarantined(
                int(record_index[index]),
                block.offset + int(lines.starts[index]),
                block.line + index + 1,
                _reason(lines.raw(index)),
                lines.raw(index),
            )
            for index in np.flatnonzero(is_filled & ~is_good).tolist()
        ),
        record_lines=int(is_filled.sum()),
        blank=int((~is_filled).sum()),
    )


def _as_array(lines: Lines) -> pa.StringArray:
    """Return the lines as an Arrow array over the same memory."""
    bounds = np.append(lines.starts, len(lines.text)).astype(np.int32)
    buffers = [None, pa.py_buffer(bounds), pa.py_buffer(lines.text)]
    return pa.StringArray.from_buffers(len(lines.starts), *buffers[1:])


def _is_unreadable(lines: Lines) -> npt.NDArray[np.bool_]:
    """Return which lines hold bytes that no reader may be given."""
    count = len(lines.starts)
    if unreadable(lines.text) is None:
        return np.zeros(count, dtype=bool)
    found = (unreadable(lines.raw(index)) is not None for index in range(count))
    return np.fromiter(found, dtype=bool, count=count)


def _reason(raw: bytes) -> str:
    problem = unreadable(raw)
    if problem:
        return problem
    text = raw.decode().strip(SPACE)
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except RecursionError:
        return "JSON nested too deeply"
    except ValueError:
        return "not valid JSON"
    if text[end:].strip(SPACE):
        return "more than one JSON value on the line"
    return "not valid JSON" if isinstance(value, dict) else "not a JSON object"
