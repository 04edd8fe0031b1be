"""The report in a real browser: what it says, what it asks for, how it looks."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Route

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LOOKING = Path(__file__).with_name("looking.js")
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
ARTIFACTS = Path(os.environ.get("JOURNEYMINE_ARTIFACTS", "artifacts"))
LOOKS = (
    "wide",
    "collisions",
    "cut",
    "hollow",
    "tableless",
    "references",
    "unsaid",
    "islands",
)
WIDTHS = (390, 1280, 1920)


@dataclass(frozen=True)
class Opened:
    """A page that is open.

    `told` is what the console, an error or a dialog said; `asked` is every address
    that was asked for, but for the page's own.
    """

    page: "Page"
    path: Path
    address: str
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def found(self, *looks: str) -> list[str]:
        """Return what is wrong, for each of these looks of `looking.js`."""
        return [
            f"{look}: {wrong}"
            for look in looks or LOOKS
            for wrong in self.page.evaluate(f"looking.{look}()")
        ]

    def widen(self, width: int) -> None:
        """Give the window another width."""
        self.page.set_viewport_size({"width": width, "height": 900})

    def unfold(self) -> None:
        """Open all that is folded, and show all that waits behind a tab."""
        self.page.evaluate("looking.unfold()")

    def is_wrong_to_axe(self, **options: object) -> list[str]:
        """Return the serious and critical violations that axe-core finds.

        What is hidden is taken out of the page: axe does not judge it, but it takes
        its time.
        """
        if not AXE.exists():
            pytest.skip("no axe-core: run npm ci --prefix tests")
        self.page.evaluate("looking.strip()")
        self.page.evaluate(AXE.read_text("utf-8"))
        result = self.page.evaluate(
            "options => axe.run(document, options)",
            {"resultTypes": ["violations"], **options},
        )
        return [
            f"{one['id']}: {node['html'][:200]}"
            for one in result["violations"]
            if one["impact"] in {"serious", "critical"}
            for node in one["nodes"]
        ]

    def keep_pictures(self, name: str) -> None:
        """Keep a picture of each section, for people to look at."""
        whole = Image.open(BytesIO(self.page.screenshot(full_page=True)))
        boxes = self.page.evaluate(
            """() => [...document.querySelectorAll("section.s")].map(one => {
                const box = one.getBoundingClientRect();
                return [one.id, box.top + scrollY, box.bottom + scrollY];
            })"""
        )
        ARTIFACTS.mkdir(parents=True, exist_ok=True)
        for section, top, bottom in boxes:
            part = whole.crop((0, int(top), whole.width, int(bottom)))
            part.save(ARTIFACTS / f"report-{section}-{name}.png", compress_level=1)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Start the browser of the system, or skip the test where there is none."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--hide-scrollbars"]
        )
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: "Browser",
    path: Path,
    width: int = 1280,
    query: Mapping[str, str] | None = None,
) -> Iterator[Opened]:
    """Open a report, with what its address says, and listen to it."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    address = path.resolve().as_uri() + (f"?{urlencode(query)}" if query else "")
    one = Opened(page, path, address)
    _listen(one)
    page.goto(address)
    page.evaluate(LOOKING.read_text("utf-8"))
    yield one
    context.close()


def _listen(one: Opened) -> None:
    def answer(route: "Route") -> None:
        if route.request.url == one.address:
            route.continue_()
        else:
            one.asked.append(route.request.url)
            route.abort()

    def hear(message: "ConsoleMessage") -> None:
        one.told.append(f"console {message.type}: {message.text}")

    def refuse(dialog: "Dialog") -> None:
        one.told.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    one.page.route("**", answer)
    one.page.on("console", hear)
    one.page.on("pageerror", lambda error: one.told.append(f"error: {error}"))
    one.page.on("dialog", refuse)
