"""The chart to explore, in a real browser: it says what the tables say, alone."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.browsing import Opened, opened
from tests.report.published import publish

from journeymine.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

UNITS = ("share", "emotion", "points", "days", "journeys", "EUR")
MONTHS = [f"2024-{number:02}-01" for number in range(1, 13)]
NAMES = [f"{date(2024, number, 1):%B %Y}" for number in range(1, 13)]
CHART = "document.querySelector('#explore .chart')"
HOSTILE = "<img src=x onerror=alert(1)>"
VALUES = """() => [...document.querySelectorAll("#explore tbody tr")].map(
    row => [...row.cells].map(cell => cell.textContent))"""
BEHIND = """() => Object.fromEntries(
    [...document.querySelectorAll("#trends figure.small")].map(one => [
        one.querySelector("h4").textContent.split(":")[0],
        [...one.querySelectorAll("tbody tr")].map(
            row => [...row.cells].map(cell => cell.textContent))]))"""


def _rows() -> dict[str, list[dict[str, object]]]:
    """Draw values of every unit, at random: large and small, with gaps."""
    chance = random.Random(3)
    spread = {"share": 1, "emotion": 1, "points": 90, "days": 40, "EUR": 30_000}
    kpis: list[dict[str, object]] = []
    for unit in UNITS:
        for month in MONTHS:
            value = chance.random() * spread.get(unit, 5000) * chance.choice([1, 0.01])
            value = round(value) if unit == "journeys" else value
            kpis.append(
                {
                    "metric": f"of_{unit}",
                    "objective": "(none)",
                    "period_kind": "month",
                    "period": month,
                    "persona": "all",
                    "segment": "all",
                    "segment_value": "all",
                    "n": chance.choice([3, 12, 29, 30, 4000]),
                    "value": value,
                    "value_low": value * 0.7,
                    "value_high": min(value * 1.2, spread.get(unit, 9000)),
                    "is_final": chance.random() < 0.8,
                }
            )
    phones = [
        {**row, "segment": "device", "segment_value": HOSTILE, "objective": "aim"}
        for row in kpis
        if row["metric"] == "of_share"
    ]
    return {
        "meta_run": [{"name": "currency", "value": "EUR"}],
        "meta_metrics": [
            {
                "metric": f"of_{one}",
                "words": "Words",
                "unit": one,
                "direction": "up",
                "query": "select 1",
            }
            for one in UNITS
        ],
        "fct_kpis": [*kpis, *phones],
    }


@pytest.fixture(scope="module")
def explored(
    browser: "Browser", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("explored")
    database = publish(folder / "journeymine.duckdb", _rows())
    with opened(browser, write_report(database, folder)) as one:
        one.page.locator("#explore > summary").scroll_into_view_if_needed()
        assert one.page.evaluate("typeof Plotly") == "undefined"  # not unpacked yet
        one.page.locator("#explore > summary").click()
        one.page.wait_for_selector("#explore .chart .main-svg", timeout=30_000)
        yield one
        assert one.told == []
        assert one.asked == []


def test_the_chart_says_what_stands_behind_the_drawings(explored: Opened) -> None:
    behind = explored.page.evaluate(BEHIND)
    for unit in UNITS:
        name = f"Of {unit}"
        explored.page.select_option("[data-pick=measure]", label=name)
        known = [row for row in behind[name] if row[1] != "Too few"]
        assert known
        assert explored.page.evaluate(VALUES) == known


def test_the_chart_never_bridges_a_gap(explored: Opened) -> None:
    segments = f"() => {CHART}.data.slice(2, 4).map(one => one.x.length / 3)"
    for unit in UNITS:
        explored.page.select_option("[data-pick=measure]", label=f"Of {unit}")
        rows = explored.page.evaluate(VALUES)
        places = [NAMES.index(row[0]) for row in rows]
        joined = [
            one[4] == other[4] == "Yes"
            for place, (one, other) in zip(places, pairwise(rows), strict=False)
            if NAMES[place + 1] == other[0]
        ]
        solid = sum(joined)
        assert explored.page.evaluate(segments) == [solid, len(joined) - solid]


def test_a_hostile_name_is_only_text(explored: Opened) -> None:
    explored.page.select_option("[data-pick=measure]", label="Of share")
    options = explored.page.locator("[data-pick=slice] option").all_inner_texts()
    assert len(options) == 2
    explored.page.select_option("[data-pick=slice]", label=options[1])
    assert "img src" in options[1]
    texts = f"() => {CHART}.getAttribute('aria-label')"
    assert "img src" in explored.page.evaluate(texts)
    assert explored.page.locator("#explore img").count() == 0


def test_dragging_shows_a_part_of_the_time_and_a_button_the_whole(
    explored: Opened,
) -> None:
    span = f"() => {CHART}.layout.xaxis.range.map(Number)"
    whole = explored.page.evaluate(span)
    chart = explored.page.locator("#explore .chart .nsewdrag")
    box = chart.bounding_box()
    assert box
    explored.page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 90)
    explored.page.mouse.down()
    explored.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 95, steps=4)
    explored.page.mouse.up()
    range_ = f"() => {CHART}.layout.xaxis.range.map(String)"
    explored.page.wait_for_function(
        f"whole => ({range_})().join() !== whole.join()",
        arg=[str(one) for one in whole],
    )
    explored.page.locator("[data-whole]").click()
    explored.page.wait_for_function(
        f"whole => ({span})().join() === whole.join()", arg=whole
    )


def test_the_theme_changes_the_colours_of_the_chart(explored: Opened) -> None:
    ink = f"() => {CHART}.data[2].line.color"
    before = explored.page.evaluate(ink)
    explored.page.locator("#theme").dispatch_event("click")
    explored.page.wait_for_function(f"before => ({ink})() !== before", arg=before)
    explored.page.locator("#theme").dispatch_event("click")
    explored.page.wait_for_function(f"before => ({ink})() === before", arg=before)


def test_a_browser_that_cannot_unpack_says_so(
    browser: "Browser", explored: Opened
) -> None:
    with opened(browser, Path(explored.path)) as one:
        one.page.evaluate("delete window.DecompressionStream")
        one.page.locator("#explore > summary").click()
        said = one.page.locator("#explore [data-state]")
        said.get_by_text("the drawings and tables above hold").wait_for()
        assert one.told == []
