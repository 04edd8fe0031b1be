"""Questions to the published tables: read only, locked down, one statement each."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.errors import QueryError
from journeymine.marts import DATABASE
from journeymine.publish import newest, newest_full
from journeymine.restricted import WITHHELD
from journeymine.warehouse import Row

LOCKED_DOWN: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",  # no file, no network
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "2GB",
}
READING = {
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
}
LIST_OF_TABLES = """
select
    table_name as "table",
    estimated_size as "rows",
    regexp_replace(comment, ' Key: .*', '') as holds
from duckdb_tables()
where schema_name = 'main'
order by table_name
"""
BATCH = 10_000


@dataclass(frozen=True)
class Answer:
    """The rows of a query, in its order.

    Attributes
    ----------
    columns
        Their names, as the query has them.
    types
        The type of each, as DuckDB writes it.
    rows
        Read once, while the database is open.
    """

    columns: list[str]
    types: list[str]
    rows: Iterator[Row]


@contextmanager
def answer(
    config: Config, asked: str, seconds: float, *, is_restricted: bool = False
) -> Iterator[Answer]:
    """Answer a query on the newest snapshot, or show a table of it.

    The connection can read the published tables and nothing else: neither files nor
    the network, and it can change no table and no setting.

    Parameters
    ----------
    asked
        The name of a table, or one statement of SQL.
    seconds
        How long it may take.
    is_restricted
        Whether the full tables are asked, not those that withhold small cells.

    Raises
    ------
    OutputError
        If nothing is published.
    QueryError
        If there is no such table, the statement is wrong, refused or too slow.
    """
    find = newest_full if is_restricted else newest
    database = find(config.output, DATABASE)
    with _opened(database) as con, _limited(con, seconds), _told():
        result = con.execute(_statement(con, asked))
        described = result.description or []
        yield Answer(
            [str(name) for name, *_ in described],
            [str(kind) for _, kind, *_ in described],
            _rows(result),
        )


@contextmanager
def _opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    # The snapshot itself, not the link: a run may swap it meanwhile.
    con = duckdb.connect(str(database.resolve()), read_only=True, config=LOCKED_DOWN)
    try:
        con.execute("set timezone = 'UTC'")
        con.execute("set enable_progress_bar = false")
        con.execute("set lock_configuration = true")
        yield con
    finally:
        con.close()


@contextmanager
def _limited(con: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    watchdog = threading.Timer(seconds, con.interrupt)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield
    except duckdb.InterruptException as error:
        message = (
            f"query: took longer than {seconds:g} seconds; narrow it, or allow more"
            " with --timeout"
        )
        raise QueryError(message) from error
    finally:
        watchdog.cancel()


@contextmanager
def _told() -> Iterator[None]:
    """Turn what DuckDB says of a statement into one line."""
    try:
        yield
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        lines = [line.strip() for line in str(error).splitlines()]
        # Below the reason the statement is shown once more, with a mark.
        told = [line for line in lines if line and not re.match(r"LINE \d+:|\^", line)]
        message = f"query: {' '.join(told[:2])}; `journeymine query` lists the tables"
        raise QueryError(message) from error


def _statement(con: duckdb.DuckDBPyConnection, asked: str) -> str:
    if re.fullmatch(r"\s*\w+\s*", asked):
        return f"from {_table(con, asked.strip())}"
    statements = con.extract_statements(asked)
    if len(statements) != 1:
        message = f"query: {len(statements)} statements; ask one at a time"
        raise QueryError(message)
    (statement,) = statements
    if statement.type not in READING:
        message = (
            f"query: {statement.type.name.lower()} is refused; the published tables"
            " can be read, not changed"
        )
        raise QueryError(message)
    return asked


def _table(con: duckdb.DuckDBPyConnection, name: str) -> str:
    names = [str(row[0]) for row in con.execute("show tables").fetchall()]
    if name in names:
        return name
    if _is_withheld(con, name):
        message = (
            f"query: {name} is withheld from the shared tables, as [privacy] min_cell"
            " asks; whoever may see it finds it with --restricted"
        )
        raise QueryError(message)
    near = get_close_matches(name, names, 1)
    hint = f"did you mean {near[0]}?" if near else "`journeymine query` lists them"
    message = f"query: there is no table {name}; {hint}"
    raise QueryError(message)


def _is_withheld(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    named = "select 1 from duckdb_tables() where (schema_name, table_name) = ($1, $2)"
    return bool(con.execute(named, [WITHHELD, name]).fetchall())


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    while batch := result.fetchmany(BATCH):
        yield from batch
