"""Take the pictures of the report that the README shows.

    .venv/bin/python .ci/pictures.py REPORT FOLDER

`make pictures` runs the sample and calls this. The same page and the same Chromium
give the same pictures; each is cropped to the part that tells most.
"""

import shutil
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

WIDTH, MARGIN = 1280, 24
MOST = 250_000  # bytes of a picture
NEAR = 160  # how far up from the lowest line a picture may end
TALLEST = {"summary": 900, "map": 1080, "funnel": 900, "paths": 1000}
"""The sections that are shown, and how many pixels of each at most."""


def take(report: Path, folder: Path) -> None:
    """Write one picture per section, in the light theme."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("make pictures: no Chromium on this machine; install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce"
        )
        page.goto(f"{report.resolve().as_uri()}?theme=light")
        for section, tallest in TALLEST.items():
            picture = _picture(page, section, tallest)
            path = folder / f"{section}.png"
            picture.save(path, optimize=True)
            if path.stat().st_size > MOST:
                sys.exit(f"make pictures: {path} is larger than {MOST} bytes")
            print(f"{path}  {picture.width} x {picture.height}")  # noqa: T201
        browser.close()


def _picture(page: Page, section: str, tallest: int) -> Image.Image:
    """Return a section as it stands on the page, from its top."""
    whole = page.locator(f"#{section}").bounding_box()
    if whole is None:
        sys.exit(f"make pictures: the report has no section {section}")
    clip = {
        "x": 0.0,
        "y": whole["y"] + (0 if section == "summary" else MARGIN),
        "width": float(WIDTH),
        "height": min(whole["height"], tallest),
    }
    shot = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
    picture = Image.open(BytesIO(shot)).convert("RGB")
    below = _gap(picture) if whole["height"] > tallest else picture.height
    return picture.crop((0, 0, WIDTH, below))


def _gap(picture: Image.Image) -> int:
    """Return where near the bottom least is cut: the lowest of the emptiest lines."""
    ink = (np.asarray(picture.convert("L")) < 250).sum(axis=1)
    first = picture.height - NEAR
    return first + NEAR - 1 - int(ink[first:][::-1].argmin())


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
