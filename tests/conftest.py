"""Shared fixtures: a database filled from tables drawn in the test itself.

`project(toml)` sets the project file, `given(int_events=...)` draws tables, and
`result_of(model, *columns)` builds a model and before it all that it reads and nobody
drew. `sample` is what a run of the sample published.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.e2e.running import SAMPLE, Published, once, ran

from journeymine.warehouse import connect

PLACES = {"flows": 0, "e2e": 1, "core": 3}
"""Where folders stand among the others, which are 2.

Long files come first, and many short ones last, so that no worker is left alone with
a long one. The flows wait for most of their time: meanwhile others compile the loops.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the folders into the order of `PLACES`."""
    items.sort(key=lambda item: PLACES.get(item.path.parent.name, 2))


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an empty database in memory."""
    with connect(":memory:", threads=1) as connection:
        yield connection


@pytest.fixture
def bench(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Bench:
    return Bench(con, tmp_path)


@pytest.fixture
def project(bench: Bench) -> SetProject:
    """Return a function that sets the project file, before anything is drawn."""
    return bench.set_project


@pytest.fixture
def given(bench: Bench) -> Given:
    """Return a function that makes tables from drawings."""
    return bench.given


@pytest.fixture
def result_of(bench: Bench) -> ResultOf:
    """Return a function that builds a model and reads some of its columns."""
    return bench.result_of


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all tests of this session, in whichever worker they run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def sample(shared_folder: Path) -> Published:
    """The committed sample, run as it stands, once for all workers."""
    return once(
        shared_folder / "sample",
        lambda folder: ran(SAMPLE / "journeymine.toml", folder / "output"),
    )
