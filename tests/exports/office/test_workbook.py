"""The workbook tells the tables' own numbers, and calculates nothing."""

import re
import warnings
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from tests.exports.boards.payloads import PAYLOADS
from tests.exports.office.conftest import parts

from journeymine.errors import ConfigError
from journeymine.exports.office import extra
from journeymine.exports.office.tables import clean
from journeymine.exports.packing import LONG_AGO

FIRST = 5  # row of a sheet's first figures


@pytest.fixture(scope="module")
def book(folder: Path) -> Workbook:
    with warnings.catch_warnings():
        # It knows no bars in cells, and says so.
        warnings.filterwarnings("ignore", message=".* extension is not supported")
        return openpyxl.load_workbook(folder / "map.xlsx")


def test_no_name_of_the_data_becomes_a_formula_or_a_link(
    book: Workbook, folder: Path
) -> None:
    kinds = {
        cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row
    }
    assert kinds == {"s", "n", "d"}
    raw = parts((folder / "map.xlsx").read_bytes())
    sheets = [told for name, told in raw.items() if "worksheets/sheet" in name]
    assert len(sheets) == len(book.worksheets)
    assert not any(b"<f>" in told or b"<hyperlink" in told for told in sheets)


def test_every_finding_stands_whole_in_its_cell(
    book: Workbook, tables: duckdb.DuckDBPyConnection
) -> None:
    told = [cell.value for cell in book["What to fix"]["B"][FIRST - 1 :]]
    rows = tables.execute("select finding from fct_pain_points order by rank")
    known = [clean(finding) for (finding,) in rows.fetchall()]
    assert [_lf(one) for one in told if one] == [_lf(one) for one in known]
    assert len(known) == 5
    assert set(known) <= {clean(one) for one in PAYLOADS}


def test_the_funnel_sheet_is_the_funnel_table(
    book: Workbook, tables: duckdb.DuckDBPyConnection
) -> None:
    told = [
        row[4:13] for row in book["Funnel"].iter_rows(min_row=FIRST, values_only=True)
    ]
    known = tables.execute(
        "select entered, reached, reached / entered, dropped, in_progress, excluded,"
        " conversion_rate, conversion_rate_low, conversion_rate_high from fct_funnel"
        " order by persona <> 'all', persona, step_index"
    ).fetchall()
    assert told == [pytest.approx(row) for row in known]
    assert len(known) == 9


def test_the_map_tells_numbers_as_numbers_and_gaps_in_words(book: Workbook) -> None:
    rows = {row[0]: row[1:5] for row in book["Map"].iter_rows(values_only=True)}
    assert rows["Customers"] == (100, 50, 34, 25)
    assert rows["Share of customers"] == (1, 0.5, 0.34, 0.25)
    mood = rows["Emotion, \N{MINUS SIGN}1 to +1"]
    assert mood == (0.5, "too few answers", -0.4, 0.02)
    assert rows["Answers"] == (40, 3, 30, 5)
    assert rows["They said"][1] == "Fewer than 5 answers, so none is quoted"


def test_there_is_a_map_of_everyone_and_of_each_persona(
    book: Workbook, tables: duckdb.DuckDBPyConnection
) -> None:
    assert book.sheetnames == [
        *("Summary", "Map", "Map 1", "Map 2"),
        *("Funnel", "Drop-offs", "What to fix", "KPIs", "Notes"),
    ]
    names = tables.execute("select persona_name from dim_personas order by persona")
    for number, (name,) in enumerate(names.fetchall(), 1):
        title = book[f"Map {number}"]["A1"].value
        assert _lf(title) == f"Journey map: {_lf(clean(name))}"


@pytest.mark.parametrize("name", ["map.xlsx", "map.pptx", "map.csv"])
def test_the_same_tables_give_the_same_bytes(folder: Path, name: str) -> None:
    first, second = (folder / name).read_bytes(), (folder / "again" / name).read_bytes()
    assert first == second


@pytest.mark.parametrize("name", ["map.xlsx", "map.pptx"])
def test_no_clock_stands_in_an_office_file(folder: Path, name: str) -> None:
    with zipfile.ZipFile(folder / name) as archive:
        assert {part.date_time for part in archive.infolist()} == {LONG_AGO}
    told = parts((folder / name).read_bytes())
    about = [core for part, core in told.items() if part.endswith("docProps/core.xml")]
    times = {at for core in about for at in re.findall(rb">(\d[^<]*Z)<", core)}
    # When the data of the drawn map end; the books in charts tell no time at all.
    assert times <= {b"2026-06-30T21:40:00Z", b"2000-01-01T00:00:00Z"}
    assert b"2026-06-30T21:40:00Z" in told["docProps/core.xml"]


def test_a_missing_extra_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    with pytest.raises(ConfigError) as caught:
        extra.need_office("pptx")
    assert str(caught.value) == (
        '--to pptx: xlsxwriter is not installed; pip install "journeymine[office]"'
    )


def _lf(text: object) -> str:
    """Return a text as XML reads it: each end of a line is a line feed."""
    return str(text).replace("\r\n", "\n").replace("\r", "\n").strip()
