"""The published tables: built into a database of their own, written as Parquet too."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import duckdb

from journeymine.models import Model, load_macros, load_models
from journeymine.records import quoted
from journeymine.table_docs import column_comment, table_comment
from journeymine.warehouse import MARTS, scalar

DATABASE = "journeymine.duckdb"


def attach_marts(con: duckdb.DuckDBPyConnection, stage: Path) -> None:
    """Make `stage` and its database: marts are built into it, and found there."""
    stage.mkdir(parents=True)
    own = scalar(con, "select current_database()")
    con.execute(f"attach {quoted(str(stage / DATABASE))} as {MARTS}")
    con.execute(f"set search_path = '{own}.main,{MARTS}.main'")


def write_tables(con: duckdb.DuckDBPyConnection, stage: Path) -> None:
    """Write every mart to `stage` as Parquet, and close the database they are in."""
    (stage / "tables").mkdir(parents=True)
    # One thread each: a file's bytes must not depend on how work was shared out. But
    # two may be written side by side.
    threads = int(str(scalar(con, "select current_setting('threads')")))
    con.execute("set threads = 1")
    names = [model.name for model in published_models()]
    write = partial(write_parquet, con, stage / "tables")
    with ThreadPoolExecutor(max_workers=min(2, threads)) as pool:
        list(pool.map(write, names, [f"{MARTS}.{name}" for name in names]))
    con.execute(f"set threads = {threads}")
    # A transaction of its own for each comment would wait for the disk each time.
    con.execute("begin")
    for model in published_models():
        comment_on(con, model, f"{MARTS}.{model.name}")
    con.execute("commit")
    con.execute(f"checkpoint {MARTS}")
    con.execute("reset search_path")
    con.execute(f"detach {MARTS}")
    with duckdb.connect(str(stage / DATABASE)) as published:
        published.execute(load_macros())


def write_parquet(
    con: duckdb.DuckDBPyConnection, folder: Path, name: str, table: str
) -> None:
    """Write a table as the Parquet file of that name: on one thread the same bytes."""
    path = quoted(str(folder / f"{name}.parquet"))
    with con.cursor() as cursor:
        cursor.execute(
            f"copy {table} to {path}"
            " (format parquet, compression zstd, row_group_size 122880)"
        )


def comment_on(con: duckdb.DuckDBPyConnection, model: Model, table: str) -> None:
    """Say in the comments of a table what it and its columns hold."""
    text = quoted(table_comment(model))
    con.execute(f"comment on table {table} is {text}")
    for column, meaning in model.columns.items():
        text = quoted(column_comment(column, meaning))
        con.execute(f'comment on column {table}."{column}" is {text}')


def published_models() -> list[Model]:
    """Return the models of the published tables, by name."""
    return [model for model in load_models().values() if model.layer == "marts"]
