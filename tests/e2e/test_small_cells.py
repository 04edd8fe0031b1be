"""`[privacy] min_cell` through the command line: what is shared, and what is kept."""

import json
import shutil

import duckdb
import pytest
from tests.e2e.running import Published, journeymine, ran, sha256
from tests.e2e.tiny import Shop

EVENTS = 48


@pytest.fixture(scope="module")
def shops(
    tmp_path_factory: pytest.TempPathFactory, tiny: Published
) -> tuple[Shop, Shop]:
    """A shop with more customers, run without small cells withheld, and with."""
    original = tiny.output.parent
    shops = []
    for name, more in ("open", ""), ("shared", "min_cell = 5\n"):
        shop = Shop(original, tmp_path_factory.mktemp("shops") / name)
        lines = ["user_id,at,what"]
        for user in range(EVENTS):
            day = f"2024-01-{user % 28 + 1:02}"
            lines.append(f"v{user},{day}T10:00:00Z,view")
            lines += [f"v{user},{day}T10:02:00Z,ask"] if user < 3 else []
            lines += [f"v{user},{day}T10:05:00Z,buy"] if user % 3 == 0 else []
        shop.events.write_text("\n".join(lines) + "\n", encoding="utf-8")
        text = shop.project.read_text("utf-8")
        text += f'\n[privacy]\nkey_file = "key"\n{more}'
        shop.project.write_text(text, encoding="utf-8")
        (shop.folder / "key").write_text("a key of the tests alone", encoding="utf-8")
        shutil.rmtree(shop.output)
        ran(shop.project, shop.output)
        shops.append(shop)
    return shops[0], shops[1]


def test_the_full_tables_are_what_they_were_without_the_setting(shops):
    plain, shared = (shop.output / "current" for shop in shops)
    names = sorted(path.name for path in (plain / "tables").iterdir())
    kept = shared / "restricted" / "tables"
    assert names == sorted(path.name for path in kept.iterdir())
    for name in names:
        assert sha256(plain / "tables" / name) == sha256(kept / name), name
    assert not (plain / "restricted").exists()
    assert not (plain / "tables" / "meta_suppressed.parquet").exists()


def test_nobody_else_may_enter_the_folder_of_the_full_tables(shops):
    folder = shops[1].output / "current" / "restricted"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_shared_tables_hold_no_row_of_a_person_and_no_small_count(shops):
    current = shops[1].output / "current"
    names = {path.stem for path in (current / "tables").iterdir()}
    assert not names & {"fct_events", "dim_customers", "fct_journeys", "fct_variants"}
    assert "meta_suppressed" in names
    rows = shops[1].published.rows(
        "select activity, customers from fct_activities where persona = 'all'"
        " and segment = 'all' order by activity"
    )
    assert rows == [("view", EVENTS)]  # ask is of 3; buy would tell them by the sum
    with duckdb.connect(str(current / "journeymine.duckdb"), read_only=True) as con:
        held = con.execute(
            "select sum(estimated_size) from duckdb_tables()"
            " where schema_name = 'withheld'"
        ).fetchall()
    assert held == [(0,)]


def test_the_manifest_of_what_is_shared_counts_nobody(shops):
    current = shops[1].output / "current"
    shared = json.loads((current / "manifest.json").read_text("utf-8"))
    assert shared["min_cell"] == 5
    assert not {"loads", "warnings", "balances"} & shared.keys()
    assert not any(name.startswith("restricted") for name in shared["files"])
    full = json.loads((current / "restricted" / "manifest.json").read_text("utf-8"))
    assert full["loads"]["records"] == EVENTS + 3 + EVENTS // 3


def test_a_question_to_a_withheld_table_says_where_it_is(shops):
    project = str(shops[1].project)
    refused = journeymine("query", "fct_events", "--project", project)
    assert refused.returncode != 0
    assert "withheld" in refused.stderr
    assert "--restricted" in refused.stderr
    asked = ("query", "fct_events", "--restricted", "--json", "--project", project)
    assert len(json.loads(journeymine(*asked).stdout)) == EVENTS + 3 + EVENTS // 3


def test_verify_looks_into_the_folder_and_can_do_without(shops, tmp_path):
    output = tmp_path / "out"
    shutil.copytree(shops[1].output, output, symlinks=True)
    asked = ("--project", str(shops[1].project), "--output", str(output))
    assert journeymine("verify", *asked).returncode == 0
    restricted = output / "current" / "restricted"
    table = restricted / "tables" / "fct_events.parquet"
    table.write_bytes(table.read_bytes()[:-1])
    damaged = journeymine("verify", *asked)
    assert "restricted/tables/fct_events.parquet was changed" in damaged.stderr
    shutil.rmtree(restricted.resolve())
    assert journeymine("verify", *asked).returncode == 0
    missing = journeymine("query", "fct_events", "--restricted", *asked)
    assert "restricted is missing" in missing.stderr


def test_the_report_is_drawn_from_what_is_shared(shops):
    page = (shops[1].output / "current" / "report" / "index.html").read_text("utf-8")
    assert "Counts of fewer than 5 people are withheld" in page
