"""Erased persons stay out of what was landed in any way, and of what lands later."""

import fcntl
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.erasing.drawn import landed_texts

from journeymine import load_config, workflow
from journeymine.balances import BALANCES
from journeymine.build import make, nodes_of, prepare
from journeymine.config import Config
from journeymine.erasing.erasure import begin
from journeymine.erasing.identifiers import given_as
from journeymine.erasing.keeping import keep_erased
from journeymine.erasing.persons import Person
from journeymine.erasing.rewriting import erased_records
from journeymine.erasing.searching import search
from journeymine.erasing.staging import STITCHED, stage
from journeymine.errors import LockedError
from journeymine.ingest import mend_records, read_landed
from journeymine.warehouse import connect

HEADER = "id,at,what,cookie,email,case,v\n"
PROJECT = """\
[project]
name = "Kept"
output = "out"

[journey]
case = "case"
"""
SOURCE = """
[sources.{name}]
format = "csv"
path = "{name}*.csv"
columns = {{ event_id = "id", occurred_at = "at", activity = "what", version = "v" }}
identifiers = {{ cookie = "cookie", email = "email" }}
{more}
"""
ANN, BOB = "ann@shop.example", "bob@shop.example"


class Shop:
    """A project that is landed and not published."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder = folder
        self.text = PROJECT + more
        self.names: list[str] = []
        (folder / "work").mkdir()

    @property
    def config(self) -> Config:
        path = self.folder / "journeymine.toml"
        path.write_text(self.text, "utf-8")
        return load_config(path)

    def source(self, name: str, more: str = "") -> None:
        self.names.append(name)
        self.text += SOURCE.format(name=name, more=more)

    def lands(self, name: str, rows: Sequence[str], file: str | None = None) -> None:
        path = self.folder / (file or f"{name}.csv")
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
        workflow.ingest(self.config, name)

    def erases(self, identifier: str) -> Person:
        person, _ = search(self.config, [given_as(self.config, identifier)])
        begin(self.config, person)
        self.keeps()
        return person

    def keeps(self) -> int:
        return keep_erased(self.config, self.folder / "work")

    def ids(self, name: str) -> list[str]:
        """Return the first values of what is landed of a source."""
        return sorted(text[2:4] for text in landed_texts(self.config, name))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Sources that hold Ann in every way, and Ann erased from them."""
    shop = Shop(tmp_path_factory.mktemp("kept"))
    contract = "\n[sources.strict.contract]\nmode = 'quarantine'\n"
    contract += "columns = { id = 'text' }"
    for name, more in {
        "web": "",
        "full": "mode = 'replace'",
        "strict": contract,
        "gone": "required = false",
    }.items():
        shop.source(name, more)
    shop.lands(
        "web",
        [
            f"a1,2024-01-01T10:00:00Z,view,ck-ann-01,{ANN},,",
            "a2,2024-01-01T11:00:00Z,view,ck-ann-01,,,",
            "a3,2024-01-01T11:00:00Z,view,ck-ann-01,,c1,",
            "a4,2024-01-01T12:00:00Z,view,,,c1,",  # of nobody, but of her case
            f"b1,2024-01-02T10:00:00Z,view,ck-bob-02,{BOB},,",
            f"b2,2024-01-02T10:00:00Z,view,,{BOB},,1",
            f"b2,2024-01-02T10:00:00Z,view,,{ANN},,2",  # b2 was hers, after all
        ],
    )
    shop.lands("full", [f"f1,2024-01-01T10:00:00Z,view,,{ANN},,", "f2,x,,,,,"])
    shop.lands("full", [f"f3,2024-01-01T10:00:00Z,view,,{BOB},,"])
    shop.lands("strict", [f"s1,2024-01-01T10:00:00Z,view,,{ANN},,", "s2,x,,,,,"])
    shop.lands("gone", [f"g1,2024-01-01T10:00:00Z,view,,{ANN},,", "g2,x,,,,,"])
    shop.text = shop.text.partition("\n[sources.gone]")[0]
    shop.erases(f"email={ANN}")
    return shop


def test_records_of_the_person_go_with_its_cases_and_former_tellings(kept):
    assert {"b1"} == {text for text in kept.ids("web") if text in ("b1", "b2")}
    assert not [text for text in landed_texts(kept.config, "web") if "ann" in text]
    assert "a4" not in kept.ids("web")


