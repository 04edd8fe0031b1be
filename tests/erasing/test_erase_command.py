"""What a user does wrong is one line, before anything is changed."""

import fcntl
from pathlib import Path

import pytest
from tests.erasing.drawn import draw, land
from typer.testing import CliRunner

from journeymine.cli import app
from journeymine.config import Config
from journeymine.erasing.identifiers import given_as
from journeymine.erasing.persons import Extent
from journeymine.erasing.searching import search
from journeymine.errors import JourneymineError


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = draw(tmp_path_factory.mktemp("command") / "shop")
    land(config)
    return config


def erase(folder: Path, *arguments: str) -> JourneymineError:
    """Call the command, and return the error that it must end with."""
    project = str(folder / "journeymine.toml")
    done = CliRunner().invoke(app, ["erase", "--project", project, *arguments])
    assert isinstance(done.exception, JourneymineError), done.output
    return done.exception


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--identifier: missing; give one, as email=ann@example.com"),
        (["--identifier", "ann"], "--identifier ann: is not type=value"),
        (["--identifier", "email= "], "is not type=value"),
        (
            ["--identifier", "mail=ann@shop.example"],
            "there are no identifiers of type 'mail'; name one of: contact_id, cookie",
        ),
        (
            ["--identifier", "email=info@shop.example", "--yes"],
            "stands for nobody in particular (role); name an identifier of one person",
        ),
        (["--identifier", "email=ann@shop.example"], "nobody can be asked here"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(config, arguments, said):
    error = erase(config.folder, *arguments)
    assert said in str(error)
    assert error.exit_code == 2
    assert not list(config.output.rglob("eras*"))


def test_of_two_that_write_one_is_told_to_wait(config):
    with (config.output / ".lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        error = erase(config.folder, "--identifier", "email=a@b.c", "--yes")
    assert error.exit_code == 4


def test_whoever_is_not_known_is_looked_for_all_the_same(config):
    person, extent = search(config, [given_as(config, "email=Eve@shop.example")])
    assert [one.pair for one in person.identifiers] == ["email=eve@shop.example"]
    assert person.customers == ()
    assert extent == Extent({}, 0, 0)


def test_without_a_run_there_is_nobody_to_erase(tmp_path):
    draw(tmp_path / "new")
    error = erase(tmp_path / "new", "--identifier", "email=a@b.c", "--yes")
    assert "nothing was read; start with `journeymine run`" in str(error)
    project = str(tmp_path / "new" / "journeymine.toml")
    done = CliRunner().invoke(app, ["erase", "--list", "--project", project])
    assert done.output == "nobody was erased\n"
