"""Frame CSV and TSV: a header, then records of as many fields.

What a record is, is said in `framer.py`; `records.py` finds those of a block all at
once, and `splitter.py` puts the good ones into columns.
"""

from collections.abc import Iterator

from journeymine.config_dialect import Dialect
from journeymine.ingest.header import read_header
from journeymine.ingest.parts import Part
from journeymine.ingest.splitter import split
from journeymine.ingest.window import Window

DELIMITERS = {"csv": b",", "tsv": b"\t"}
ORDINARY = Dialect()


def frame_delimited(
    window: Window, delimiter: bytes, dialect: Dialect = ORDINARY
) -> Iterator[Part]:
    """Yield the records of a delimited text, whose first lines not blank are a header.

    A file whose header is refused (`Part.refused`) has no good record.
    """
    layout, part = read_header(window, delimiter, dialect)
    yield part
    records = 0
    while block := window.block():
        part, used = split(block, layout, records)
        window.use(used)
        records += part.records
        yield part
