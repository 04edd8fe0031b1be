"""One Prefect server and worker for all tests of the flows."""

from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from tests.flows.local_prefect import Prefect, started_prefect


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prefect]:
    if find_spec("prefect") is None:
        pytest.skip("Prefect is not installed: pip install 'journeymine[flows]'")
    with started_prefect(tmp_path_factory.mktemp("prefect")) as local:
        yield local
