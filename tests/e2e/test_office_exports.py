"""Hand-outs for offices by the command line, of the smallest project."""

import shutil
import struct
from pathlib import Path

import pypdf
import pytest
from tests.e2e.running import journeymine
from tests.e2e.tiny import Shop

from journeymine.exports.office import browser

BROWSER = next(filter(None, map(shutil.which, browser.NAMES)), None)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no chromium here")


@pytest.mark.browser
@needs_browser
def test_the_report_is_printed_in_words_that_can_be_read_again(shop: Shop) -> None:
    path = shop.folder / "report.pdf"
    done = _export(shop, "pdf", path)
    assert done == "", done
    told = pypdf.PdfReader(path)
    text = " ".join(page.extract_text() for page in told.pages)
    assert "Tiny" in text
    assert "Journey map" in text
    wide, high = told.pages[0].mediabox[2:]
    assert wide > high
    assert told.metadata is not None
    watermark = told.metadata.creation_date
    assert watermark is not None
    assert watermark.year == 2024  # when the data end, not when it was printed


@pytest.mark.browser
@needs_browser
def test_the_picture_is_of_the_map_alone(shop: Shop) -> None:
    path = shop.folder / "map.png"
    assert _export(shop, "png", path) == ""
    told = path.read_bytes()
    assert told.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", told[16:24])
    assert wide > 2000
    assert 200 < high < 16_000


def test_without_a_browser_it_is_said_in_one_line(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEYMINE_BROWSER", "no-such-browser")
    told = _export(shop, "pdf", shop.folder / "report.pdf")
    assert told == (
        "Error: --to pdf or png: no-such-browser is no program; install Chromium or"
        " Chrome, or name one in JOURNEYMINE_BROWSER\n"
    )
    assert not list(Path(shop.folder).glob("*.pdf*"))


def test_a_program_that_is_no_browser_is_said_in_one_line(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNEYMINE_BROWSER", "true")
    told = _export(shop, "png", shop.folder / "map.png")
    assert told.startswith("Error: ")
    assert told.count("\n") == 1
    assert "cannot be written: " in told


def _export(shop: Shop, to: str, path: Path) -> str:
    done = journeymine("export", "--project", shop.project, "--to", to, path)
    assert (done.returncode == 0) == (done.stderr == "")
    return done.stderr


@pytest.mark.parametrize("to", ["xlsx", "pptx", "csv"])
def test_four_events_without_stages_make_a_whole_hand_out(shop: Shop, to: str) -> None:
    pytest.importorskip("pptx", reason="needs the extra `office`")
    path = shop.folder / f"handout.{to}"
    assert _export(shop, to, path) == ""
    first = path.read_bytes()
    path.unlink()
    assert _export(shop, to, path) == ""
    assert path.read_bytes() == first
