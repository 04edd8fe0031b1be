"""Good records of delimited text as Arrow columns, and the bytes that these lack."""

import codecs
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

from journeymine.ingest.framer import LINE_ENDS, Record
from journeymine.ingest.layout import Layout
from journeymine.ingest.records import Records

_Mask = npt.NDArray[np.bool_]


def columns_of(
    records: Records, is_good: _Mask, layout: Layout
) -> list[pa.ChunkedArray]:
    """Return one text column per field, with or without a name, of the good records.

    Each of them has the layout's width. Arrow reads them as the framer does, save that
    a single CR ends a line: records that may hold one are written in quotes.
    """
    if not layout.quote:
        return _unquoted_columns(_text_of(records, is_good, {}), layout)
    written = {
        index: _quoted(record, layout.delimiter)
        for index, record in records.framed.items()
        if is_good[index] and b"\r" in records.text[record.start : record.end]
    }
    text = _text_of(records, is_good, written)
    return _read(text, layout, has_quotes=b'"' in text)


def _unquoted_columns(text: bytes, layout: Layout) -> list[pa.ChunkedArray]:
    """Return the columns of records where quotes are characters like others."""
    text = text.replace(b"\r\n", b"\n")
    if b"\r" not in text:
        return _read(text, layout, has_quotes=False)
    # Arrow would end a line at a single CR, and no quotes can hold one here.
    values = np.frombuffer(text if text.endswith(b"\n") else text + b"\n", np.uint8)
    is_end = (values == ord(layout.delimiter)) | (values == ord("\n"))
    ends = np.flatnonzero(is_end)
    bounds = np.append(0, ends - np.arange(len(ends))).astype(np.int32)
    buffers = [pa.py_buffer(buffer) for buffer in (bounds, values[~is_end])]
    fields = pa.StringArray.from_buffers(len(ends), *buffers)
    places = np.arange(len(ends)).reshape(-1, layout.width).T
    return [pa.chunked_array([fields.take(pa.array(column))]) for column in places]


def _read(text: bytes, layout: Layout, *, has_quotes: bool) -> list[pa.ChunkedArray]:
    if not text:
        return [pa.chunked_array([], pa.string()) for _ in range(layout.width)]
    if text.startswith(codecs.BOM_UTF8):
        text = codecs.BOM_UTF8 + text  # Arrow drops one, although it is data here
    names = [str(position) for position in range(layout.width)]
    table = csv.read_csv(
        pa.BufferReader(text),
        csv.ReadOptions(
            use_threads=False, block_size=len(text) + 1, column_names=names
        ),
        csv.ParseOptions(
            delimiter=layout.delimiter.decode(),
            quote_char='"' if has_quotes else False,
            double_quote=has_quotes,
            newlines_in_values=has_quotes,
            ignore_empty_lines=False,
        ),
        csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
        ),
    )
    return list(table.columns)


def raw_of(records: Records, is_good: _Mask, layout: Layout) -> pa.BinaryArray:
    """Return the bytes of the good records that joining their values does not give."""
    delimiter, is_named = layout.delimiter, layout.width == len(layout.columns)
    is_wanted = records.is_quoted & is_good if is_named else is_good.copy()
    for index, record in records.framed.items():
        if not is_wanted[index] or not is_named:
            continue
        joined = delimiter.join(record.fields)
        ending = records.text[record.start + len(joined) : record.end]
        is_same = records.text.startswith(joined, record.start)
        is_wanted[index] = not (is_same and ending in LINE_ENDS)
    wanted = is_wanted[is_good]
    if not wanted.any():
        return pa.nulls(len(wanted), pa.binary())
    sizes = np.where(wanted, np.diff(records.bounds)[is_good], 0)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    is_valid = np.packbits(wanted, bitorder="little")
    text = _text_of(records, is_wanted, {})
    buffers = [pa.py_buffer(buffer) for buffer in (is_valid, bounds, text)]
    return pa.BinaryArray.from_buffers(pa.binary(), len(wanted), buffers)


def _text_of(records: Records, is_wanted: _Mask, written: Mapping[int, bytes]) -> bytes:
    """Return the text of some records, some of them as written anew."""
    is_kept = is_wanted.copy()
    is_kept[list(written)] = False
    if is_kept.all() and records.bounds[-1] == len(records.text):
        return records.text
    turns = np.flatnonzero(np.diff(is_kept, prepend=False, append=False))
    begins, ends = records.bounds[turns[::2]], records.bounds[turns[1::2]]
    view = memoryview(records.text)
    runs = map(view.__getitem__, map(slice, begins.tolist(), ends.tolist()))
    pieces: list[tuple[int, bytes | memoryview]] = [
        *zip(turns[::2].tolist(), runs, strict=True),
        *written.items(),
    ]
    return b"".join(piece for _, piece in sorted(pieces))


def _quoted(record: Record, delimiter: bytes) -> bytes:
    fields = (field.replace(b'"', b'""') for field in record.fields)
    return b'"%b"\n' % b'"%b"'.replace(b"%b", delimiter).join(fields)
