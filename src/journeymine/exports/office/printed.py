"""The published report on paper, and its journey map as a picture."""

import re
from datetime import datetime
from pathlib import Path

from journeymine.config import Config
from journeymine.exports.formats import Counts
from journeymine.exports.office.browser import Page, opened_page
from journeymine.exports.office.tables import made_at
from journeymine.marts import DATABASE
from journeymine.publish import newest
from journeymine.report.facts import read_facts
from journeymine.report.reader import open_tables

REPORT = "report/index.html"
SCREEN = (1440, 900)
MARGIN = 24
HIGHEST = 8000
"""Of a picture, before it is enlarged twofold: browsers draw no higher ones."""

PRINTED = {"preferCSSPageSize": True, "printBackground": True, "landscape": True}
TAGGED = {"generateTaggedPDF": True, "generateDocumentOutline": True}

MAP = """
(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const section = document.getElementById("map") || document.querySelector("main")
        || document.body;
    const box = section.getBoundingClientRect();
    return [box.x + scrollX, box.y + scrollY, box.width, box.height];
})()
"""


def write_pdf(config: Config, path: Path) -> Counts:
    """Print the newest report, and return how many pages it has."""
    with opened_page(newest(config.output, REPORT), SCREEN) as page:
        pdf = page.file("Page.printToPDF", PRINTED | TAGGED)
    path.write_bytes(dated(pdf, _made_at(config)))
    return {"pages": len(re.findall(rb"/Type\s*/Page\b", pdf))}


def write_png(config: Config, path: Path) -> Counts:
    """Draw the journey map of the newest report, and return its size."""
    with opened_page(newest(config.output, REPORT), SCREEN) as page:
        png = _picture(page)
    path.write_bytes(png)
    return {
        "pixels wide": int.from_bytes(png[16:20]),
        "pixels high": int.from_bytes(png[20:24]),
    }


def dated(pdf: bytes, at: datetime) -> bytes:
    """Return a PDF whose own dates are a given one; its length stays the same."""
    told = f"(D:{at:%Y%m%d%H%M%S}".encode()
    return re.sub(rb"(?<=Date )\(D:\d{14}", told, pdf)


def _picture(page: Page) -> bytes:
    x, y, wide, high = page.told(MAP)
    tall = min(round(y + high) + 2 * MARGIN, HIGHEST)
    page.resize((SCREEN[0], tall))
    x, y, wide, high = page.told(MAP)
    clip = {
        "x": max(0, x - MARGIN),
        "y": max(0, y - MARGIN),
        "width": wide + 2 * MARGIN,
        "height": min(high + 2 * MARGIN, HIGHEST),
        "scale": 1,
    }
    options = {"format": "png", "clip": clip, "captureBeyondViewport": True}
    return page.file("Page.captureScreenshot", options)


def _made_at(config: Config) -> datetime:
    tables = open_tables(newest(config.output, DATABASE).resolve())
    try:
        return made_at(read_facts(tables))
    finally:
        tables.con.close()
