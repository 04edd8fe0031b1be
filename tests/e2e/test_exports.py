"""`journeymine export` writes a file whole or not at all, and never over another."""

import re

import pytest
from tests.e2e.running import journeymine
from tests.e2e.tiny import Shop

from journeymine import exports
from journeymine.cli_export import KNOWN
from journeymine.project_file import load_config

FORMATS = {"xes": b"<?xml", "ocel": b"SQLite format 3\0", "ocel-json": b"{\n"}


@pytest.fixture(params=FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_a_file_is_written_once_and_replaced_only_by_force(
    shop: Shop, form: str
) -> None:
    path = shop.folder / f"log.{form}"
    asked = ("export", "--project", shop.project, "--to", form, path)
    done = journeymine(*asked)
    assert done.returncode == 0, done.stderr
    assert "4 events" in done.stdout
    first = path.read_bytes()
    assert first.startswith(FORMATS[form])

    path.write_bytes(b"mine")
    again = journeymine(*asked)
    assert again.returncode == 1
    assert again.stderr == (
        f"Error: {path}: stands already; choose another, or --force\n"
    )
    assert path.read_bytes() == b"mine"
    assert journeymine(*asked, "--force").returncode == 0
    assert path.read_bytes() == first
    assert not list(shop.folder.glob(".*"))


@pytest.mark.parametrize(
    ("to", "place", "code", "line"),
    [
        ("xls", "log", 2, "--to xls: there is no such format; choose one of: xes,"),
        ("xes", "gone/log", 1, "gone/log: cannot be written: No such file or dir"),
        ("ocel", "gone/log", 1, "gone/log: cannot be written: No such file or dir"),
        ("ocel", "out", 1, "out: stands already; name a file in it"),
    ],
)
def test_what_cannot_be_is_one_line(
    shop: Shop, to: str, place: str, code: int, line: str
) -> None:
    done = journeymine(
        *("export", "--project", "journeymine.toml", "--to", to, place),
        cwd=shop.folder,
    )
    assert done.returncode == code
    assert done.stderr.startswith(f"Error: {line}")
    assert done.stderr.count("\n") == 1


MAPS = ("drawio", "mermaid", "lucid", "miro", "theydo", "bpmn")


def test_a_map_is_written_to_every_board_the_same_each_time(shop: Shop) -> None:
    config = load_config(shop.project)
    for to in MAPS:
        written = [shop.folder / f"{number}.{to}" for number in range(2)]
        counts = [exports.export(config, to, path) for path in written]
        assert counts[0] == counts[1]
        assert written[0].read_bytes() == written[1].read_bytes() != b""
    assert not list(shop.folder.glob(".*"))


def test_the_help_names_every_format() -> None:
    assert sorted(re.findall(r"[\w-]+(?=[,:])", KNOWN)) == sorted(exports.FORMATS)


def test_without_a_snapshot_there_is_nothing_to_export(shop: Shop) -> None:
    shop.change('output = "out"', 'output = "new"')
    done = journeymine("export", "--project", shop.project, "--to", "xes", "log.xes")
    assert done.returncode == 1
    assert "nothing is published" in done.stderr
