"""The real sample's page in a real browser: every control works, nothing leaves it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.e2e.running import Published
from tests.report.browsing import Opened, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = pytest.mark.browser

REACHING = """async () => {
    const tries = [
        () => fetch("https://example.org/a"),
        () => new Promise((good, bad) => {
            const one = new XMLHttpRequest();
            one.onload = good; one.onerror = bad;
            one.open("GET", "https://example.org/b"); one.send();
        }),
        ...["img", "script"].map(kind => () => new Promise((good, bad) => {
            const one = document.createElement(kind);
            one.onload = good; one.onerror = bad;
            one.src = "https://example.org/" + kind;
            document.body.append(one);
        })),
        () => new Promise((good, bad) => {
            const one = new WebSocket("wss://example.org/");
            one.onopen = good; one.onerror = bad;
        }),
    ];
    const ended = await Promise.allSettled(tries.map(one => one()));
    return ended.map(one => one.status);
}"""


@pytest.fixture(scope="module")
def report(browser: "Browser", sample: Published) -> Iterator[Opened]:
    path = sample.output / "current" / "report" / "index.html"
    with opened(browser, path) as one:
        yield one
        assert one.told == []
        assert one.asked == []


def test_the_page_says_nothing_to_the_console_and_asks_for_nothing(
    report: Opened,
) -> None:
    assert report.page.title()
    assert report.told == []
    assert report.asked == []


def test_every_tab_shows_its_panel_by_its_arrow_keys(report: Opened) -> None:
    for group in report.page.locator("[role=tablist]").all():
        tabs = group.locator("[role=tab]").all()
        if not group.is_visible():
            continue
        tabs[0].focus()
        for tab in [*tabs[1:], tabs[0]]:
            report.page.keyboard.press("ArrowRight")
            assert _is_the_one_of(group, tab), tab.inner_text()
        report.page.keyboard.press("ArrowLeft")
        assert _is_the_one_of(group, tabs[-1])
        tabs[0].click()
        assert _is_the_one_of(group, tabs[0])


def _is_the_one_of(group: "Locator", tab: "Locator") -> bool:
    """Whether a tab is picked, has the focus, and its panel alone is shown."""
    return bool(
        group.evaluate(
            """(group, picked) => {
                const tabs = [...group.querySelectorAll("[role=tab]")];
                return document.activeElement === picked && tabs.every(tab => {
                    const mine = tab === picked;
                    const panel = document.getElementById(
                        tab.getAttribute("aria-controls"));
                    return tab.getAttribute("aria-selected") === String(mine)
                        && tab.tabIndex === (mine ? 0 : -1)
                        && panel.hidden !== mine;
                });
            }""",
            tab.element_handle(),
        )
    )


def test_every_choice_of_a_select_changes_what_is_shown(report: Opened) -> None:
    for select in report.page.locator("main select").all():
        if not select.is_visible():
            continue
        values = select.evaluate("one => [...one.options].map(each => each.value)")
        shown = set()
        for value in values:
            select.select_option(value)
            shown.add(_seen(select))
        assert len(shown) == len(values), select.evaluate("one => one.outerHTML")
        select.select_option(values[0])


def _seen(control: "Locator") -> str:
    """Return all texts and drawings that are shown in the section of a control."""
    return str(
        control.evaluate(
            """one => {
                const part = one.closest("section");
                return part.innerText + [...part.querySelectorAll("svg *")]
                    .filter(each => each.getClientRects().length)
                    .map(each => each.outerHTML + getComputedStyle(each).color).join();
            }"""
        )
    )


def test_every_toggle_tells_that_it_is_pressed(report: Opened) -> None:
    for toggle in report.page.locator("main [aria-pressed]").all():
        if not toggle.is_visible():
            continue
        toggle.focus()
        before = toggle.get_attribute("aria-pressed")
        report.page.keyboard.press("Enter")
        after = toggle.get_attribute("aria-pressed")
        is_one_of_several = toggle.evaluate(
            "one => one.parentElement.querySelectorAll('[aria-pressed]').length"
        )
        assert after == "true" or (before == "true" and is_one_of_several == 1)


def test_every_slider_changes_what_it_says_and_what_is_seen(report: Opened) -> None:
    for slider in report.page.locator("main input[type=range]").all():
        if not slider.is_visible():
            continue
        slider.focus()
        told = {}
        for key in ("Home", "End"):
            report.page.keyboard.press(key)
            told[slider.input_value()] = _seen(slider)
        assert len(told) == 2, slider.evaluate("one => one.outerHTML")
        assert len({*told.values()}) == 2, slider.evaluate("one => one.outerHTML")
        said = slider.evaluate("one => one.getAttribute('aria-valuetext') || one.value")
        assert said not in {"", "NaN"}


def test_all_that_is_folded_opens_and_escape_closes_it(report: Opened) -> None:
    first = report.page.locator("main details > summary >> visible=true").first
    first.focus()
    report.page.keyboard.press("Enter")
    assert first.evaluate("one => one.parentElement.open")
    report.page.keyboard.press("Escape")
    empty = report.page.evaluate(
        """() => [...document.querySelectorAll("details > summary")].filter(one => {
            if (!one.getClientRects().length) return false;
            one.click();
            const held = [...one.parentElement.children].filter(each => each !== one);
            return !one.parentElement.open || !held.some(each => each.offsetHeight > 8);
        }).map(one => one.parentElement.outerHTML.slice(0, 200))"""
    )
    assert empty == []
    report.page.keyboard.press("Escape")
    assert report.page.locator("details[open]").count() == 0


def test_every_table_behind_a_chart_has_rows_of_one_length(report: Opened) -> None:
    uneven = report.page.evaluate(
        """() => [...document.querySelectorAll("main table.t")].filter(one => {
            const wide = row => [...row.cells].reduce((n, cell) => n + cell.colSpan, 0);
            const widths = new Set([...one.rows].map(wide));
            const isSpanned = one.querySelector("[rowspan]");
            return !one.tBodies.length || !one.tBodies[0].rows.length
                || (widths.size > 1 && !isSpanned);
        }).map(one => one.outerHTML.slice(0, 200))"""
    )
    assert uneven == []


def test_the_theme_is_switched_and_told(report: Opened) -> None:
    button = report.page.locator("#theme")
    root = report.page.locator("html")
    for name, offered in (("dark", "Light"), ("light", "Dark")):
        button.click()
        assert root.get_attribute("data-theme") == name
        assert button.inner_text() == offered


def test_what_tries_to_leave_the_page_is_refused_by_the_page(
    browser: "Browser", report: Opened
) -> None:
    with opened(browser, report.path) as one:
        assert set(one.page.evaluate(REACHING)) == {"rejected"}
        assert one.asked == []  # not asked for: refused before that
        assert any("Content Security Policy" in said for said in one.told)
