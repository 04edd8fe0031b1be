"""Hand-outs of a map of hostile names, written twice and read by others."""

import csv
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published, once
from tests.exports.boards.drawn_map import ground_of, map_rows
from tests.exports.boards.payloads import PAYLOADS
from tests.report.published import publish

from journeymine.exports.office.csv_grid import write_csv_grid
from journeymine.exports.office.slides import write_slides
from journeymine.exports.office.workbook import write_workbook

WRITERS = {"xlsx": write_workbook, "pptx": write_slides, "csv": write_csv_grid}
TABLES = "journeymine.duckdb"
csv.field_size_limit(sys.maxsize)


@pytest.fixture(scope="session")
def folder(shared_folder: Path) -> Path:
    pytest.importorskip("xlsxwriter", reason="needs the extra `office`")
    pytest.importorskip("pptx", reason="needs the extra `office`")
    return once(shared_folder / "office", _hand_out).output


@pytest.fixture
def tables(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(folder / TABLES), read_only=True) as con:
        yield con


def _hand_out(folder: Path) -> Published:
    own = folder / "out"
    (own / "again").mkdir(parents=True)
    publish(own / TABLES, map_rows(PAYLOADS))
    complete(own / TABLES)
    for place in (own, own / "again"):
        with ground_of(own / TABLES) as ground:
            for to, write in WRITERS.items():
                write(ground, place / f"map.{to}")
    return Published(own)


def complete(database: Path) -> None:
    """Say of which period the pain points are."""
    with duckdb.connect(str(database)) as con:
        con.execute("update fct_pain_points set period = 'all'")


def parts(packed: bytes) -> dict[str, bytes]:
    """Return the files in a ZIP file, and in those in it."""
    found = {}
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        for name in archive.namelist():
            found[name] = archive.read(name)
            if name.endswith(".xlsx"):
                inner = parts(found[name])
                found |= {f"{name}/{one}": told for one, told in inner.items()}
    return found
