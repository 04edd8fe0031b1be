import re
from math import log10

import pytest

from journeymine.report.charts.whiskers import Whisker, draw_whiskers


def whiskers_of(drawn: str) -> list[tuple[float, float]]:
    found = re.findall(r'<line x1="([\d.]+)%" x2="([\d.]+)%"[^>]*class="wh"', drawn)
    return [(float(low), float(high)) for low, high in found]


def points_of(drawn: str) -> list[float]:
    return [float(x) for x in re.findall(r'cx="([\d.]+)%"', drawn)]


def test_a_point_stands_within_its_interval_on_one_scale() -> None:
    rows = [Whisker(0.2, 0.1, 0.4), Whisker(0.3, 0.25, 0.5)]
    drawn = draw_whiskers(rows, 0, 0.5, "Rates")
    assert points_of(drawn) == [40, 60]
    assert whiskers_of(drawn) == [(20, 80), (50, 100)]
    assert 'aria-label="Rates"' in drawn


def test_twice_as_much_and_half_are_equally_far_from_one_on_a_logarithmic_scale() -> (
    None
):
    rows = [Whisker(2, 1, 4), Whisker(0.5, 0.25, 1)]
    drawn = draw_whiskers(rows, 0.1, 10, "Odds", zero=1, is_log=True)
    above, below = points_of(drawn)
    assert above - 50 == pytest.approx(50 - below, abs=0.01)
    assert above == pytest.approx(50 * (1 + log10(2)), abs=0.01)
    assert '<line x1="50.000%" x2="50.000%" y1="0" y2="60" class="ax"/>' in drawn
    assert re.findall(r">([\d.]+)</text>", drawn) == ["0.1", "1", "10"]


def test_a_whisker_beyond_the_scale_ends_in_an_arrow() -> None:
    drawn = draw_whiskers([Whisker(5, 0.01, 99)], 0.1, 10, "Odds", is_log=True)
    assert whiskers_of(drawn) == [(0, 100)]
    assert drawn.count("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}") == 1
    assert drawn.count("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}") == 1


def test_what_is_not_known_is_said_and_not_drawn() -> None:
    drawn = draw_whiskers([Whisker(None, None, None), Whisker(0, None, None)], 0, 1, "")
    assert drawn.count("not known") == 1
    assert points_of(drawn) == [0]
    assert not whiskers_of(drawn)


def test_a_value_that_is_not_final_is_a_hollow_point() -> None:
    drawn = draw_whiskers([Whisker(0.5, 0.4, 0.6, "May", is_open=True)], 0, 1, "")
    assert re.findall(r'class="(open|fv)"', drawn) == ["open"]
    assert "<title>May</title>" in drawn
