"""The DuckDB database of a run: open it, build a model as a table, check its key."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from journeymine.errors import ModelError, OutputError
from journeymine.models import ROUNDS, Model, load_macros

MEMORY_LIMIT = "2GB"

MARTS = "published"
"""Name of the database that holds the marts, where they are built apart."""

Parameters = dict[str, object]
Row = tuple[object, ...]


@contextmanager
def connect(
    database: Path | str, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for building: time zone UTC, bounded memory, macros made.

    Parameters
    ----------
    database
        File, or `:memory:`. What does not fit in memory goes to a folder beside it.
    threads
        Threads to use; default: one per core.
    """
    con = duckdb.connect(
        str(database),
        config={
            "memory_limit": MEMORY_LIMIT,
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    try:
        # A time without an offset is read in the session's zone: fix it, or results
        # depend on the machine.
        con.execute("set timezone = 'UTC'")
        # It would write to standard output, among what machines read.
        con.execute("set enable_progress_bar = false")
        if threads is not None:
            con.execute(f"set threads = {threads}")
        con.execute(load_macros())
        yield con
    finally:
        con.close()


def build_model(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    parameters: Mapping[str, object],
    table: str | None = None,
) -> None:
    """Run a model and keep its rows as a table, with its key checked; or make a view.

    Parameters
    ----------
    parameters
        Values of the `$name` parameters; those that the query does not name are
        passed over.
    table
        Name of the table; default: the model's, a mart's in the marts' database.

    Raises
    ------
    ModelError
        If the query fails, or two of its rows share a key.
    OutputError
        If its rows cannot be written.
    """
    name = table or _home(con, model)
    kind = "view" if model.is_view else "table"
    opening = f"create or replace {kind} {name} as"
    try:
        for part in _rounds(con, model):
            con.execute(f"{opening}\n{model.sql}", named(model, {**parameters, **part}))
            opening = f"insert into {name}"
    except (duckdb.IOException, duckdb.TransactionException) as error:
        reason = str(error).splitlines()[0]
        message = f"{model.name}: cannot be written: {reason}; check space and rights"
        raise OutputError(message) from error
    except (duckdb.Error, KeyError) as error:
        message = f"{model.layer}/{model.name}.sql: {error}"
        raise ModelError(message) from error
    if kind == "table":
        _check_key(con, model, name)


def _home(con: duckdb.DuckDBPyConnection, model: Model) -> str:
    if model.layer != "marts":
        return model.name
    named = "select count(*) from duckdb_databases() where database_name = $name"
    ((is_attached,),) = con.execute(named, {"name": MARTS}).fetchall()
    return f"{MARTS}.{model.name}" if is_attached else model.name


def _rounds(con: duckdb.DuckDBPyConnection, model: Model) -> list[dict[str, object]]:
    """Return the parameters of each round of a model; none if it is run once."""
    if not model.is_in_rounds:
        return [{}]
    parts = con.execute(f"from {ROUNDS} order by first_event").fetchall()
    return [
        {"first_event": first, "last_event": last} for first, last in parts or [(1, 0)]
    ]


def named(model: Model, parameters: Mapping[str, object]) -> Parameters:
    """Return those of the parameters that a model names."""
    return {name: parameters[name] for name in sorted(model.parameters)}


def write_table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    columns: str,
    rows: Sequence[Row],
) -> None:
    """Make a small table from rows. `columns` is as in `create table`."""
    con.execute(f"create or replace table {name} ({columns})")
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"insert into {name} values ({marks})", [list(r) for r in rows])


def write_arrow(con: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Make a table from one in memory, with its columns and types."""
    con.register("rows_in_memory", rows)
    con.execute(f"create or replace table {name} as from rows_in_memory")
    con.unregister("rows_in_memory")


def scalar(con: duckdb.DuckDBPyConnection, sql: str) -> object:
    """Return the one value of a query with one row and one column."""
    return con.execute(sql).fetchall()[0][0]


def _check_key(con: duckdb.DuckDBPyConnection, model: Model, table: str) -> None:
    key = ", ".join(model.key)
    # Most tables stand in the order of their key: that is seen as they are read. The
    # first row follows none.
    (unordered,) = con.execute(
        f"select count(*) from (select row({key}) > lag(row({key})) over () as is_next"
        f" from {table}) where is_next is not true"
    ).fetchall()[0]
    if unordered <= 1:
        return
    shared = con.execute(
        f"select {key}, count(*) from {table} group by all having count(*) > 1"
        " order by all limit 1"
    ).fetchall()
    if shared:
        *values, rows = shared[0]
        message = f"{model.name}: {rows} rows share the key ({key}) = {tuple(values)}"
        raise ModelError(message)
