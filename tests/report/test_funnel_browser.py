"""The funnels in a real browser: what a reader chooses is what stands there."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.browsing import opened
from tests.report.test_funnel_evidence import driver, ground_of, value_of

from journeymine.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_a_chosen_step_and_segment_are_shown_alone(
    browser: "Browser", tmp_path: Path
) -> None:
    later = {"step_index": 2, "step": "guided", "driver": "asked"}
    ground_of(
        tmp_path,
        fct_drivers=[driver(1, 0.5), {**driver(1, 2.0), **later}],
        fct_conversion=[
            value_of("phone", 0.5, 0.1),
            {**value_of("web", 0.4, 0.1), "segment": "channel"},
        ],
    ).tables.con.close()
    write_report(tmp_path / "drawn.duckdb", tmp_path)
    with opened(browser, tmp_path / "index.html") as one:
        section = one.page.locator("#funnel")
        section.locator("select[data-tabs=driver1]").select_option("s2")
        section.locator("select[data-tabs=segment1]").select_option("device")
        titles = [
            title.inner_text()
            for title in section.locator("h3").all()
            if title.is_visible()
        ]
        names = section.locator(".dots:visible li:first-child bdi").all_inner_texts()
        assert "With “Asked” before, more go on after “Guided”" in titles
        assert "With “Did 1” before, fewer go on after “Seen”" not in titles
        assert names == ["phone", "“Asked” before"]
        assert not one.told
        assert not one.is_wrong_to_axe(include=["#funnel"])
