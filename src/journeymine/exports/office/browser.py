"""A local Chromium that opens one page, and is asked about it over two pipes."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from journeymine.errors import OutputError

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("chrome", "microsoft-edge", "msedge"),
)
"""Programs that it may be, on the path; JOURNEYMINE_BROWSER names another one."""

OPTIONS = (
    *("--headless", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--hide-scrollbars", "--disable-quic", "--disable-lcd-text"),
    *("--force-color-profile=srgb", "--disable-dev-shm-usage"),
)
LONGEST = 60
"""Seconds that a page may take."""

Said = dict[str, Any]  # Any: JSON of the browser


class Page:
    """A page that the browser has open."""

    def __init__(self, asks: int, answers: int) -> None:
        self.asks, self.answers = asks, answers
        self.number, self.session, self.rest = 0, "", b""

    def ask(self, method: str, **parameters: object) -> Said:
        """Ask, and return the answer."""
        self.number += 1
        told: Said = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            told["sessionId"] = self.session
        os.write(self.asks, json.dumps(told).encode() + b"\0")
        while True:
            heard = self._heard()
            if heard.get("id") == self.number:
                if "error" in heard:
                    message = f"the browser said: {heard['error']['message']}"
                    raise OSError(message)
                return dict(heard["result"])

    def open(self, address: str, size: tuple[int, int]) -> None:
        """Open an address in a window of that size, and wait until it stands."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        self.resize(size)
        light = [{"name": "prefers-color-scheme", "value": "light"}]
        self.ask("Emulation.setEmulatedMedia", features=light)
        self.ask("Page.enable")
        self.ask("Page.navigate", url=address)
        while self._heard().get("method") != "Page.loadEventFired":
            pass

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window so wide and high, its points twice as fine."""
        wide, high = size
        shape = {"width": wide, "height": high, "deviceScaleFactor": 2}
        self.ask("Emulation.setDeviceMetricsOverride", **shape, mobile=False)

    def told(self, expression: str) -> Any:  # noqa: ANN401  a value of the page
        """Return what an expression of the page's language gives."""
        found = self.ask(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
        )
        return found["result"].get("value")

    def file(self, method: str, options: Mapping[str, object]) -> bytes:
        """Return the file that a question is answered with."""
        return base64.b64decode(self.ask(method, **options)["data"])

    def _heard(self) -> Said:
        while b"\0" not in self.rest:
            part = os.read(self.answers, 1 << 20)
            if not part:
                message = "the browser ended before the page was done"
                raise OSError(message)
            self.rest += part
        heard, _, self.rest = self.rest.partition(b"\0")
        return dict(json.loads(heard))


def browser() -> str:
    """Return the browser of this machine.

    Raises
    ------
    OutputError
        If there is none.
    """
    told = os.environ.get("JOURNEYMINE_BROWSER")
    for name in [told] if told else NAMES:
        if found := shutil.which(name):
            return found
    what = f"{told} is no program" if told else "no Chromium is on this machine"
    message = (
        f"--to pdf or png: {what}; install Chromium or Chrome,"
        " or name one in JOURNEYMINE_BROWSER"
    )
    raise OutputError(message)


@contextmanager
def opened_page(file: Path, size: tuple[int, int]) -> Iterator[Page]:
    """Open a file in a browser of its own, which ends with the block."""
    program = browser()
    (asks_from, asks), (answers, answers_to) = os.pipe(), os.pipe()

    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        running = subprocess.Popen(
            [program, *OPTIONS, *root, f"--user-data-dir={profile}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=partial(_connect, asks_from, answers_to),
            pass_fds=(3, 4),
        )
        timer = threading.Timer(LONGEST, running.kill)
        timer.start()
        try:
            os.close(asks_from)
            os.close(answers_to)
            page = Page(asks, answers)
            page.open(file.resolve().as_uri(), size)
            yield page
        finally:
            timer.cancel()
            running.kill()
            running.wait()
            os.close(asks)
            os.close(answers)


def _connect(asks: int, answers: int) -> None:
    """Make the ends of the pipes those that the browser looks for: 3 and 4."""
    # Above both first: either may be one of them.
    ends = [fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (asks, answers)]
    for number, end in zip((3, 4), ends, strict=True):
        os.dup2(end, number)
