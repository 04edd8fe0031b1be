"""Runs that several tests read: each is made once, whatever the number of workers."""

import csv
import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.running import ROOT, Published, filled, once, ran
from tests.e2e.tiny import Shop, publish_tiny

Run = Callable[[str], Published]


@pytest.fixture(scope="session")
def logs() -> Path:
    """The folder of real logs: beside the checkout, or where JOURNEYMINE_DATA says."""
    told = os.environ.get("JOURNEYMINE_DATA")
    folder = Path(told) if told else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no real logs in {folder}: set JOURNEYMINE_DATA to their folder")
    return folder


@pytest.fixture(scope="session")
def published(logs: Path, shared_folder: Path) -> Run:
    """Run a project file of `projects/`: `published("support")`."""

    def make(project: str) -> Published:
        def run(folder: Path) -> Published:
            export = folder / "export.csv"
            if project in ("clicks_by_user", "clicks_by_session"):
                _number_rows(logs / "ecom_clickstream" / "ecom.csv.gz", export)
            path = filled(project, folder, data=logs, export=export)
            return ran(path, folder / "output")

        return once(shared_folder / project, run)

    return make


@pytest.fixture(scope="session")
def tiny(shared_folder: Path) -> Published:
    """The smallest project, run once."""
    return once(shared_folder / "tiny", lambda folder: publish_tiny(folder / "shop"))


@pytest.fixture
def shop(tiny: Published, tmp_path: Path) -> Shop:
    """A small project of one's own that has published once."""
    return Shop(tiny.output.parent, tmp_path / "shop")


def _number_rows(log: Path, numbered: Path) -> None:
    """Copy a CSV file, its rows numbered: their order breaks ties in `facts.json`."""
    with gzip.open(log, "rt", newline="") as old, numbered.open("w", newline="") as new:
        reader, writer = csv.reader(old), csv.writer(new)
        writer.writerow([*next(reader), "row"])
        writer.writerows([*row, index] for index, row in enumerate(reader))
