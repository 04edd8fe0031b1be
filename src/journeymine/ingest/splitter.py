"""Split a block of delimited text: good records into columns, the others out."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from journeymine.ingest.columns import columns_of, raw_of
from journeymine.ingest.layout import Layout
from journeymine.ingest.lines import LONGEST_RECORD, TOO_LONG, unreadable_at
from journeymine.ingest.parts import PLACES, Part, Quarantined, table_of
from journeymine.ingest.records import Records, records_of
from journeymine.ingest.window import Block

TOO_FEW, TOO_MANY = "too few fields", "too many fields"
TRAILING = "value in a column without a name"


def split(block: Block, layout: Layout, before: int) -> tuple[Part, int]:
    """Return the records of a block, and how many of its bytes they take.

    `before` counts the records that stand before the block.
    """
    records = records_of(
        block.text, block.is_last, layout.delimiter, quote=layout.quote
    )
    problems = _problems_of(records, layout)
    is_blank = records.fields == 0
    is_good = ~is_blank
    is_good[list(problems)] = False
    columns = columns_of(records, is_good, layout)
    values, unnamed = columns[: len(layout.columns)], columns[len(layout.columns) :]
    is_empty = _are_empty(unnamed, int(is_good.sum()))
    if not is_empty.all():
        filled = np.flatnonzero(is_good)[~is_empty].tolist()
        problems |= dict.fromkeys(filled, TRAILING)
        is_good[filled] = False
        values = [column.filter(pa.array(is_empty)) for column in values]
    record_index = before + np.cumsum(~is_blank)
    used, blank = int(records.bounds[-1]), int(is_blank.sum())
    blank_bytes = int(np.diff(records.bounds)[is_blank].sum())
    part = Part(
        table_of(record_index[is_good], values, layout.schema),
        _quarantined(problems, records, block, record_index),
        _places(records, is_good, block, record_index, layout),
        record_lines=int(records.lines[-1]) - blank,
        record_bytes=used - blank_bytes,
        blank=blank,
        blank_bytes=blank_bytes,
    )
    return part, used


def _problems_of(records: Records, layout: Layout) -> dict[int, str]:
    """Return why records are not good, by index; the first of several reasons."""
    fields = records.fields
    problems: dict[int, str] = {}
    for is_wrong, reason in (
        (fields < layout.width, TOO_FEW),
        (fields > layout.width, TOO_MANY),
    ):
        wrong = np.flatnonzero(is_wrong & (fields != 0))
        problems |= dict.fromkeys(wrong.tolist(), reason)
    problems |= {
        index: record.reason
        for index, record in records.framed.items()
        if record.reason
    }
    if layout.refused:
        problems = dict.fromkeys(np.flatnonzero(fields).tolist(), layout.refused)
    problems |= unreadable_at(records.text, records.bounds)
    long = np.flatnonzero(np.diff(records.bounds) > LONGEST_RECORD)
    return problems | dict.fromkeys(long.tolist(), TOO_LONG)


def _are_empty(columns: list[pa.ChunkedArray], rows: int) -> npt.NDArray[np.bool_]:
    """Return in which rows no column holds anything."""
    is_empty = np.ones(rows, dtype=bool)
    for column in columns:
        is_empty &= np.asarray(pc.binary_length(column)) == 0
    return is_empty


def _quarantined(
    problems: Mapping[int, str],
    records: Records,
    block: Block,
    record_index: npt.NDArray[np.int64],
) -> tuple[Quarantined, ...]:
    picked = sorted(problems)
    where = (
        record_index[picked],
        records.bounds[:-1][picked],
        records.bounds[1:][picked],
        block.line + 1 + records.lines[:-1][picked],
    )
    numbers = zip(*(column.tolist() for column in where), strict=True)
    return tuple(
        Quarantined(index, block.offset + start, line, reason, block.text[start:end])
        for (index, start, end, line), reason in zip(
            numbers, map(problems.__getitem__, picked), strict=True
        )
    )


def _places(
    records: Records,
    is_good: npt.NDArray[np.bool_],
    block: Block,
    record_index: npt.NDArray[np.int64],
    layout: Layout,
) -> pa.Table:
    """Return where the good records stand, with the bytes that their values lack."""
    where = (
        record_index[is_good],
        block.offset + records.bounds[:-1][is_good],
        block.line + 1 + records.lines[:-1][is_good],
        np.diff(records.bounds)[is_good],
    )
    raw = raw_of(records, is_good, layout)
    return pa.Table.from_arrays([*map(pa.array, where), raw], schema=PLACES)
