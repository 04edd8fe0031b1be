"""Split plain delimited text all at once: the fast way to the framer's rows."""

import codecs
import io

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from journeymine.ingest.layout import Layout
from journeymine.ingest.lines import Lines, lines_of, unreadable
from journeymine.ingest.parts import Part, Quarantined, table_of
from journeymine.ingest.window import Block

TOO_FEW, TOO_MANY = "too few fields", "too many fields"


def split_plain(block: Block, layout: Layout, before: int) -> Part | None:
    """Return the records of a block, or None where a byte asks for the framer.

    `before` counts the records that stand before the block.
    """
    if layout.refused or not layout.width or not _is_plain(block.text):
        return None
    lines = lines_of(block.text)
    fields = _fields(lines, layout.delimiter)
    is_filled = lines.ends > lines.starts
    is_good = is_filled & (fields == layout.width)
    values = _columns(_text_of(lines, is_good), layout)
    if values is None:
        return None
    record_index = before + np.cumsum(is_filled)
    return Part(
        table_of(record_index[is_good], values, layout.schema),
        tuple(
            Quarantined(
                int(record_index[index]),
                block.offset + int(lines.starts[index]),
                block.line + index + 1,
                TOO_FEW if fields[index] < layout.width else TOO_MANY,
                lines.raw(index),
            )
            for index in np.flatnonzero(is_filled & ~is_good).tolist()
        ),
        record_lines=int(is_filled.sum()),
        blank=int((~is_filled).sum()),
    )


def _is_plain(text: bytes) -> bool:
    return (
        b'"' not in text
        and text.count(b"\r") == text.count(b"\r\n")
        and unreadable(text) is None
    )


def _fields(lines: Lines, delimiter: bytes) -> npt.NDArray[np.int64]:
    """Return the number of fields of each line."""
    values = np.frombuffer(lines.text, dtype=np.uint8)
    places = np.flatnonzero(values == ord(delimiter))
    return np.diff(np.searchsorted(places, np.append(lines.starts, len(values)))) + 1


def _text_of(lines: Lines, is_wanted: npt.NDArray[np.bool_]) -> bytes:
    """Return the text of some lines."""
    if is_wanted.all():
        return lines.text
    values = np.frombuffer(lines.text, dtype=np.uint8)
    sizes = np.diff(np.append(lines.starts, len(values)))
    return values[np.repeat(is_wanted, sizes)].tobytes()


def _columns(text: bytes, layout: Layout) -> list[pa.ChunkedArray] | None:
    """Return the columns of a text whose lines all have the right width."""
    if not text:
        return [pa.array([], pa.string()) for _ in layout.columns]
    if text.startswith(codecs.BOM_UTF8):
        return None  # Arrow would drop it, although it is data here
    names = [str(position) for position in range(layout.width)]
    table = csv.read_csv(
        io.BytesIO(text),
        csv.ReadOptions(
            use_threads=False, block_size=len(text) + 1, column_names=names
        ),
        csv.ParseOptions(
            delimiter=layout.delimiter.decode(),
            quote_char=False,
            double_quote=False,
            ignore_empty_lines=False,
        ),
        csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
        ),
    )
    named = len(layout.columns)
    for unnamed in table.columns[named:]:
        if pc.max(pc.binary_length(unnamed)).as_py():
            return None
    return list(table.columns[:named])
