"""Look for a person in every file of a folder: decoded, and byte by byte.

Tables are looked through cell by cell, and once more as bytes, written anew without any
compression: in a file that is compressed, bytes prove little.
"""

import gzip
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from journeymine.erasing.needles import Needles
from journeymine.erasing.register import UNDER_WAY, Identifier

CHUNK, OVERLAP = 1 << 20, 4096
ROWS = 65_536
NAMED = ("identifier_type", "identifier")
"""Columns of a table that names identifiers: there also plain words are told."""


class Readable(Protocol):
    """Where bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""


@dataclass
class Scan:
    """What was looked through, and how often which file still tells the person."""

    files: int = 0
    bytes: int = 0
    cells: int = 0
    hits: dict[str, int] = field(default_factory=dict)


class Scanner:
    """Looks for a person in files.

    Parameters
    ----------
    identifiers
        All that the person was known by.
    customers
        The ids that the person had in the tables.
    """

    def __init__(
        self, identifiers: Collection[Identifier], customers: Collection[str]
    ) -> None:
        self.needles = Needles(identifiers, customers)
        self.pairs = {tuple(one) for one in identifiers}
        self.scan = Scan()

    def look_through(self, folder: Path) -> Scan:
        """Look through every file of a folder; links are not followed."""
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.name != UNDER_WAY:
                hits = self.hits_in(path) + self.needles.found_in(path.name.encode())
                if hits:
                    self.scan.hits[str(path.relative_to(folder))] = hits
        return self.scan

    def hits_in(self, path: Path) -> int:
        """Return how often a file tells the person."""
        self.scan.files += 1
        with path.open("rb") as file:
            hits = self.hits_in_bytes(file)
        if path.suffix == ".gz":
            with gzip.open(path) as unpacked:
                hits += self.hits_in_bytes(unpacked)
        elif path.suffix == ".parquet":
            hits += sum(map(self._hits_in_rows, _batches(path)))
        elif path.suffix == ".duckdb":
            hits += sum(map(self._hits_in_rows, _tables(path)))
        return hits

    def hits_in_bytes(self, file: Readable) -> int:
        """Return how often bytes tell the person, also across two pieces."""
        return sum(self._hits_in_pieces(file))

    def tells(self, file: Readable) -> bool:
        """Return whether bytes tell the person; after a hit no more is read."""
        return any(self._hits_in_pieces(file))

    def _hits_in_pieces(self, file: Readable) -> Iterator[int]:
        rest = b""
        while chunk := file.read(CHUNK):
            self.scan.bytes += len(chunk)
            found = self._found(rest + chunk)
            rest = (rest + chunk)[-OVERLAP:]
            # What stands in both pieces is a hit of the next one.
            yield found - self._found(rest)
        yield self._found(rest)

    def _hits_in_rows(self, rows: pa.RecordBatch) -> int:
        """Return hits in the cells of some rows, and in their bytes as they are."""
        self.scan.cells += rows.num_rows * rows.num_columns
        hits = sum(self._hits_in_cells(column) for column in rows.columns)
        hits += sum(row in self.pairs for row in _named(rows))
        sink = pa.BufferOutputStream()
        table = pa.Table.from_batches([rows])
        pq.write_table(table, sink, compression="none", use_dictionary=False)
        return hits + self.hits_in_bytes(pa.BufferReader(sink.getvalue()))

    def _hits_in_cells(self, column: pa.Array) -> int:
        texts = _texts(column) if self.needles.may_be_in(column.type) else None
        if not texts:
            return 0
        found = texts.filter(self.needles.suspects(texts))
        return sum(self.needles.found_in(_bytes(text)) for text in found.to_pylist())

    def _found(self, raw: bytes) -> int:
        if not self.needles.count or not raw:
            return 0
        is_suspect = self.needles.suspects(pa.array([raw], pa.large_binary()))
        return self.needles.found_in(raw) if is_suspect[0].as_py() else 0


def _texts(column: pa.Array) -> pa.Array:
    """Return the values of a column as texts or bytes, whatever they are."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        return column
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary)
    if pa.types.is_nested(kind):
        return pa.array(
            [json.dumps(value, default=str) for value in column.to_pylist()]
        )
    return pc.cast(column, pa.string())


def _named(rows: pa.RecordBatch) -> Iterator[tuple[str, str]]:
    if set(NAMED) <= set(rows.schema.names):
        yield from zip(*(rows[name].to_pylist() for name in NAMED), strict=True)


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(ROWS)


def _tables(path: Path) -> Iterator[pa.RecordBatch]:
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("set timezone = 'UTC'")
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables() order by all"
        ).fetchall()
        for schema, table in tables:
            rows = con.sql(f'from "{schema}"."{table}"').to_arrow_reader(ROWS)
            yield from pa.ipc.RecordBatchReader.from_stream(rows)


def _bytes(value: Any) -> bytes:  # noqa: ANN401  # a text or bytes
    return value.encode() if isinstance(value, str) else value
