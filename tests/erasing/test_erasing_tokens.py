"""With pseudonyms a person is given in clear, and known by tokens."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.erasing.drawn import WEB, draw, land, landed_texts

from journeymine import workflow
from journeymine.config import Config
from journeymine.erasing.erasure import begin
from journeymine.erasing.identifiers import forgotten_erasures, given_as
from journeymine.erasing.keeping import keep_erased
from journeymine.erasing.register import UNDER_WAY, Identifier
from journeymine.erasing.scanning import Scan, Scanner
from journeymine.erasing.searching import search

PRIVACY = '\n[privacy]\nkey_file = "key"\n'


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("tokens") / "shop"
    config = draw(folder, PRIVACY)
    (folder / "key").write_text("0123456789abcdef0123456789abcdef", "utf-8")
    land(config)
    return config


def test_an_identifier_in_clear_erases_its_token_and_keeps_it_out(config):
    person, extent = search(config, [given_as(config, "email=Ann@shop.example")])
    assert extent.records == {"crm": 1, "tickets": 2, "web": 4}
    assert {one.kind for one in person.identifiers} == {
        "contact_id",
        "cookie",
        "email",
        "phone",
    }
    assert "ann@" not in str(person.identifiers)
    clear = [Identifier("email", "ann@shop.example")]
    assert _scan(config, clear).hits == {}
    assert len(_scan(config, person.identifiers).hits) >= 6
    begin(config, person)
    assert keep_erased(config, _work(config)) == 9
    assert _scan(config, [*clear, *person.identifiers]).hits == {}
    (config.output / "landing" / UNDER_WAY).unlink()  # it is proved
    later = WEB.replace("of=ann%40shop.example", "of=nobody").replace("/home", "/again")
    (config.folder / "web-2.csv").write_text(later, "utf-8")
    workflow.ingest(config, "web")
    assert _scan(config, person.identifiers).hits != {}
    assert keep_erased(config, _work(config)) == 5
    assert _scan(config, [*clear, *person.identifiers]).hits == {}
    assert len([one for one in landed_texts(config, "web") if "w4" in one]) == 2


def test_a_run_warns_if_the_erased_are_known_by_other_tokens(config):
    assert forgotten_erasures(config) == []
    (line,) = forgotten_erasures(config.model_copy(update={"privacy": None}))
    assert "erase those persons again" in line


def _scan(config: Config, identifiers: Sequence[Identifier]) -> Scan:
    return Scanner(identifiers, ()).look_through(config.output / "landing")


def _work(config: Config) -> Path:
    work = config.folder / "work"
    work.mkdir(exist_ok=True)
    return work
