"""Frame JSON lines: one line is one record, and must hold one JSON object."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from journeymine.ingest.bad_lines import quarantined
from journeymine.ingest.json_records import (
    SCHEMA,
    SPACE,
    as_array,
    bounds_of,
    problems_of,
    taken,
)
from journeymine.ingest.lines import Lines, lines_of
from journeymine.ingest.parts import PLACES, Part, table_of
from journeymine.ingest.window import Block, Window

NO_BYTES = pa.scalar(None, pa.binary())


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
    whole = as_array(lines)
    payload = pc.ascii_trim(whole, characters=SPACE)
    lengths = np.asarray(pc.binary_length(payload))
    is_good = lengths > 0
    filled, blank = np.flatnonzero(is_good), np.flatnonzero(~is_good)
    bad, keys = problems_of(lines, payload, filled, connection)
    is_good[list(bad)] = False
    good = np.flatnonzero(is_good)
    record_index = before + np.cumsum(lengths > 0)
    # Where no space was cut off, the payload and the line's end are all of its bytes.
    is_told = pa.array((lengths == lines.ends - lines.starts)[good])
    raw = pc.if_else(is_told, NO_BYTES, taken(whole, good).view(pa.binary()))
    sizes = np.diff(bounds_of(lines))
    place = [block.offset + lines.starts, block.line + 1 + np.arange(len(sizes)), sizes]
    columns = [record_index[good], *(values[good] for values in place), raw]
    return Part(
        table_of(record_index[good], [taken(payload, good)], SCHEMA),
        quarantined(block, lines, record_index, bad),
        places=pa.table(columns, schema=PLACES),
        record_lines=len(filled),
        record_bytes=int(sizes[filled].sum()),
        blank=len(blank),
        blank_bytes=int(sizes[blank].sum()),
        keys=keys,
    )
