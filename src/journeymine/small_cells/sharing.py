"""Write the tables that are shared, out of the full ones that stay restricted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from journeymine.marts import (
    DATABASE,
    comment_on,
    published_models,
    write_parquet,
)
from journeymine.models import Model, load_macros, load_models
from journeymine.records import quoted
from journeymine.restricted import WITHHELD
from journeymine.small_cells.cells import Verdict
from journeymine.small_cells.declared import Mart, declared
from journeymine.small_cells.funnel_tables import COUNTS
from journeymine.small_cells.judging import judged_marts
from journeymine.small_cells.rows import column_names
from journeymine.small_cells.totals import write_totals

SUPPRESSED = """
create or replace table meta_suppressed (
    "table" varchar, kind varchar, rows bigint, cells bigint, "primary" bigint,
    complementary bigint
)
"""


TELL_LEAST = """
create or replace table meta_run as
select name, value
from whole.meta_run
where name not like 'funnel%'  -- shares of those whose identity is only probable
union all
select 'min_cell' as name, $1 as value
order by name
"""


@dataclass(frozen=True)
class Suppressed:
    """What is not shared of a table.

    Attributes
    ----------
    rows
        Rows that are left out; of tables of people it is not told how many.
    cells
        Counts that are withheld.
    small
        Of these, those of too few; others would give them away.
    """

    rows: int | None = None
    cells: int | None = None
    small: int | None = None


def share(full: Path, stage: Path, least: int) -> None:
    """Write the shared tables of a snapshot, as DuckDB file and Parquet.

    Parameters
    ----------
    full
        Folder with the full tables.
    stage
        Where the shared ones go.
    least
        Counts of fewer people are withheld, and what would give them away.
    """
    (stage / "tables").mkdir(parents=True)
    with duckdb.connect(str(stage / DATABASE)) as con:
        con.execute("set timezone = 'UTC'")
        con.execute("set enable_progress_bar = false")
        con.execute("set threads = 1")  # the bytes of a file depend on who wrote what
        con.execute(f"attach {quoted(str(full / DATABASE))} as whole (read_only)")
        con.execute(f"create schema {WITHHELD}")
        con.execute(load_macros())
        verdicts = judged_marts(con, "whole.", least)
        con.execute("begin")
        con.execute(SUPPRESSED)
        for model in published_models():
            _share(con, model, verdicts.get(model.name), least)
        write_totals(con, "whole.", least)
        con.execute(TELL_LEAST, [str(least)])
        comment_on(con, load_models()["meta_run"], "meta_run")
        con.execute("commit")
        for name in _shared(con):
            write_parquet(con, stage / "tables", name, name)
        con.execute("detach whole")


def _shared(con: duckdb.DuckDBPyConnection) -> list[str]:
    named = (
        "select table_name from duckdb_tables()"
        " where schema_name = 'main' and database_name <> 'whole' order by table_name"
    )
    return [str(name) for (name,) in con.execute(named).fetchall()]


def _share(
    con: duckdb.DuckDBPyConnection, model: Model, verdict: Verdict | None, least: int
) -> None:
    name, mart = model.name, declared(model.name)
    if mart.kind == "open":
        con.execute(f"create table {name} as from whole.{name}")
        comment_on(con, model, name)
        return
    if verdict is None:
        con.execute(f"create table {WITHHELD}.{name} as from whole.{name} limit 0")
        suppressed = Suppressed()
    else:
        _copy(con, name, mart, verdict)
        comment_on(con, model, name)
        suppressed = _counted(con, name, mart, least)
    con.execute(
        "insert into meta_suppressed values ($name, $kind, $rows, $cells, $small,"
        " $cells - $small)",
        {"name": name, "kind": _kind(mart), **vars(suppressed)},
    )


def _kind(mart: Mart) -> str:
    return mart.kind if mart.kind in ("people", "sealed") else "cells"


def _copy(
    con: duckdb.DuckDBPyConnection, name: str, mart: Mart, verdict: Verdict
) -> None:
    """Copy the rows that are shared, without what is withheld of them."""
    kept = sorted(verdict.kept)
    flags = {
        column: [number in numbers for number in kept]
        for column, numbers in sorted(verdict.emptied.items())
        if column not in (*mart.withheld, *mart.implied)
    }
    numbers = pa.array(kept, pa.int64())
    con.register("kept", pa.table({"number": numbers, **flags}))
    told = dict.fromkeys(mart.withheld, "false")
    told |= {column: f"not kept.{column}" for column in flags}
    emptied = [
        f"case when {condition} then rows.{column} end as {column}"
        for column, condition in told.items()
    ]
    replace = f"replace ({', '.join(emptied)})" if emptied else ""
    con.execute(f"""
        create table {name} as
        select rows.* {replace}
        from whole.{name} as rows
        inner join kept on rows.rowid = kept.number
        order by kept.number
    """)
    con.unregister("kept")


def _counted(
    con: duckdb.DuckDBPyConnection, name: str, mart: Mart, least: int
) -> Suppressed:
    """Count the rows and counts that are gone, and those of too few among them."""
    columns = [column for column in _counts(name, mart) if column not in mart.implied]
    told = " + ".join(f"count({column})" for column in columns)
    few = [f"{column} > 0 and {column} < {least}" for column in columns]
    if mart.people:
        few = [f"{column} > 0 and {mart.people} < {least}" for column in columns]
    small = " + ".join(f"count(*) filter ({one})" for one in few)
    ((rows, cells, of_few),) = con.execute(
        f"select count(*), {told}, {small} from whole.{name}"
    ).fetchall()
    ((left, shown),) = con.execute(
        f"select count(*), {told} from main.{name}"
    ).fetchall()
    return Suppressed(rows - left, cells - shown, of_few)


def _counts(name: str, mart: Mart) -> Sequence[str]:
    if mart.kind == "flow":
        return ("transitions", "customers")
    return COUNTS.get(name) or column_names(mart)
