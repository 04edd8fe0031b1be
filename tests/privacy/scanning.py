"""Look for raw addresses and numbers in everything that lies in a folder."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

# Wider than what the library looks for: whatever is left of an address is one here.
PERSONAL = re.compile(
    rb"[\w+\x80-\xff][\w.+\x80-\xff-]{0,40}?(?:@|%40|\\u0040|&#64;)[a-z\d\x80-\xff-]+\.[a-z]{2,}"
    rb"|(?<![\d.])(?:\+|%2B)[1-9](?:[ ().\/-]?\d){8,14}(?!\d)",
    re.IGNORECASE,
)
LONG = re.compile(rb"[\w.+-]{3,40}@[\w-]{3,40}\.[a-z]{2,}", re.ASCII)
SIGNS = re.compile(rb"@|%40|\\u0040|&#64;|\+[1-9]|%2B[1-9]", re.IGNORECASE)


def scan_for_personal(folder: Path, known: bytes = b"") -> dict[str, list[bytes]]:
    """Return the personal texts in each file below a folder; `known` are none."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            hits = [hit for text in _texts(path) for hit in _hits(text)]
            hits = [hit for hit in hits if hit not in known]
            if hits:
                found[str(path.relative_to(folder))] = hits
    return found


def _hits(text: bytes) -> Iterator[bytes]:
    for sign in SIGNS.finditer(text):
        around = text[max(sign.start() - 40, 0) : sign.end() + 40]
        yield from PERSONAL.findall(around)


def _texts(path: Path) -> Iterator[bytes]:
    """Yield a file as it lies, its name, and all of its values decoded."""
    yield path.name.encode()
    if path.suffix in (".parquet", ".duckdb"):
        # Packed bytes look like a short address now and then.
        yield b"\n".join(LONG.findall(path.read_bytes()))
    else:
        yield path.read_bytes()
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        yield repr(table.schema).encode()
        for column in table.columns:
            yield from _values(column)
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as con:
            tables = con.execute("select table_name from duckdb_tables()").fetchall()
            for (name,) in tables:
                for column in con.table(name).to_arrow_table().columns:
                    yield from _values(column)


def _values(column: pa.ChunkedArray) -> Iterator[bytes]:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        yield "\n".join(column.unique().drop_null().to_pylist()).encode()
    elif pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        yield b"\n".join(column.unique().drop_null().to_pylist())
    elif pa.types.is_nested(column.type):
        yield repr(column.to_pylist()).encode()
