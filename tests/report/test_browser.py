"""The page in a real browser: no console error, every tab, pictures as artifacts."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
ARTIFACTS = Path(os.environ.get("JOURNEYMINE_ARTIFACTS", "artifacts"))
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine"),
]


def browse(profile: Path, address: str, *options: str) -> tuple[str, str]:
    """Open a page and return what was printed and what was logged."""
    command = [
        str(BROWSER),
        *QUIET,
        f"--user-data-dir={profile}",
        "--enable-logging=stderr",
        "--v=0",
        *options,
        address,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout, done.stderr


@pytest.fixture
def address(page: str, shop: Path) -> str:
    assert page
    return (shop.parent / "report" / "index.html").as_uri()


def test_the_page_runs_without_a_console_error(address: str, tmp_path: Path) -> None:
    wanted = f"{address}?theme=dark&persona=p2&funnel=p3"
    dom, log = browse(tmp_path, wanted, "--dump-dom")
    assert "CONSOLE" not in log, [line for line in log.split("\n") if "CONSOLE" in line]
    assert 'data-theme="dark"' in dom
    shown = re.findall(r'data-group="(\w+)" data-panel="(\w+)"([^>]*)>', dom)
    visible = {group: key for group, key, rest in shown if "hidden" not in rest}
    assert visible == {"persona": "p2", "funnel": "p3", "path": "all"}


@pytest.mark.parametrize(
    ("name", "size", "theme"),
    [
        ("report-1280-light", "1280,5200", "light"),
        ("report-1280-dark", "1280,5200", "dark"),
        ("report-390-light", "500,5200", "light"),
    ],
)
def test_a_picture_is_kept(
    address: str, tmp_path: Path, name: str, size: str, theme: str
) -> None:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    picture = ARTIFACTS / f"{name}.png"
    picture.unlink(missing_ok=True)
    options = f"--window-size={size}", f"--screenshot={picture.resolve()}"
    browse(tmp_path, f"{address}?theme={theme}", *options)
    assert picture.stat().st_size > 50_000


def test_the_page_prints(address: str, tmp_path: Path) -> None:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    paper = ARTIFACTS / "report.pdf"
    browse(
        tmp_path, address, f"--print-to-pdf={paper.resolve()}", "--no-pdf-header-footer"
    )
    pages = len(re.findall(rb"/Type\s*/Page\b", paper.read_bytes()))
    assert 6 <= pages <= 14
