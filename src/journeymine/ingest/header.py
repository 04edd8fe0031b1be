"""Read the header of a delimited file, or do without one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from journeymine.config_dialect import Dialect
from journeymine.ingest.framer import Record, frame_records
from journeymine.ingest.layout import HeaderRow, Layout, layout_of
from journeymine.ingest.lines import lines_of
from journeymine.ingest.parts import PLACES, Part
from journeymine.ingest.window import Block, Window


@dataclass
class _Counts:
    """What the header takes, and the blank lines before and within it."""

    header: int = 0
    header_bytes: int = 0
    blank: int = 0
    blank_bytes: int = 0


@dataclass
class _Header:
    rows: list[HeaderRow] = field(default_factory=list)
    counts: _Counts = field(default_factory=_Counts)


def read_header(
    window: Window, delimiter: bytes, dialect: Dialect
) -> tuple[Layout, Part]:
    """Read up to the end of the header; return what it says, and a part without rows.

    A file whose columns the project names is read from its first line on.
    """
    header = _Header()
    # The mark at the start is there also without a header.
    header.counts.header_bytes = window.offset
    wanted = 0 if dialect.header else dialect.header_rows
    while len(header.rows) < wanted and (block := window.block()):
        records = _records(block, delimiter, quote=dialect.quote)
        window.use(_add_rows(header, records, block.text, wanted))
    layout = layout_of(header.rows, delimiter, dialect)
    part = Part(
        layout.schema.empty_table(),
        places=PLACES.empty_table(),
        refused=layout.refused,
        **vars(header.counts),
    )
    return layout, part


def _add_rows(
    header: _Header, records: Iterator[Record], text: bytes, wanted: int
) -> int:
    """Add the rows that stand at the start of a text; return where they end."""
    used, counts = 0, header.counts
    for record in records:
        used = record.end
        if record.fields or record.reason:
            raw = text[record.start : record.end]
            header.rows.append((record, raw))
            counts.header += record.lines
            counts.header_bytes += len(raw)
        else:
            counts.blank += 1
            counts.blank_bytes += record.end - record.start
        if len(header.rows) == wanted:
            break
    return used


def _records(block: Block, delimiter: bytes, *, quote: bool) -> Iterator[Record]:
    if quote:
        yield from frame_records(block.text, block.is_last, delimiter)
        return
    lines = lines_of(block.text)
    for index, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        fields = block.text[start:end].split(delimiter) if end > start else []
        size = len(lines.raw(index))
        yield Record(int(start), int(start) + size, 1, fields, None)
