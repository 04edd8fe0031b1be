"""Reading the published tables."""

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import duckdb

from journeymine.records import quoted
from journeymine.report.narrowing import EVERYTHING, Narrowed, Part, narrow
from journeymine.report.narrowing.views import FULL
from journeymine.restricted import WITHHELD

Row = SimpleNamespace  # one row, its columns as attributes


@dataclass(frozen=True)
class Tables:
    """The tables of a published DuckDB file, or a part of them.

    `part` is what they are narrowed to.
    """

    con: duckdb.DuckDBPyConnection
    folder: Path
    part: Narrowed | None = None

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


def open_tables(database: Path, part: Part = EVERYTHING) -> Tables:
    """Open a published DuckDB file, read-only, in UTC; or a part of it.

    Raises
    ------
    QueryError
        If there is no such part, or none may be taken.
    """
    con = duckdb.connect()
    con.execute("set timezone = 'UTC'")
    con.execute(f"attach {quoted(str(database))} as {FULL} (read_only)")
    con.execute(f"set search_path = '{_places(con)}'")
    narrowed = None if part == EVERYTHING else narrow(con, part)
    return Tables(con, database.parent, narrowed)


def _places(con: duckdb.DuckDBPyConnection) -> str:
    """Return where names are looked up: views of a part stand before the tables."""
    places = ["memory.main", f"{FULL}.main"]
    apart = "select 1 from duckdb_schemas() where schema_name = $1"
    if con.execute(apart, [WITHHELD]).fetchall():
        # Tables that are not shared stand there without a row.
        places.append(f"{FULL}.{WITHHELD}")
    return ",".join(places)
