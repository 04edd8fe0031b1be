"""Frame CSV and TSV: a header, then records of as many fields.

What a record is, is said in `framer.py`; `records.py` finds those of a block all at
once, and `splitter.py` puts the good ones into columns.
"""

from collections.abc import Iterator

from journeymine.ingest.framer import frame_records
from journeymine.ingest.layout import Layout, layout_of
from journeymine.ingest.parts import PLACES, Part
from journeymine.ingest.splitter import split
from journeymine.ingest.window import Window


def frame_delimited(window: Window, delimiter: bytes) -> Iterator[Part]:
    """Yield the records of a delimited text, whose first line not blank is a header.

    A file whose header is refused (`Part.refused`) has no good record.
    """
    layout, part = _read_header(window, delimiter)
    yield part
    records = 0
    while block := window.block():
        part, used = split(block, layout, records)
        window.use(used)
        records += part.records
        yield part


def _read_header(window: Window, delimiter: bytes) -> tuple[Layout, Part]:
    """Read up to the header; return it, and a part without records."""
    layout, lines, blank, blank_bytes = Layout(delimiter), 0, 0, 0
    header_bytes = window.offset  # of the mark, which a file without a header has too
    while not lines and (block := window.block()):
        used = 0
        for record in frame_records(block.text, block.is_last, delimiter):
            used = record.end
            if record.fields or record.reason:
                raw = block.text[record.start : record.end]
                layout, lines = layout_of(record, raw, delimiter), record.lines
                header_bytes += len(raw)
                break
            blank += 1
            blank_bytes += record.end - record.start
        window.use(used)
    part = Part(
        layout.schema.empty_table(),
        places=PLACES.empty_table(),
        header=lines,
        header_bytes=header_bytes,
        blank=blank,
        blank_bytes=blank_bytes,
        refused=layout.refused,
    )
    return layout, part
