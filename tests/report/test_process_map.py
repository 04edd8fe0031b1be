import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from tests.report.browsing import opened
from tests.report.many import write_many

from journeymine.process_map.boxes import MOST_LINES, ROOM, name_lines, width_of
from journeymine.process_map.coverage import LEVELS, START, backbone, levels_of
from journeymine.process_map.drawing import draw_process_map
from journeymine.process_map.graph import Edge, Node
from journeymine.process_map.labels import Rectangle
from journeymine.report import write_report
from journeymine.report.paths.process_maps import Connection, ProcessMap, first_level

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = st.sampled_from("abcdefg")
VOLUMES = st.dictionaries(st.tuples(NAMES, NAMES), st.integers(1, 50), min_size=1)
SEEDED = """
import sys
from pathlib import Path
from tests.report.many import write_many
from journeymine.report import write_report
folder = Path(sys.argv[1])
write_report(write_many(folder / "many.duckdb", 14, 2), folder)
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    return write_report(write_many(folder / "journeymine.duckdb"), folder)


@pytest.fixture(scope="module")
def maps(many: Path) -> list[ET.Element]:
    drawn = re.findall(r'<svg class="pm".*?</svg>', many.read_text("utf-8"), re.DOTALL)
    return [ET.fromstring(one) for one in drawn]


@settings(max_examples=100, deadline=None)
@given(VOLUMES)
def test_a_level_shows_the_fewest_arcs_that_carry_its_share(
    volumes: dict[tuple[str, str], int],
) -> None:
    levels = levels_of(volumes)
    ranked = sorted(volumes.values(), reverse=True)
    for level in LEVELS:
        shown = [volumes[arc] for arc in volumes if levels[arc] <= level]
        needed = next(
            number
            for number in range(len(ranked) + 1)
            if 100 * sum(ranked[:number]) >= level * sum(ranked)
        )
        assert sorted(shown, reverse=True) == ranked[:needed]


def test_what_always_stays_counts_for_the_share() -> None:
    volumes = {("a", "b"): 60, ("b", "c"): 30, ("c", "d"): 10}
    assert levels_of(volumes, [("c", "d")]) == {
        ("c", "d"): 50,
        ("a", "b"): 50,  # 10 % are not 50 %
        ("b", "c"): 80,  # 70 % are reached without it
    }


def test_what_is_not_drawn_counts_for_the_whole() -> None:
    volumes = {("a", "b"): 60, ("b", "c"): 30}
    assert levels_of(volumes) == {("a", "b"): 50, ("b", "c"): 70}
    assert levels_of(volumes, whole=200) == {("a", "b"): 50, ("b", "c"): 50}


@settings(max_examples=60, deadline=None)
@given(VOLUMES, st.dictionaries(NAMES, st.integers(1, 50), min_size=1))
def test_the_backbone_is_the_widest_way_to_every_activity(
    steps: dict[tuple[str, str], int], starts: dict[str, int]
) -> None:
    volumes = {**steps, **{(START, name): number for name, number in starts.items()}}
    assert _widest({arc: volumes[arc] for arc in backbone(volumes)}) == _widest(volumes)


def _widest(volumes: dict[tuple[str, str], int]) -> dict[str, int]:
    """How strong the weakest arc of the best way is, by activity: a plain loop."""
    wide = {START: 10**9}
    for _ in range(len(volumes) + 1):
        for (one, other), number in volumes.items():
            through = min(wide.get(one, 0), number)
            if through > wide.get(other, 0):
                wide[other] = through
    return wide


def test_forty_activities_and_eight_personas_fit_the_page(
    many: Path, maps: list[ET.Element]
) -> None:
    assert len(maps) == 9
    assert len(_boxes(maps[0])) == 40
    assert many.stat().st_size < 8_000_000


def test_a_map_of_many_connections_begins_calmly() -> None:
    def drawn(*levels: int) -> ProcessMap:
        connections = [
            Connection("a", "b", "1", "1", "", "", level) for level in levels
        ]
        return ProcessMap("all", "All", Markup(""), {}, connections)

    assert first_level([]) == 50
    assert first_level([drawn(*[50] * 30, *[90] * 30, *[100] * 300)]) == 90
    assert first_level([drawn(*[50] * 30, *[70] * 30, *[80] * 1)]) == 70
    assert first_level([drawn(*[50] * 61)]) == 50


def test_every_activity_is_reached_at_the_lowest_level(
    maps: list[ET.Element],
) -> None:
    for drawn in maps:
        arcs = [
            title.text.split(": ")[0].split(" → ")
            for group in drawn.iter("g")
            if group.get("data-coverage") == "50"
            for title in group.iterfind("path/title")
            if title.text
        ]
        reached = _started(drawn)
        while more := {b for a, b in arcs if a in reached} - reached:
            reached |= more
        names = {
            group.findtext("title")
            for group in drawn.iter("g")
            if (group.get("class") or "").startswith("nd ")
        }
        assert reached == names


def _started(drawn: ET.Element) -> set[str]:
    """Activities whose box follows a mark of starts, shown at the lowest level."""
    groups = [g for g in drawn.iter("g") if (g.get("class") or "")[:2] in {"mk", "nd"}]
    found, has_start = set(), False
    for group in groups:
        kind = str(group.get("class"))
        if kind.startswith("nd"):
            if has_start:
                found.add(str(group.findtext("title")))
            has_start = False
        elif kind == "mk start" and group.get("data-coverage") == "50":
            has_start = True
    return found


def test_no_words_of_forty_activities_stand_on_each_other(
    maps: list[ET.Element],
) -> None:
    for drawn in maps[:3]:
        boxes = _boxes(drawn)
        outside = [
            *_words(drawn, "by-volume"),
            *_words(drawn, "ti2 halo", exactly=True),
        ]
        assert len(outside) > 60
        assert not any(a.meets(b) for a, b in combinations(boxes, 2))
        assert not any(a.meets(b) for a, b in combinations(outside, 2))
        assert not any(a.meets(b) for a in outside for b in boxes)


def test_the_words_of_a_box_stay_inside_it(maps: list[ET.Element]) -> None:
    for group in maps[0].iter("g"):
        box = group.find("rect")
        if box is None:
            continue
        (area,) = _boxes(group)
        for words in group.iterfind("text"):
            inside = _area(words)
            assert area.left <= inside.left
            assert inside.right <= area.right
            assert area.top <= inside.top
            assert inside.bottom <= area.bottom + 1


def _boxes(drawn: ET.Element) -> list[Rectangle]:
    return [
        Rectangle(x, y, x + wide, y + high)
        for box in drawn.iter("rect")
        for x, y, wide, high in [
            [float(box.get(name, 0)) for name in ("x", "y", "width", "height")]
        ]
    ]


def _words(drawn: ET.Element, kind: str, exactly: bool = False) -> list[Rectangle]:
    return [
        _area(words)
        for words in drawn.iter("text")
        for given in [words.get("class", "")]
        if (given == kind if exactly else kind in given)
    ]


def _area(words: ET.Element) -> Rectangle:
    """Where words stand, digits taken as 6.6 px wide."""
    x, base = float(words.get("x", 0)), float(words.get("y", 0))
    wide = width_of(words.text or "")
    left = {"middle": x - wide / 2, "end": x - wide}.get(
        words.get("text-anchor", "start"), x
    )
    return Rectangle(left, base - 10, left + wide, base + 2)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), max_size=90))
def test_a_name_is_broken_into_lines_that_fit(name: str) -> None:
    lines = name_lines(name or "a")
    assert 1 <= len(lines) <= MOST_LINES
    assert all(width_of(line) <= ROOM for line in lines)


def test_a_long_name_is_wrapped_and_whole_in_its_title() -> None:
    name = "Newsletter for existing customers opened"
    drawn = draw_process_map([Node("n", name, weight=3)], [], "map", [])
    lines = re.findall(r'class="ti b">([^<]+)<', drawn)
    assert len(lines) > 1
    assert " ".join(lines) == name
    assert f"<title>{name}</title>" in drawn


def test_each_colouring_has_words_of_its_own(many: Path) -> None:
    page = many.read_text("utf-8")
    volumes, waits = (page.count(f"halo {kind}") for kind in ("by-volume", "by-time"))
    assert volumes == waits > 0
    edge = Edge("a", "b", label="12", wait="3 min", measure="d1 t2")
    drawn = draw_process_map([Node("a"), Node("b")], [edge], "map", [])
    assert re.findall(r"by-(\w+)[^>]*>([^<]+)<", drawn) == [
        ("volume", "12"),
        ("time", "3 min"),
    ]


def test_rare_connections_move_no_box() -> None:
    nodes = [Node(name, stage=name.upper()) for name in "abc"]
    frequent = [Edge("a", "b", 9, level=50), Edge("b", "c", 9, level=50)]
    rare = Edge("a", "c", 1, level=95)
    few, all_ = (
        draw_process_map(nodes, edges, "map", ["A", "B", "C"])
        for edges in (frequent, [*frequent, rare])
    )
    boxes = r"<rect [^>]+>"
    assert re.findall(boxes, few) == re.findall(boxes, all_)
    assert 'data-coverage="95"' in all_


def test_without_a_script_the_calm_level_is_shown(many: Path) -> None:
    page = many.read_text("utf-8")
    shown = re.search(r'<div id="maps" data-mode="drop" data-level="(\d+)">', page)
    assert shown
    assert int(shown[1]) in LEVELS
    assert '<label class="cover" hidden>' in page
    assert re.search(r'<span data-says="90">\d+ of \d+ connections carry 9\d', page)


@pytest.mark.browser
def test_the_slider_and_the_colour_work_in_a_browser(
    many: Path, browser: "Browser"
) -> None:
    query = {"coverage": "50", "colour": "time"}
    with opened(browser, many, query=query) as one:
        maps, slider = one.page.locator("#maps"), one.page.locator("#coverage")
        assert maps.get_attribute("data-mode") == "time"
        assert maps.get_attribute("data-level") == "50"
        assert slider.get_attribute("aria-valuetext") == "50% of steps"
        assert one.page.locator("output[for=coverage]").inner_text() == "50%"
        assert slider.is_visible()
        assert not one.told


def test_the_map_has_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    page = write_report(write_many(here / "many.duckdb", 14, 2), here)
    subprocess.run(
        [sys.executable, "-c", SEEDED, str(there)],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert page.read_bytes() == (there / "index.html").read_bytes()


def test_of_too_many_activities_the_busiest_are_drawn_and_it_says_so(
    tmp_path: Path,
) -> None:
    page = write_report(write_many(tmp_path / "many.duckdb", 44, 1), tmp_path)
    told = re.findall(r'<span data-says="90">([^<]+)<', page.read_text("utf-8"))
    assert all(one.endswith("; 40 of 44 activities are drawn.") for one in told)
    assert told
