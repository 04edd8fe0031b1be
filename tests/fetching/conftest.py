"""One PostgreSQL for all tests, and a shop of its own for each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.fetching.cluster import Cluster, cluster
from tests.fetching.shop import ORDERS, Shop


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as started:
        yield started


@pytest.fixture
def shop(
    postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    with postgres.schema() as database:
        database.do(ORDERS)
        monkeypatch.setenv("SHOP_DSN", database.dsn)
        yield Shop(database, tmp_path)
