"""Names that are longer than their place are cut, and told whole in a title."""

import re

import pytest

from journeymine.process_map.boxes import fitted, width_of
from journeymine.process_map.drawing import Edge, Node, draw_process_map
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines

LONG = "what customers do before they have heard of us"


@pytest.mark.parametrize("room", [20.0, 60.0, 130.0])
def test_a_cut_name_ends_in_a_mark_and_fits(room: float) -> None:
    assert width_of(fitted(LONG, room)) <= room
    assert fitted(LONG, room).endswith("…")
    assert fitted("Cart", room * 10) == "Cart"


def test_the_name_of_a_stage_stays_above_its_lane() -> None:
    stages = (LONG, "then")
    nodes = [Node(name, stage=stage) for name, stage in zip("ab", stages, strict=True)]
    drawn = str(draw_process_map(nodes, [Edge("a", "b", weight=3.0)], "Two", stages))
    (said,) = re.findall(r'class="ti b"[^>]*>([^<]*…)<title>([^<]*)<', drawn)
    assert width_of(said[0]) < 200
    assert said[1].casefold() == LONG


def test_the_words_on_an_incident_fit_a_phone() -> None:
    line = Series("a", (Spot(0.0, 1.0), Spot(1.0, 2.0)))
    frame = Frame(0.0, 2.0, ((0.0, "0"), (2.0, "2")))
    drawn = str(draw_lines([line], frame, "Two", incidents=[(0.2, 0.4, LONG)]))
    assert re.search(r'class="incident"[^>]*>[^<]*…<title>' + LONG, drawn)
