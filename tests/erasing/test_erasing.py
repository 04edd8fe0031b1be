"""A person is erased from all that was read, built and published; nobody else is."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.erasing.drawn import draw, land, landed_texts, loads, rows_of

from journeymine import workflow
from journeymine.config import Config
from journeymine.erasing.erasure import Erased, erase
from journeymine.erasing.identifiers import given_as
from journeymine.erasing.log import read_log
from journeymine.erasing.persons import Extent, Person
from journeymine.erasing.scanning import Scan, Scanner
from journeymine.erasing.searching import search
from journeymine.verify import problems_of
from journeymine.warehouse import Row

BOBS = {
    "fct_events": "* exclude (customer_id)",
    "fct_journeys": "* exclude (persona)",
    "fct_sessions": "*",
    "dim_identities": "*",
    "dim_customers": "* exclude (persona)",
}


@dataclass
class Done:
    config: Config
    person: Person
    extent: Extent
    before: Scan
    bob: dict[str, list[Row]]
    erased: Erased


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The drawn project: landed, mended and published; then Ann was erased."""
    config = draw(tmp_path_factory.mktemp("erasing") / "shop")
    land(config)
    workflow.publish_run(config)
    old = config.output / "snapshots" / "20200101T000000.000000Z"
    old.mkdir()
    (old / "manifest.json").write_text('{"who": "ann@shop.example"}', "utf-8")
    workflow.draw_report(config)
    exports = config.output / "exports"
    exports.mkdir()
    (exports / "ann.txt").write_text("ANN@shop.example", "utf-8")
    (exports / "bob.txt").write_text("bob@shop.example", "utf-8")
    person, extent = search(config, [given_as(config, "email= Ann@Shop.example")])
    before = Scanner(person.identifiers, person.customers).look_through(config.output)
    bob = _rows_of_others(config, person)
    return Done(
        config, person, extent, before, bob, erase(config, person, lambda *_: None)
    )


def test_a_person_is_all_that_the_stitching_joins(done):
    assert [one.pair for one in done.person.identifiers] == [
        "contact_id=C-1001",
        "cookie=ck-0001-ann",
        "email=ann@shop.example",
        "phone=+49151123456",
    ]
    assert done.extent == Extent({"crm": 1, "tickets": 2, "web": 4}, 3, 0)


def test_the_scan_finds_the_person_before_wherever_it_is(done):
    parts = [Path(file).parts for file in done.before.hits]
    landed = {(part[1], part[-1]) for part in parts if part[0] == "landing"}
    mended = next(part[-1] for part in parts if "mended" in part)
    assert landed == {
        ("crm", "records.parquet"),
        ("tickets", "mended.parquet"),
        ("tickets", "quarantine.parquet"),
        ("tickets", "records.parquet"),
        ("tickets", mended),
        ("web", "places.parquet"),
        ("web", "quarantine.parquet"),
        ("web", "records.parquet"),
    }
    published = {part[-1] for part in parts if part[0] == "snapshots"}
    assert {"journeymine.duckdb", "dim_identities.parquet", "manifest.json"} < published
    assert ("exports", "ann.txt") in parts


def test_the_scan_finds_nothing_after(done):
    person = done.person
    again = Scanner(person.identifiers, person.customers)
    assert again.look_through(done.config.output).hits == {}
    assert done.erased.scan.hits == {}
    assert done.erased.scan.cells > 1000
    assert done.erased.records == 9


def test_the_rows_of_others_are_as_they_were(done):
    assert _rows_of_others(done.config, done.person) == done.bob
    assert len(done.bob["fct_events"]) == 7


def test_who_is_named_in_anothers_record_is_masked_there(done):
    urls = rows_of(done.config, "fct_event_attributes", "attributes ->> 'url'")
    assert ("/by?of=******************",) in urls
    assert ("/joann@shop.example",) in urls
    says = rows_of(done.config, "fct_event_attributes", "attributes ->> 'says'")
    assert (f"As {'*' * 16}, not joann@shop.example\n{'*' * 21}",) in says


def test_erased_records_still_count(done):
    assert loads(done.config) == [
        ("crm.csv", 2, 1, 0, 1, 0),
        ("tickets.jsonl", 5, 2, 0, 3, 1),
        ("web.csv", 10, 4, 1, 5, 0),
    ]


def test_one_snapshot_is_left_and_is_whole(done):
    (snapshot,) = (done.config.output / "snapshots").iterdir()
    assert (done.config.output / "current").resolve() == snapshot
    assert problems_of(snapshot) == []
    assert not (done.config.output / ".work").exists()
    assert not (done.config.output / "landing" / "erasing.json").exists()


def test_exports_go_only_if_they_tell_the_person(done):
    assert done.erased.removed == ("exports/ann.txt",)
    assert [path.name for path in (done.config.output / "exports").iterdir()] == [
        "bob.txt"
    ]


def test_the_projects_own_files_are_named_and_left_alone(done):
    assert done.erased.project_files == ("crm.csv", "tickets.jsonl", "web.csv")
    assert "ann@shop.example" in (done.config.folder / "web.csv").read_text("utf-8")


def test_the_log_holds_hashes_and_counts(done):
    (entry,) = read_log(done.config.output)
    assert (entry["customers"], entry["records"], entry["hits"]) == (1, 9, 0)
    assert [len(one) for one in entry["identifiers"]] == [64] * 4
    assert "ann" not in json.dumps(entry)


def test_what_is_not_the_persons_lies_landed_as_before(done):
    texts = landed_texts(done.config, "web")
    assert len([text for text in texts if "bob@shop.example" in text]) == 5
    assert not [text for text in texts if "ck-0001-ann" in text]


def _rows_of_others(config: Config, person: Person) -> dict[str, list[Row]]:
    (customer,) = person.customers
    where = f"customer_id <> '{customer}'"
    return {
        table: rows_of(config, table, columns, where) for table, columns in BOBS.items()
    }
