"""How the real sample's page looks: at three widths, light, dark and on paper."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdf
import pytest
from tests.e2e.running import Published
from tests.report.browsing import ARTIFACTS, WIDTHS, Opened, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MARKED = """() => [...document.querySelectorAll("svg[role=img]")].filter(chart => {
    if (!chart.getClientRects().length) return false;
    const mark = (edge, y) => {
        const text = document.createElementNS(chart.namespaceURI, "text");
        text.textContent = edge + chart.dataset.number + edge;
        text.setAttribute("y", y);
        text.setAttribute("style", "font-size:1px");
        chart.append(text);
    };
    chart.dataset.number = ++window.numbered || (window.numbered = 1);
    const box = chart.viewBox.baseVal;
    mark("§", box && box.height ? box.y + 2 : 2);
    mark("¶", box && box.height ? box.y + box.height - 1 : "99%");
    return true;
}).map(chart => chart.getAttribute("aria-label"))"""
"""Writes a mark into the first and the last line of every chart that is shown."""


@pytest.fixture(scope="module")
def report(browser: "Browser", sample: Published) -> Iterator[Opened]:
    path = sample.output / "current" / "report" / "index.html"
    with opened(browser, path) as one:
        yield one


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_or_on_top_of_other_at_any_width(
    report: Opened, width: int
) -> None:
    report.widen(width)
    assert report.found() == []
    report.keep_pictures(f"{width}-light")


def test_the_page_is_open_to_all_in_both_themes(
    browser: "Browser", report: Opened
) -> None:
    with opened(browser, report.path) as one:
        assert one.is_wrong_to_axe() == []
        one.page.locator("#theme").click()
        assert one.is_wrong_to_axe(runOnly=["color-contrast"]) == []
    with opened(browser, report.path, query={"theme": "dark"}) as one:
        one.keep_pictures("1280-dark")


def test_the_address_says_what_is_shown(browser: "Browser", report: Opened) -> None:
    groups: dict[str, str] = report.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[role=tablist]")]
            .map(one => [one.dataset.tabs, [...one.querySelectorAll("[role=tab]")]
                .at(-1).dataset.key]))"""
    )
    with opened(browser, report.path, query={**groups, "theme": "dark"}) as one:
        shown = one.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll(
                "[role=tab][aria-selected=true]")].map(tab => [
                tab.closest("[role=tablist]").dataset.tabs, tab.dataset.key]))"""
        )
        assert shown == groups
        assert one.page.locator("html").get_attribute("data-theme") == "dark"
        assert one.told == []


def test_the_page_prints_whole_charts_on_pages_that_all_hold_something(
    report: Opened,
) -> None:
    report.page.evaluate(MARKED)
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    paper = ARTIFACTS / "report.pdf"
    report.page.pdf(path=paper, prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(paper).pages
    texts = [page.extract_text() for page in pages]
    wide, high = pages[0].mediabox.width, pages[0].mediabox.height
    assert (round(wide), round(high)) == (842, 595)  # A4 landscape, in points
    assert [number for number, text in enumerate(texts, 1) if len(text) < 80] == []
    assert _cut(texts) == []


def _cut(texts: list[str]) -> list[str]:
    """Return the charts whose first and last line are not on one page."""
    pages: dict[str, dict[str, set[int]]] = {}
    for number, text in enumerate(texts, 1):
        for edge, chart in re.findall(r"([§¶])\s*(\d+)\s*[§¶]", text):
            pages.setdefault(chart, {}).setdefault(edge, set()).add(number)
    assert len(pages) > 20  # marks are found at all
    return [
        f"chart {chart} is on pages {found}"
        for chart, found in pages.items()
        if not found.get("§", set()) & found.get("¶", set())
    ]
