"""What framing a file yields, piece by piece, and what is counted of it."""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

JSON_FORMATS = ("jsonl", "json")
"""Formats whose records are JSON objects, in one column `payload`."""

QUARANTINE = pa.schema(
    [
        ("record_index", pa.int64()),
        ("offset", pa.int64()),
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("raw", pa.binary()),
    ]
)


PLACES = pa.schema(
    [
        ("record_index", pa.int64()),
        ("offset", pa.int64()),
        ("line", pa.int64()),
        ("bytes", pa.int64()),
        ("raw", pa.binary()),
    ]
)
"""Where each good record stands in the decoded text: one row per row of `Part.rows`.

`bytes` is the length with the line end. `raw` is null where the record's values,
joined by the delimiter, give its bytes back.
"""


@dataclass(frozen=True)
class Load:
    """One file of a source and what was counted in it.

    `file` is relative to the project file, `bytes` counts after decompression.
    `lines` = `header` + `blank` + the lines of `records`; `quarantined` of the
    records are not good. `refused` says why none is, where the whole file is wrong.
    """

    file: str
    sha256: str
    bytes: int
    lines: int
    header: int
    blank: int
    records: int
    quarantined: int
    is_new: bool
    refused: str | None


@dataclass(frozen=True)
class Content:
    """What `load.json` says of a landed content; the counts are those of `Load`.

    `text_bytes` counts the decoded text: `header_bytes` + `blank_bytes` +
    `record_bytes`; all are 0 in formats without lines. `record_lines` are the lines of
    all records. `columns` are those of the good
    records, without `record_index`; `keys` those of JSON objects. `types` are what the
    values of the first records look like, by column or key. `framing` is the version
    of the framers: contents that an older one made are landed again. `dialect` is what
    the source said of how its files are laid out.

    Under `[privacy]`, `pseudonyms` tells the key and the rules of its tokens, and
    `kept` the columns whose values were kept.
    """

    sha256: str
    bytes: int
    lines: int
    header: int
    blank: int
    records: int
    quarantined: int
    refused: str | None
    format: str
    encoding: str
    framing: int
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    types: dict[str, str]
    text_bytes: int
    header_bytes: int
    blank_bytes: int
    record_bytes: int
    record_lines: int
    dialect: dict[str, Any] = field(default_factory=dict, kw_only=True)
    pseudonyms: str | None = field(default=None, kw_only=True)
    kept: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def is_json(self) -> bool:
        """Whether its records are JSON objects: then their keys are its columns."""
        return self.format in JSON_FORMATS

    @property
    def names(self) -> tuple[str, ...]:
        """What its values are called: columns, or the keys of JSON objects."""
        return self.keys if self.is_json else self.columns


@dataclass(frozen=True)
class Size:
    """How large a file is, as counted without the framers.

    `bytes` counts after decompression; `lines` and `text_bytes` count the decoded
    text, and are None in formats where a line is a record.
    """

    bytes: int
    lines: int | None = None
    text_bytes: int | None = None


@dataclass(frozen=True)
class Quarantined:
    """A record that is not good: where it stands, why, and its bytes.

    `record_index` and `line` count from 1, `offset` from 0, in the decoded text.
    """

    record_index: int
    offset: int
    line: int
    reason: str
    raw: bytes


@dataclass(frozen=True)
class Part:
    """A piece of a framed file.

    Attributes
    ----------
    rows
        Good records: `record_index`, then text columns; those of the last part where
        there are rows, and of every part that has rows.
    quarantined
        The other records.
    places
        Where the good records stand (`PLACES`); None in formats without lines.
    record_lines, record_bytes
        Lines and bytes that belong to records, good or not.
    header, header_bytes, blank, blank_bytes
        Lines and bytes that belong to none. A mark at the start of the text (BOM)
        counts with the bytes of the header.
    keys
        Names of the values in JSON objects, in order of first appearance.
    refused
        Why no record of the file is good, where it is wrong as a whole.
    """

    rows: pa.Table
    quarantined: tuple[Quarantined, ...] = ()
    places: pa.Table | None = None
    record_lines: int = 0
    record_bytes: int = 0
    header: int = 0
    header_bytes: int = 0
    blank: int = 0
    blank_bytes: int = 0
    keys: tuple[str, ...] = ()
    refused: str | None = None

    @property
    def records(self) -> int:
        """Records of the part, good or not."""
        return int(self.rows.num_rows) + len(self.quarantined)


def schema_of(columns: list[str]) -> pa.Schema:
    """Return the schema of good records: their index, then one text per column."""
    fields = [pa.field("record_index", pa.int64())]
    return pa.schema([*fields, *(pa.field(name, pa.string()) for name in columns)])


def table_of(record_index: Any, values: list[Any], schema: pa.Schema) -> pa.Table:  # noqa: ANN401  # Arrow's classes carry no types
    """Return good records as a table from their index and their columns."""
    index = pa.array(record_index, pa.int64())
    return pa.Table.from_arrays([index, *values], schema=schema)


def quarantine_table(records: tuple[Quarantined, ...]) -> pa.Table:
    """Return quarantined records as a table."""
    columns = [
        [getattr(record, name) for record in records] for name in QUARANTINE.names
    ]
    return pa.table(columns, schema=QUARANTINE)
