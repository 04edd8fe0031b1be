"""A snapshot is whole and described, and replaces the last one in one step."""

import json
import signal
import time
from pathlib import Path

import duckdb
from tests.e2e.forks import Fork
from tests.e2e.running import Published, ran, sha256
from tests.e2e.tiny import Shop


def test_current_is_a_relative_link_to_the_newest_snapshot(sample):
    link = (sample.output / "current").readlink()
    manifest = json.loads((sample.output / "current" / "manifest.json").read_text())
    assert link == Path("snapshots") / manifest["run_id"]


def test_the_manifest_lists_every_file_with_its_hash(sample):
    snapshot = (sample.output / "current").resolve()
    manifest = json.loads((snapshot / "manifest.json").read_text("utf-8"))
    files = {
        str(path.relative_to(snapshot)): {
            "sha256": sha256(path),
            "bytes": path.stat().st_size,
        }
        for path in snapshot.rglob("*")
        if path.is_file() and path.name not in ("manifest.json", "manifest.sha256")
    }
    rows = {name: file.pop("rows", None) for name, file in manifest["files"].items()}
    assert manifest["files"] == files
    assert rows == {
        name: _rows(snapshot / name) if name.endswith(".parquet") else None
        for name in files
    }
    assert set(manifest["balances"].values()) == {0}
    assert {"journeymine.duckdb", "report/index.html"} <= files.keys()


def test_the_manifest_names_the_snapshot_that_changes_are_told_against(shop):
    first = shop.output / shop.current
    second = shop.output / _run(shop)
    told = json.loads((second / "manifest.json").read_text("utf-8"))["former_snapshot"]
    assert told == {
        "run_id": first.name,
        "manifest_sha256": sha256(first / "manifest.json"),
    }
    manifest = json.loads((first / "manifest.json").read_text("utf-8"))
    assert manifest["former_snapshot"] is None


def test_the_newest_snapshots_stay(shop):
    first = shop.current.name
    second = _run(shop).name
    third = _run(shop).name
    kept = sorted(path.name for path in (shop.output / "snapshots").iterdir())
    assert kept == [second, third]  # keep = 2
    assert first < second < third == shop.current.name


def test_a_killed_run_changes_nothing_and_the_next_one_works(shop):
    before, work = shop.current, shop.output / ".work"
    run = Fork("run", "--project", shop.project)
    while run.process.is_alive() and not (work / "build.duckdb").exists():
        time.sleep(0.01)
    run.process.kill()
    assert run.ended().returncode == -signal.SIGKILL
    assert work.exists()
    assert shop.current == before
    assert shop.published.rows("select count(*) from fct_events") == [(4,)]
    assert _run(shop) > before
    assert not work.exists()


def test_the_duckdb_file_holds_what_the_parquet_files_hold(sample):
    tables = _tables(sample)
    assert tables == {path.stem for path in sample.tables.glob("*.parquet")}
    for table in sorted(tables):
        file = f"read_parquet('{sample.tables / table}.parquet')"
        for one, other in ((table, file), (file, table)):
            rest = sample.rows(f"from (from {one} except all from {other}) limit 1")
            assert rest == [], table


def test_every_table_and_column_is_commented(sample):
    bare = sample.rows(
        """
        select table_name, null as column_name from duckdb_tables()
        where comment is null or comment = ''
        union all
        select table_name, column_name from duckdb_columns()
        where not internal and (comment is null or comment = '')
        """
    )
    assert bare == []


def _run(shop: Shop) -> Path:
    ran(shop.project, shop.output)
    return shop.current


def _tables(published: Published) -> set[str]:
    with duckdb.connect(str(published.database), read_only=True) as con:
        found = con.execute("select table_name from duckdb_tables()").fetchall()
    return {name for (name,) in found}


def _rows(table: Path) -> int:
    with duckdb.connect() as con:
        counted = con.execute("select count(*) from read_parquet(?)", [str(table)])
        return int(counted.fetchall()[0][0])
