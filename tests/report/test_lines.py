"""Lines: what is not known is no line, and what is not final looks so."""

import re

from markupsafe import Markup

from journeymine.report.charts.fitting import apart
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines

FRAME = Frame(0, 1, ((0, "0"), (1, "100%")), height=140)


def drawn(*spots: Spot, is_stepped: bool = False) -> Markup:
    return draw_lines([Series("end", spots, is_stepped)], FRAME, "words")


def strokes(drawing: str) -> list[str]:
    return re.findall(r'<path d="([^"]+)" class="ln[^"]*"', drawing)


def test_a_gap_is_not_bridged() -> None:
    spots = [Spot(0.1 * n, None if n == 2 else 0.5) for n in range(5)]
    assert strokes(drawn(*spots)) == ["M0,68L100,68", "M300,68L400,68"]


def test_a_point_between_two_gaps_stands_alone() -> None:
    drawing = drawn(Spot(0, None), Spot(0.5, 0.5, 0.4, 0.6), Spot(1, None))
    assert strokes(drawing) == ["M500,78L500,58"]
    assert drawing.count("<circle") == 1


def test_what_is_not_final_is_dashed_and_hollow() -> None:
    drawing = drawn(Spot(0, 0.1), Spot(0.5, 0.2), Spot(1, 0.3, is_final=False))
    assert re.findall(r'class="(ln[^"]*)"', drawing) == ["ln", "ln dashed"]
    assert re.findall(r'class="(spot[^"]*)"', drawing) == [
        "spot",
        "spot",
        "spot is-open",
    ]


def test_a_stepped_line_stays_level_until_it_changes() -> None:
    drawing = drawn(Spot(0, 0.0), Spot(0.5, 0.5), Spot(1, 1.0), is_stepped=True)
    assert strokes(drawing) == ["M0,118L500,118L500,68L1000,68L1000,18"]
    assert "<circle" not in drawing


def test_the_band_goes_there_and_back() -> None:
    drawing = drawn(Spot(0, 0.5, 0, 1), Spot(1, 0.5, 0.25, 0.75))
    (band,) = re.findall(r'<path d="([^"]+)" class="band"', drawing)
    assert band == "M0,118L1000,93L1000,43L0,18Z"


def test_what_lies_beyond_the_scale_stands_at_its_end() -> None:
    assert (FRAME.y(-3), FRAME.y(7)) == (FRAME.y(0), FRAME.y(1))


def test_words_at_the_ends_are_15_pixels_apart_and_within() -> None:
    places = apart([10, 11, 90, 95, 96], 100)
    assert places == [10, 25, 70, 85, 100]


def test_a_name_that_is_too_long_stands_whole_in_its_title() -> None:
    drawing = draw_lines([Series("word " * 30, (Spot(1, 0.5),))], FRAME, "words")
    assert "…<title>" in drawing
