"""Hand-outs of two maps of hostile names, and what the parsers of their tools read.

They are written and read once, whatever the number of workers.
"""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any  # JSON of a parser

import pytest
from tests.e2e.running import Published, once
from tests.exports.boards.drawn_map import ground_of, map_rows
from tests.exports.boards.payloads import PAYLOADS
from tests.report.published import publish

from journeymine.exports.board import Board, draw_board
from journeymine.exports.bpmn import write_bpmn
from journeymine.exports.drawio import write_drawio
from journeymine.exports.grid import Grid, read_grid
from journeymine.exports.lucid import write_lucid
from journeymine.exports.mermaid import write_mermaid
from journeymine.exports.miro import write_miro
from journeymine.exports.theydo import write_theydo

WRITERS = {
    "drawio": write_drawio,
    "lucid": write_lucid,
    "mermaid": write_mermaid,
    "miro": write_miro,
    "bpmn": write_bpmn,
    "theydo": write_theydo,
}
HERE, TESTS = Path(__file__).parent, Path(__file__).parents[2]
DIAGRAM = re.compile(r"```mermaid\n(.*?)\n```", re.DOTALL)
TABLES = "journeymine.duckdb"


@pytest.fixture(scope="session")
def folder(shared_folder: Path) -> Path:
    """Hand-outs of a small map; in `again` the same, in `many` of a large one."""
    return once(shared_folder / "boards", _hand_out).output


def _hand_out(folder: Path) -> Published:
    sizes = {"": (4, 3), "again": (4, 3), "many": (30, 25)}
    for name, (stages, steps) in sizes.items():
        own = folder / "out" / name
        own.mkdir(parents=True, exist_ok=True)
        publish(own / TABLES, map_rows(PAYLOADS, stages, steps))
        with ground_of(own / TABLES) as ground:
            for to, write in WRITERS.items():
                write(ground, own / to)
    return Published(folder / "out")


@pytest.fixture(scope="session")
def grid(folder: Path) -> Grid:
    with ground_of(folder / TABLES) as ground:
        return read_grid(ground)


@pytest.fixture(scope="session")
def large(folder: Path) -> Grid:
    with ground_of(folder / "many" / TABLES) as ground:
        return read_grid(ground)


@pytest.fixture(scope="session")
def boards(grid: Grid) -> list[Board]:
    return [draw_board(one, grid, number) for number, one in enumerate(grid.maps)]


@pytest.fixture(scope="session")
def parsed(folder: Path, shared_folder: Path) -> list[dict[str, Any]]:
    """What the parsers of the tools read: of the small map, and of the large one."""
    if shutil.which("node") is None:
        pytest.skip("no Node: the parsers of the tools cannot run")
    if not (TESTS / "node_modules").is_dir():
        pytest.skip("no tests/node_modules: `npm ci --prefix tests` gets the parsers")

    def read(beside: Path) -> Published:
        done = subprocess.run(
            ["node", HERE / "readers.mjs"],
            input=json.dumps([_asked(folder), _asked(folder / "many")]),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        (beside / "read.json").write_text(done.stdout, encoding="utf-8")
        return Published(beside / "read.json")

    text = once(shared_folder / "parsed", read).output.read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def _asked(folder: Path) -> dict[str, Any]:
    return {
        "mermaid": DIAGRAM.findall((folder / "mermaid").read_text("utf-8")),
        "drawio": [
            ET.tostring(model, encoding="unicode")
            for model in ET.parse(folder / "drawio").iter("mxGraphModel")
        ],
        "bpmn": (folder / "bpmn").read_text("utf-8"),
        "miro": [*packed(folder / "miro").values()],
    }


def packed(path: Path) -> dict[str, Any]:
    """Return the files of an archive, read as JSON."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}
