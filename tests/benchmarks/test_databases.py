"""A live database: rows per second and memory against a Parquet file; every kill."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.fetching.cluster import Cluster, Database, cluster
from tests.fetching.killing import fill, kill_fetches
from tests.fetching.shop import ORDERS, Shop

ROWS = 1_000_000
STEPS = 60
MOST_TIMES_PARQUET = 8
MOST_GROWTH = 1.25
"""Of the peak memory, where there are four times as many rows."""

FETCH = """
import json, resource, sys, time
from journeymine.config import Config
from journeymine.ingest import land_source
from pathlib import Path
import adbc_driver_postgresql.dbapi

source = json.loads(sys.argv[1])
config = Config.model_validate({
    "project": {"name": "bench", "output": sys.argv[2]},
    "sources": {"orders": source | {
        "columns": {"occurred_at": "updated_at", "activity": "status"},
    }},
    "folder": Path.cwd(),
})
began, spent = time.perf_counter(), time.process_time()
rows = sum(load.records for load in land_source(config, "orders"))
print(json.dumps([
    rows, time.perf_counter() - began, time.process_time() - spent,
    resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
]))
"""
DATABASE = {
    "connection": "SHOP_DSN",
    "table": "orders",
    "key": "id",
    "cursor": "updated_at",
}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as started:
        yield started


@pytest.fixture
def database(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    with postgres.schema() as schema:
        schema.do(ORDERS, "create index on orders (updated_at, id)")
        monkeypatch.setenv("SHOP_DSN", schema.dsn)
        yield schema


def test_a_fetch_is_a_stream(database: Database, tmp_path: Path) -> None:
    source = {"format": "postgres", "database": DATABASE}
    add(database, ROWS // 4)
    quarter = measured(source, tmp_path, "quarter")
    add(database, ROWS - ROWS // 4)
    whole = measured(source, tmp_path, "whole")
    again = measured(source, tmp_path, "whole")
    assert whole[0] == again[0] == ROWS
    export(database, tmp_path / "orders.parquet")
    parquet = {"format": "parquet", "path": str(tmp_path / "orders.parquet")}
    file = measured(parquet, tmp_path, "file")
    for what, (rows, seconds, spent, peak) in {
        "250 k rows": quarter,
        "1 M rows": whole,
        "nothing new": again,
        "a Parquet file": file,
    }.items():
        print(
            f"\n{what}: {rows / seconds:,.0f} rows/s, {seconds:.2f} s"
            f" ({spent:.2f} s CPU), {peak:.0f} MB"
        )
    assert whole[1] <= MOST_TIMES_PARQUET * file[1]
    assert whole[3] <= MOST_GROWTH * quarter[3]


def test_a_fetch_killed_at_any_of_its_steps_is_completed(
    database: Database, tmp_path: Path
) -> None:
    shop = Shop(database, tmp_path)
    fill(shop)
    killed = kill_fetches(shop, range(1, STEPS + 1))
    print(f"\nkilled {killed} times of {STEPS}")
    assert killed >= 0.9 * STEPS


def add(database: Database, rows: int) -> None:
    database.do(
        "insert into orders select n, 'user' || n % 50000 || '@example.com',"
        " (array['open', 'paid', 'shipped'])[1 + n % 3],"
        " timestamptz '2024-01-01 00:00Z' + n * interval '7.3 seconds', n % 1000 / 7.0"
        " from (select coalesce(max(id), 0) as last from orders) as before,"
        f" lateral generate_series(last + 1, last + {rows}) as n",
        "analyze orders",
    )


def export(database: Database, path: Path) -> None:
    table = database.table("select id, email, status, updated_at from orders")
    total = database.table("select total::text as total from orders")
    pq.write_table(table.append_column("total", total["total"]), path)


def measured(source: Mapping[str, object], folder: Path, output: str) -> list[float]:
    """Return rows, seconds, CPU seconds and the peak memory in MB of a landing."""
    done = subprocess.run(
        [sys.executable, "-c", FETCH, json.dumps(source), str(folder / output)],
        capture_output=True,
        check=True,
        text=True,
    )
    return [float(value) for value in json.loads(done.stdout)]
