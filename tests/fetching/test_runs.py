"""Runs on a live database: the tables of an export, and nothing that is secret."""

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.fetching.cluster import PASSWORD
from tests.fetching.killing import PAGE, PROJECT, break_at, fill
from tests.fetching.shop import Shop

from journeymine import load_config, workflow
from journeymine.ingest import mend_records, raw_records
from journeymine.ingest.fetching import pages

EXPORT = """
format = "parquet"
path = "orders.parquet"
columns = { event_id = "id", occurred_at = "updated_at", activity = "status" }
identifiers = { email = "email" }
"""


def test_tables_are_those_of_an_export_whatever_broke_off(shop, monkeypatch, capfd):
    monkeypatch.setattr(pages, "ROWS", PAGE)
    fill(shop)
    project = shop.folder / "journeymine.toml"
    with monkeypatch.context() as patch:
        break_at(patch, 3)
        with pytest.raises(KeyboardInterrupt):
            workflow.run(load_config(project))
    shop.do("update orders set status = 'paid', updated_at = '2024-03-02' where id < 9")
    fetched = workflow.run(load_config(project))

    pq.write_table(_export(shop), shop.folder / "orders.parquet")
    head, _, _ = PROJECT.partition("format =")
    (shop.folder / "export.toml").write_text(head + EXPORT)
    exported = workflow.run(load_config(shop.folder / "export.toml", shop.folder / "b"))
    assert _tables(fetched.tables) == _tables(exported.tables)
    with duckdb.connect(str(fetched.database), read_only=True) as con:
        paid = "select count(*) from fct_events where activity = 'paid'"
        assert con.execute(paid).fetchone() == (8,)

    shown = "".join(capfd.readouterr())
    written = [path for path in shop.folder.rglob("*") if path.is_file()]
    assert PASSWORD not in shown
    assert not [path for path in written if PASSWORD.encode() in path.read_bytes()]


def test_a_record_that_is_set_aside_is_shown_and_mended_as_any_other(shop):
    shop.do("insert into orders values (1, 'ann@example.com', null, now(), 1.50)")
    shop.land()
    (content,) = shop.contents
    (raw,) = raw_records(content, [1]).values()
    record = json.loads(raw)
    assert (record["status"], record["total"]) == (None, "1.50")
    mended = json.dumps(record | {"status": "open"}).encode()
    landing = shop.folder / "out" / "landing"
    mend_records(landing, "orders", {content.sha256: {1: mended}})
    assert shop.land() == []
    (content,) = shop.contents
    assert (content.mended, raw_records(content, [1])) == (1, {1: mended})


def test_with_privacy_on_a_row_is_still_landed_once(shop):
    fill(shop)
    project = shop.folder / "journeymine.toml"
    (shop.folder / "key").write_text("k" * 64)
    project.write_text(PROJECT + '\n[privacy]\nkey_file = "key"\n')
    assert sum(load.records for load in shop.land(load_config(project))) == 40
    assert shop.land(load_config(project)) == []
    landed = (shop.folder / "out" / "landing").rglob("*")
    texts = [path.read_bytes() for path in landed if path.is_file()]
    assert not [text for text in texts if b"example.com" in text]


def _export(shop: Shop) -> pa.Table:
    """Return the table as an export holds it."""
    table = shop.database.table("select * from orders order by id")
    total = table["total"].cast(table["total"].type.storage_type)
    return table.set_column(table.column_names.index("total"), "total", total)


def _tables(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all tables but those that describe files."""
    found = {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
    return {name: raw for name, raw in found.items() if not name.startswith("meta_")}
