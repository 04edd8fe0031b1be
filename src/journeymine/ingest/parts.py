"""What framing a file yields, piece by piece, and what is counted of it."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

QUARANTINE = pa.schema(
    [
        ("record_index", pa.int64()),
        ("offset", pa.int64()),
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("raw", pa.binary()),
    ]
)


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

    `columns` are those of the good records, without `record_index`. `framing` is the
    version of the framers: contents that an older one made are landed again.
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
    record_lines
        Lines that belong to records, good or not.
    refused
        Why no record of the file is good, where it is wrong as a whole.
    """

    rows: pa.Table
    quarantined: tuple[Quarantined, ...] = ()
    record_lines: int = 0
    header: int = 0
    blank: int = 0
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
