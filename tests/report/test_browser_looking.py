"""What looks at the pages sees what is wrong: each fault is drawn, and found."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.browsing import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

GOOD = """<section class="s" id="a"><figure><svg role="img" aria-label="Bars"
width="300" height="50"><rect width="40" height="20"/><text y="40">one</text>
<text x="90" y="40">two</text></svg><table><tr><td>1</td></tr></table></figure>
<p title="All of it"
style="overflow:hidden;height:9px">Cut, but whole in a title</p><a href="#a">here</a>
<p>None beyond the expected</p><script type="application/json">{"a": 1}</script>"""
FAULTS = {
    "wide": ("<p>", '<p style="width:2000px">'),
    "collisions": ('x="90"', 'x="4"'),
    "cut": ('title="All of it"', ""),
    "hollow": ('<rect width="40" height="20"/>', ""),
    "tableless": ("<table><tr><td>1</td></tr></table>", ""),
    "references": ('href="#a"', 'href="#b"'),
    "unsaid": ("None beyond the expected", "Median nan days"),
    "islands": ('{"a": 1}', '{"a": NaN}'),
}
FURTHER = {
    "a mark outside of its chart": ("hollow", 'height="20"', 'height="200"'),
    "a chart without words": ("hollow", 'aria-label="Bars"', ""),
    "a figure that is no number": ("hollow", 'width="40"', 'width="nan"'),
    "an id that stands twice": ("references", "<p>", '<p id="a">'),
    "a link out of the page": ("references", "#a", "https://example.org"),
    "a None for a figure": ("unsaid", "None beyond the expected", "None"),
}


@pytest.mark.parametrize(
    ("look", "good", "bad"),
    [*((look, *fault) for look, fault in FAULTS.items()), *FURTHER.values()],
    ids=[*FAULTS, *FURTHER],
)
def test_each_fault_is_found(
    browser: "Browser", tmp_path: Path, look: str, good: str, bad: str
) -> None:
    assert good in GOOD
    path = tmp_path / "index.html"
    path.write_text(f"<!doctype html><main>{GOOD}", encoding="utf-8")
    faulty = tmp_path / "faulty.html"
    text = GOOD.replace(good, bad, 1)
    faulty.write_text(f"<!doctype html><main>{text}", encoding="utf-8")
    with opened(browser, path) as one:
        assert one.found() == []
    with opened(browser, faulty) as one:
        assert one.found(look)
