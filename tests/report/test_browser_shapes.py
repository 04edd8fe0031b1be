"""The page of every shape of a project: hostile, foreign, wide, small and empty."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.e2e.running import Published, once
from tests.e2e.tiny import publish_tiny
from tests.report.browsing import LOOKS, opened
from tests.report.shapes import SHAPES

from journeymine.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

MOST = 8_000_000
SAID = {
    "hostile": ["<script>alert(1)</script>", "{{ 7*7 }}", "<svg/onload=alert(1)>"],
    "wide": ["商品页面已查看", "उत्पाद पृष्ठ देखा गया", "عرض صفحة المنتج"],
    "quiet": ["No groups of customers were found", "No feedback was given"],
    "tiny": ["No stages are defined", "Nobody was asked", "not known yet"],
    "empty": ["no customers", "No funnel is defined", "No stages", "Not known"],
}
"""What the page of a shape says: as text what is hostile, and what is missing."""


@pytest.fixture(scope="module")
def databases(shared_folder: Path) -> dict[str, Path]:
    """The files that need a run of their own."""
    tiny = once(shared_folder / "tiny", lambda folder: publish_tiny(folder / "shop"))
    return {"tiny": tiny.database}


@pytest.mark.parametrize("shape", SAID)
def test_every_shape_of_a_project_makes_a_good_page(
    browser: "Browser",
    sample: Published,
    databases: dict[str, Path],
    tmp_path: Path,
    shape: str,
) -> None:
    made = SHAPES.get(shape)
    database = made(sample.database, tmp_path) if made else databases[shape]
    path = write_report(database, tmp_path)
    assert path.stat().st_size <= MOST
    with opened(browser, path, width=390) as one:
        assert one.found(*LOOKS) == []
        one.widen(1280)
        one.unfold()
        assert one.found(*LOOKS) == []
        text = one.page.evaluate("document.body.textContent")
        assert [words for words in SAID[shape] if words not in text] == []
        assert one.told == []
        assert one.asked == []


def test_another_process_draws_the_same_bytes(
    sample: Published, tmp_path: Path
) -> None:
    command = (
        "import sys, pathlib, journeymine.report as report;"
        "report.write_report(*map(pathlib.Path, sys.argv[1:]))"
    )
    subprocess.run(
        [sys.executable, "-c", command, sample.database, tmp_path],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
    )
    published = sample.output / "current" / "report" / "index.html"
    assert (tmp_path / "index.html").read_bytes() == published.read_bytes()