@pytest.mark.parametrize(
    ("source", "left"),
    [("full", {"f2", "f3"}), ("strict", {"s2"}), ("gone", {"g2"})],
)
def test_contents_that_nobody_reads_are_looked_through(kept, source, left):
    texts = landed_texts(kept.config, source)
    assert not [text for text in texts if "ann" in text]
    assert {one for one in kept.ids(source) if one[0] == source[0]} == left


def test_later_exports_are_landed_without_the_person(kept):
    rows = [
        f"a9,2024-03-01T10:00:00Z,view,,{ANN.upper()},,",
        "a8,2024-03-01T10:00:00Z,view,ck-ann-01,,c7,",
        "a7,2024-03-02T10:00:00Z,view,,,c7,",
        "a6,2024-03-02T10:00:00Z,view,,,c1,",
        f"b9,2024-03-01T10:00:00Z,view,,{BOB},,",
        f"b8,2024-03-01T10:00:00Z,view,,{BOB},,,,too many",
        f"a5,2024-03-01T10:00:00Z,view,,{ANN},,,,too many",
    ]
    kept.lands("web", rows, f"web {ANN}.csv")
    assert kept.keeps() == 5
    assert kept.keeps() == 0
    landed = {text for text in kept.ids("web") if text[0] in "ab"}
    assert landed == {"b1", "b9"}
    ledger = kept.config.output / "landing" / "web" / "ledger.json"
    assert "ann@" not in ledger.read_text("utf-8")
    assert _balances(kept) == [0, 0]


def test_a_mended_record_of_the_person_goes_too(kept):
    kept.lands("web", ["m1,2024-01-01T10:00:00Z,view,,,,,,too many"], "web-m.csv")
    (content,) = [
        one
        for one in read_landed(kept.config.output / "landing", "web")
        if one.files == ("web-m.csv",)
    ]
    assert kept.keeps() == 0
    raw = f"m1,2024-01-01T10:00:00Z,view,,{ANN},,\n".encode()
    mend_records(kept.config.output / "landing", "web", {content.sha256: {1: raw}})
    assert kept.keeps() == 1
    assert not [text for text in landed_texts(kept.config, "web") if "m1" in text]


def test_a_source_that_is_being_read_is_left_alone(kept):
    kept.lands("web", [f"l1,2024-01-01T10:00:00Z,view,,{ANN},,"], "web-l.csv")
    lock = kept.config.output / "landing" / "web" / ".lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(LockedError, match="another run is reading this source"):
            kept.keeps()
    assert kept.keeps() == 1


def test_whoever_is_erased_next_is_counted_with_those_before(kept):
    before = _erased(kept)
    kept.erases(f"email={BOB}")
    assert _erased(kept) == before + 4  # b1, b8, b9 and f3
    assert not [text for text in landed_texts(kept.config, "web") if "bob" in text]
    assert _balances(kept) == [0, 0]


def test_to_erase_one_of_many_at_a_machine_makes_nobody_one_person(shop):
    """Six at one machine: it links nobody. Five would be taken for one person."""
    shop.source("web")
    mails = [f"{name}@shop.example" for name in "abcdef"]
    shop.lands(
        "web",
        [
            f"{place}{again},2024-01-01T10:00:00Z,view,ck-shared,{mail},,"
            for place, mail in enumerate(mails)
            for again in "ab"
        ],
    )
    assert shop.erases("email=a@shop.example").shared == (("cookie", "ck-shared"),)
    landed = {"web": read_landed(shop.config.output / "landing", "web")}
    with connect(":memory:") as con:
        stage(con, shop.config, landed, STITCHED)
        found = con.execute(
            "select count(distinct customer_id), count(*) from int_identities"
        ).fetchall()
    assert found == [(6, 6)]  # five persons, and the machine


def _erased(shop: Shop) -> int:
    """Return how many records were taken out of all contents."""
    landing = shop.config.output / "landing"
    return sum(erased_records(load.parent) for load in landing.glob("*/*/load.json"))


def _balances(shop: Shop) -> list[int]:
    """Return how far records and their fates are off in what is landed."""
    config = shop.config
    landed = {
        name: read_landed(config.output / "landing", name) for name in config.sources
    }
    with connect(":memory:") as con:
        context = prepare(con, config, landed, Path())
        for node in nodes_of(config, ("meta_loads",)):
            make(node, context)
        return [con.execute(BALANCES[law].sql).fetchall()[0][0] for law in (0, 3)]
