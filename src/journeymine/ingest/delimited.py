"""Frame CSV and TSV: a header, then records of as many fields.

Blocks without quotes, NUL bytes, single CRs and undecodable bytes are split all at
once (`splitter.py`), the others record by record (`framer.py`): the same rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from journeymine.ingest.framer import Record, frame_records
from journeymine.ingest.layout import Layout, layout_of
from journeymine.ingest.lines import unreadable
from journeymine.ingest.parts import Part, Quarantined, table_of
from journeymine.ingest.splitter import TOO_FEW, TOO_MANY, split_plain
from journeymine.ingest.window import Block, Window

TRAILING = "value in a column without a name"


def frame_delimited(window: Window, delimiter: bytes) -> Iterator[Part]:
    """Yield the records of a delimited text, whose first line not blank is a header.

    A file whose header is refused (`Part.refused`) has no good record.
    """
    layout, part = _read_header(window, delimiter)
    yield part
    records = 0
    while block := window.block():
        part, used = _split(block, layout, records)
        window.use(used)
        records += part.records
        yield part


def frame_slowly(block: Block, layout: Layout, before: int) -> tuple[Part, int]:
    """Return the records of a block, and how many of its bytes they take.

    `before` counts the records that stand before the block.
    """
    found = _Found(before)
    is_readable = unreadable(block.text) is None
    for record in frame_records(block.text, block.is_last, layout.delimiter):
        found.used = record.end
        if record.fields or record.reason:
            problem = None
            if not is_readable:
                problem = unreadable(block.text[record.start : record.end])
            found.add(record, problem or _problem_of(record, layout), block)
        else:
            found.blank += 1
            found.lines += 1
    return found.part(layout), found.used


def _split(block: Block, layout: Layout, before: int) -> tuple[Part, int]:
    part = split_plain(block, layout, before)
    return (part, len(block.text)) if part else frame_slowly(block, layout, before)


def _read_header(window: Window, delimiter: bytes) -> tuple[Layout, Part]:
    """Read up to the header; return it, and a part without records."""
    layout, lines, blank = Layout(delimiter), 0, 0
    while not lines and (block := window.block()):
        used = 0
        for record in frame_records(block.text, block.is_last, delimiter):
            used = record.end
            if record.fields or record.reason:
                raw = block.text[record.start : record.end]
                layout, lines = layout_of(record, raw, delimiter), record.lines
                break
            blank += 1
        window.use(used)
    rows = layout.schema.empty_table()
    return layout, Part(rows, header=lines, blank=blank, refused=layout.refused)


@dataclass
class _Found:
    """Records of one block, as they are framed."""

    records: int
    good: list[list[bytes]] = field(default_factory=list)
    good_index: list[int] = field(default_factory=list)
    bad: list[Quarantined] = field(default_factory=list)
    blank: int = 0
    lines: int = 0
    used: int = 0

    def add(self, record: Record, problem: str | None, block: Block) -> None:
        """Keep a record, as a good one unless there is a problem."""
        self.records += 1
        if problem:
            raw = block.text[record.start : record.end]
            offset, line = block.offset + record.start, block.line + self.lines + 1
            self.bad.append(Quarantined(self.records, offset, line, problem, raw))
        else:
            self.good.append(record.fields)
            self.good_index.append(self.records)
        self.lines += record.lines

    def part(self, layout: Layout) -> Part:
        """Return what was found."""
        columns = list(zip(*self.good, strict=True)) or [()] * layout.width
        values = [
            pa.array(column, pa.binary()).view(pa.string())
            for column in columns[: len(layout.columns)]
        ]
        rows = table_of(self.good_index, values, layout.schema)
        lines = self.lines - self.blank
        return Part(rows, tuple(self.bad), record_lines=lines, blank=self.blank)


def _problem_of(record: Record, layout: Layout) -> str | None:
    if layout.refused or record.reason:
        return layout.refused or record.reason
    if len(record.fields) == layout.width:
        is_named = layout.width == len(layout.columns)
        unnamed = not is_named and any(record.fields[len(layout.columns) :])
        return TRAILING if unnamed else None
    return TOO_FEW if len(record.fields) < layout.width else TOO_MANY
