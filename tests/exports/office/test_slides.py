"""The slides hold native charts and tables whose numbers are those of the tables."""

from io import BytesIO
from pathlib import Path
from typing import Any  # python-pptx types its shapes in part

import duckdb
import openpyxl
import pytest
from tests.exports.boards.payloads import PAYLOADS
from tests.exports.office.conftest import parts

from journeymine.exports.office.tables import clean

pptx = pytest.importorskip("pptx", reason="needs the extra `office`")


@pytest.fixture(scope="module")
def deck(folder: Path) -> Any:
    return pptx.Presentation(str(folder / "map.pptx"))


@pytest.fixture(scope="module")
def charts(deck: Any) -> list[Any]:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


def test_there_are_eight_slides_with_a_title_and_how_it_is_counted(deck: Any) -> None:
    assert len(deck.slides) == 8
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert slide.notes_slide.notes_text_frame.text.strip()


def test_nothing_stands_outside_a_slide(deck: Any) -> None:
    wide, high = deck.slide_width, deck.slide_height
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= wide
            assert 0 <= shape.top <= shape.top + shape.height <= high


def test_a_bar_of_the_funnel_adds_up_those_who_stopped_before(
    charts: list[Any], tables: duckdb.DuckDBPyConnection
) -> None:
    known = tables.execute(
        "select sum(reached) filter (step_index = step.i),"
        " coalesce(sum(in_progress) filter (step_index < step.i), 0),"
        " coalesce(sum(dropped) filter (step_index < step.i), 0)"
        " from fct_funnel, (select distinct step_index as i from fct_funnel) as step"
        " where persona = 'all' group by step.i order by step.i"
    ).fetchall()
    told = [series.values for series in charts[0].chart.plots[0].series]
    assert list(zip(*told, strict=True)) == known
    assert len(known) == 3


def test_a_stage_of_few_answers_is_a_gap_in_the_line(charts: list[Any]) -> None:
    (series,) = charts[2].chart.plots[0].series
    assert series.values == (0.5, None, -0.4, 0.02)


def test_the_workbook_in_a_chart_holds_its_numbers_and_no_formula(
    charts: list[Any],
) -> None:
    for shape in charts:
        told = shape.chart.part.chart_workbook.xlsx_part.blob
        sheet = openpyxl.load_workbook(BytesIO(told)).active
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        for number, series in enumerate(shape.chart.plots[0].series, 1):
            column = [row[number].value for row in sheet.iter_rows(min_row=2)]
            assert column == list(series.values)


def test_each_chart_says_in_words_what_it_shows(charts: list[Any]) -> None:
    assert len(charts) >= 3
    for shape in charts:
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")


def test_hostile_names_stay_text(folder: Path) -> None:
    assert len(PAYLOADS) == 50
    raw = parts((folder / "map.pptx").read_bytes())
    slides = [told.decode() for name, told in raw.items() if name.endswith(".xml")]
    assert not any("<script" in told or "<!ENTITY" in told for told in slides)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in "".join(slides)


def test_what_turns_words_round_or_is_no_xml_is_taken_out() -> None:
    assert clean("\u202egnp.exe") == "gnp.exe"
    assert clean("a\x00b\ufffec\td") == "a\ufffdb\ufffdc\td"


def test_a_name_like_a_formula_is_text_in_the_workbook_of_its_chart() -> None:
    from journeymine.exports.office import charts, deck  # noqa: PLC0415  an extra
    from journeymine.exports.office.chart_book import Series  # noqa: PLC0415
    from journeymine.exports.office.slide_pen import BODY, add_slide  # noqa: PLC0415

    names = ["=1+1", '=HYPERLINK("x")', "http://x"]
    drawn = charts.Drawn(
        charts.BARS, names, [Series("=2", [1, None, 3], "5A6A7C")], "0", "alt"
    )
    shown = pptx.Presentation()
    deck.keep_one_layout(shown)
    slide = add_slide(shown, ("title", "lead"), "counted")
    charts.add_chart(slide, drawn, BODY)
    frame: Any = slide.shapes[-1]
    book = frame.chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told == [[None, "=2"], *map(list, zip(names, [1, None, 3], strict=True))]
    kinds = [cell.data_type for row in sheet.iter_rows() for cell in row]
    assert kinds == ["n", "s", "s", "n", "s", "n", "s", "n"]
    raw = parts(book)
    assert b"<f>" not in raw["xl/worksheets/sheet1.xml"]
    assert not any("rels/sheet1" in name for name in raw)
