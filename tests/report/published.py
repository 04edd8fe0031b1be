"""A published file of any rows: all tables as a run publishes them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

SCHEMA = Path(__file__).with_name("schema.sql")
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def publish(path: Path, rows: Rows) -> Path:
    """Write a published file: all tables, with these rows; what is not told is null."""
    with duckdb.connect(str(path)) as con:
        con.execute("set timezone = 'UTC'")
        con.execute(SCHEMA.read_text("utf-8"))
        for table, drawn in rows.items():
            if drawn:
                con.register("incoming", pa.Table.from_pylist(list(drawn)))
                con.execute(f"insert into {table} by name select * from incoming")
                con.unregister("incoming")
    return path


def columns_of(database: Path) -> dict[str, list[tuple[str, str]]]:
    """Return the columns of every table of a file, with their types."""
    with duckdb.connect(str(database), read_only=True) as con:
        found = con.execute(
            "select table_name, column_name, data_type from duckdb_columns()"
            " where schema_name = 'main' and not internal"
            " order by table_name, column_index"
        ).fetchall()
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in found:
        columns.setdefault(table, []).append((column, kind))
    return columns
