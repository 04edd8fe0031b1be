"""Frame plain text: one line is one record, with nothing but `line` in it."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from journeymine.ingest.bad_lines import quarantined
from journeymine.ingest.lines import (
    LONGEST_RECORD,
    TOO_LONG,
    Lines,
    lines_of,
    unreadable_at,
)
from journeymine.ingest.parts import PLACES, Part, schema_of, table_of
from journeymine.ingest.window import Block, Window

SCHEMA = schema_of(["line"])


def frame_plain_lines(window: Window) -> Iterator[Part]:
    """Yield the lines of a text, without their ends; an empty one is blank."""
    yield Part(SCHEMA.empty_table(), header_bytes=window.offset)
    records = 0
    while block := window.block():
        part = _framed(block, lines_of(block.text), records)
        window.use(len(block.text))
        records += part.records
        yield part


def _framed(block: Block, lines: Lines, before: int) -> Part:
    bounds = np.append(lines.starts, len(lines.text))
    sizes, lengths = np.diff(bounds), lines.ends - lines.starts
    is_blank = lengths == 0
    bad = unreadable_at(lines.text, bounds)
    long = np.flatnonzero(sizes > LONGEST_RECORD).tolist()
    bad |= dict.fromkeys(long, TOO_LONG)
    is_good = ~is_blank
    is_good[list(bad)] = False
    record_index = before + np.cumsum(~is_blank)
    places = (
        record_index[is_good],
        (block.offset + lines.starts)[is_good],
        block.line + 1 + np.flatnonzero(is_good),
        sizes[is_good],
        pa.nulls(int(is_good.sum()), pa.binary()),  # a line and its end are its bytes
    )
    return Part(
        table_of(record_index[is_good], [_values(lines, lengths, is_good)], SCHEMA),
        quarantined(block, lines, record_index, bad),
        places=pa.Table.from_arrays([*map(pa.array, places)], schema=PLACES),
        record_lines=int((~is_blank).sum()),
        record_bytes=int(sizes[~is_blank].sum()),
        blank=int(is_blank.sum()),
        blank_bytes=int(sizes[is_blank].sum()),
    )


def _values(
    lines: Lines, lengths: npt.NDArray[np.int64], is_good: npt.NDArray[np.bool_]
) -> pa.StringArray:
    """Return the good lines, over one copy of the text without line ends."""
    text = lines.text
    if b"\r" in text:  # which is seen faster than replaced
        text = text.replace(b"\r\n", b"\n")
    text = text.translate(None, b"\n")
    bounds = np.append(0, np.cumsum(lengths)).astype(np.int32)
    buffers = [pa.py_buffer(bounds), pa.py_buffer(text)]
    values = pa.StringArray.from_buffers(len(lengths), *buffers)
    return values if is_good.all() else values.filter(pa.array(is_good))
