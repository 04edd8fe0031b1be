"""One published file for all tests of the report, and its page."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.browsing import chromium
from tests.report.shop import write_shop

from journeymine.report import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shop(tmp_path_factory.mktemp("shop") / "journeymine.duckdb")


@pytest.fixture(scope="session")
def page(shop: Path) -> str:
    return write_report(shop, shop.parent / "report").read_text("utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A browser for the tests of a module: its driver lets no other event loop run."""
    with chromium() as started:
        yield started
