"""The journey map in a real browser: lanes, pins, and how it looks."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.browsing import opened
from tests.report.mapped import drawn, note, pain

from journeymine.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_chosen_lanes_stand_alone_and_a_pin_leads_to_its_note(
    browser: "Browser", tmp_path: Path
) -> None:
    found = [pain(rank, persona="p1", effort=float(rank)) for rank in (1, 2, 3)]
    said = [note("a", anchor_kind="stage", anchor="pay")]
    write_report(drawn(tmp_path, fct_pain_points=found, fct_notes=said), tmp_path)
    with opened(browser, tmp_path / "index.html") as one:
        section = one.page.locator("#map")

        def lanes() -> list[str]:
            return [
                row.inner_text().split("\n")[0]
                for row in section.locator("th[scope=row]:visible").all()
            ]

        assert lanes()[0] == "Customers"
        assert "Backstage" in lanes()
        section.get_by_role("button", name="Loss and action").click()
        assert lanes()[0] == "Drop-off"
        section.get_by_role("button", name="Experience", exact=True).click()
        assert lanes() == ["Customers", "Emotion", "They said", "Touchpoints"]
        section.get_by_role("tab", name="Side by side").click()
        assert lanes() == ["All customers", "Hasty", "Careful"]
        section.get_by_role("button", name="All lanes").click()
        section.get_by_role("tab", name="Hasty").click()
        section.locator("a.pin:visible").first.click()
        assert one.page.evaluate("location.hash") == "#note1"
        assert not one.told
        assert not one.is_wrong_to_axe(include=["#map"])
        for width in (390, 1280):
            one.widen(width)
            assert [told for told in one.found() if ": map " in told] == []
