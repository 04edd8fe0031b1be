"""Reading the published tables."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import duckdb

from journeymine.restricted import WITHHELD

Row = SimpleNamespace  # one row, its columns as attributes


@dataclass(frozen=True)
class Tables:
    """The tables of a published DuckDB file."""

    con: duckdb.DuckDBPyConnection
    folder: Path

    def rows(self, query: str, **parameters: object) -> list[Row]:
        """Return the rows of a query, in its order."""
        result = self.con.execute(query, parameters or None)
        names = [column[0] for column in result.description or []]
        return [Row(**dict(zip(names, row, strict=True))) for row in result.fetchall()]

    def has(self, table: str) -> bool:
        """Whether a table was published."""
        known = "select 1 from duckdb_tables() where table_name = $table"
        return bool(self.rows(known, table=table))

    def is_withheld(self, table: str) -> bool:
        """Whether a table stands without a row, because it would tell of few people."""
        apart = (
            "select 1 from duckdb_tables() where (schema_name, table_name) = ($1, $2)"
        )
        return bool(self.con.execute(apart, [WITHHELD, table]).fetchall())


def open_tables(database: Path) -> Tables:
    """Open a published DuckDB file, read-only, in UTC."""
    con = duckdb.connect(str(database), read_only=True)
    con.execute("set timezone = 'UTC'")
    tables = Tables(con, database.parent)
    if tables.has("meta_suppressed"):
        # Tables that are not shared stand there without a row.
        con.execute(f"set search_path = 'main,{WITHHELD}'")
    return tables
