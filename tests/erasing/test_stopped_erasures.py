"""An erasure that is killed is completed by the next one, and loses nobody else."""

import shutil
from pathlib import Path

import pytest
from tests.erasing.drawn import draw, land, landed_texts

from journeymine import load_config
from journeymine.config import Config
from journeymine.erasing.erasure import begin
from journeymine.erasing.identifiers import given_as
from journeymine.erasing.keeping import keep_erased
from journeymine.erasing.searching import search

STEPS = (2, 6)
"""Files that are replaced before the process dies; the benchmarks try every one."""


class Killed(BaseException):
    """What no code catches."""


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Config:
    config = draw(tmp_path_factory.mktemp("stopped") / "shop")
    land(config)
    return config


def texts(config: Config) -> list[list[str]]:
    return [landed_texts(config, name) for name in config.sources]


def take_out(config: Config, *given: str) -> None:
    person, _ = search(config, [given_as(config, one) for one in given])
    begin(config, person)
    work = config.folder / "work"
    work.mkdir(exist_ok=True)
    keep_erased(config, work)


def copy(config: Config, folder: Path) -> Config:
    shutil.copytree(config.folder, folder)
    return load_config(folder / "journeymine.toml")


def test_a_stopped_erasure_is_completed_without_naming_anybody(
    landed, tmp_path, monkeypatch
):
    whole = copy(landed, tmp_path / "whole")
    take_out(whole, "email=ann@shop.example")
    for step in STEPS:
        stopped = copy(landed, tmp_path / f"stopped-{step}")
        _die_after(step, monkeypatch)
        with pytest.raises(Killed):
            take_out(stopped, "email=ann@shop.example")
        monkeypatch.undo()
        take_out(stopped)
        assert texts(stopped) == texts(whole), step
        assert not list((stopped.output / "landing").rglob(".tmp-*")), step


def _die_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [steps]
    replace = Path.replace

    def dying(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] < 0:
            raise Killed
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", dying)
