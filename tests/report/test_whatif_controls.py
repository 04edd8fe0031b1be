"""Scenarios and models of the sample, chosen in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.running import Published
from tests.report.browsing import opened
from tests.report.credited import MODELS
from tests.report.published import publish
from tests.report.whatif_drawn import signed

from journeymine.report import words, write_report
from journeymine.report.whatif.queries import SCENARIOS
from journeymine.report.whatif.scenarios import funnel_name

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BUTTONS = {
    "best_persona": "As the best persona: ",
    "minus_10_percent": "10% fewer leave",
    "minus_25_percent": "25% fewer leave",
    "period_before": "As in ",
}
PRESS = """asked => asked.map(([persona, subject, row, name]) => {
    const host = document.querySelector(`[data-whatif="${persona}"]`);
    const part = name => host.querySelector(`[data-wi=${name}]`);
    const of = part("of");
    of.value = [...of.options].findIndex(one => one.text === subject);
    of.onchange();
    const rows = [...part("list").children];
    const own = rows.find(one => one.querySelector("bdi").textContent === row);
    const button = [...own.querySelectorAll("button")].find(
        one => one.textContent.startsWith(name));
    if (!button) return null;
    button.click();
    const told = ["gain", "interval"].map(name => part(name).textContent);
    told.push(button.getAttribute("aria-pressed"));
    part("reset").click();
    return [...told, part("gain").textContent, button.getAttribute("aria-pressed")];
})"""
CHOOSE = """model => {
    const select = document.getElementById("at-model");
    select.value = model;
    select.onchange();
    const figure = document.querySelector("[data-credits=all]");
    return {
        credits: [...figure.querySelectorAll("table.at tbody tr")].map(
            row => row.querySelector("[data-figure]").textContent),
        shown: [...figure.querySelectorAll(".w")].filter(
            one => getComputedStyle(one).display !== "none").map(
            one => one.getAttribute("class")),
    };
}"""
RING = """() => {
    const host = document.querySelector("[data-whatif=all]");
    const part = name => host.querySelector(`[data-wi=${name}]`);
    const rows = [...part("list").children];
    const said = rows.slice(0, 2).map(row => {
        const input = row.querySelector("input");
        input.value = 0;
        input.dispatchEvent(new Event("input"));
        return part("gain").textContent;
    });
    return {
        places: rows.map(row => row.querySelector("bdi").textContent),
        said: [...said, part("interval").textContent],
    };
}"""


@pytest.fixture(scope="module")
def page(
    sample: Published, tmp_path_factory: pytest.TempPathFactory, browser: "Browser"
) -> Iterator["Page"]:
    path = write_report(sample.database, tmp_path_factory.mktemp("controls"))
    with opened(browser, path) as one:
        yield one.page
        assert one.told == []


def test_a_scenario_brings_what_its_row_says_until_reset(
    page: "Page", sample: Published
) -> None:
    rows = sample.rows(
        "select persona, funnel, period, step, scenario, uplift, drop_rate,"
        f" new_rate, uplift_low, uplift_high from ({SCENARIOS})"
    )
    asked = [
        (row[0], funnel_name(row[1], row[2]), after(row[3]), BUTTONS[row[4]])
        for row in rows
    ]
    pressed = 0
    for told, row in zip(page.evaluate(PRESS, asked), rows, strict=True):
        *_, uplift, now, then, low, high = row
        if told is None:
            assert f"{now:.1%}" == f"{then:.1%}", row
            continue
        sure = f"95% interval {signed(low)} to {signed(high)}"
        assert told == [signed(uplift), sure, "true", "0", "false"], row
        pressed += 1
    assert pressed > 80


def test_a_model_shows_its_credit_and_its_interval(
    page: "Page", sample: Published
) -> None:
    for model in MODELS:
        told = page.evaluate(CHOOSE, model)
        credits = sample.rows(
            "select own.credit, own.credit_low is not null from fct_attribution as own"
            " inner join fct_attribution as sure using (persona, segment, channel)"
            " where own.model = ? and sure.model = 'markov' and persona = 'all'"
            " and segment = 'all' order by sure.credit desc",
            model,
        )
        assert told["credits"] == [f"{credit:,.1f}" for credit, _ in credits]
        assert told["shown"] == [f"w {model}"] * sum(known for _, known in credits)


def test_a_ring_that_nobody_leaves_any_more_has_no_answer(
    browser: "Browser", tmp_path: Path
) -> None:
    # Who is at `a` or `b` leaves from there, or goes on to the other; `c` only repeats.
    moves = "$start>a $start>c $start>won a>b b>a a>$abandoned b>$abandoned c>c"
    moves += " c>$abandoned won>$converted"
    chain: list[dict[str, object]] = [
        {"persona": "all", "from_state": one, "to_state": other, "transitions": 5}
        for one, other in (move.split(">") for move in moves.split())
    ]
    database = publish(tmp_path / "journeymine.duckdb", {"fct_chain": chain})
    with opened(browser, write_report(database, tmp_path)) as one:
        told = one.page.evaluate(RING)
        assert one.told == []
    assert told == {
        "places": ["A", "B", "Won"],
        "said": ["0.0", "Not known", "Nobody would ever arrive at an end."],
    }


def after(step: str) -> str:
    return f"After “{words.label(step)}”"
