"""One published file for all tests of the report, and its page."""

from pathlib import Path

import pytest
from tests.report.shop import write_shop

from journeymine.report import write_report


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shop(tmp_path_factory.mktemp("shop") / "journeymine.duckdb")


@pytest.fixture(scope="session")
def page(shop: Path) -> str:
    return write_report(shop, shop.parent / "report").read_text("utf-8")
