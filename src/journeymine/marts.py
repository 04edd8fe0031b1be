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
    stage.mkdir()
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
    write = partial(_write_parquet, con, stage / "tables")
    with ThreadPoolExecutor(max_workers=min(2, threads)) as pool:
        list(pool.map(write, _marts()))
    con.execute(f"set threads = {threads}")
    # A transaction of its own for each comment would wait for the disk each time.
    con.execute("begin")
    for model in _marts():
        _comment(con, model)
    con.execute("commit")
    con.execute(f"checkpoint {MARTS}")
    con.execute("reset search_path")
    con.execute(f"detach {MARTS}")
    with duckdb.connect(str(stage / DATABASE)) as published:
        published.execute(load_macros())


def _write_parquet(con: duckdb.DuckDBPyConnection, folder: Path, model: Model) -> None:
    path = quoted(str(folder / f"{model.name}.parquet"))
    with con.cursor() as cursor:
        cursor.execute(
            f"copy {MARTS}.{model.name} to {path}"
            " (format parquet, compression zstd, row_group_size 122880)"
        )


def _marts() -> list[Model]:
    return [model for model in load_models().values() if model.layer == "marts"]


def _comment(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    text = quoted(table_comment(model))
    con.execute(f"comment on table {MARTS}.{model.name} is {text}")
    for column, meaning in model.columns.items():
        text = quoted(column_comment(column, meaning))
        con.execute(f'comment on column {MARTS}.{model.name}."{column}" is {text}')
