"""Shared fixtures: a database filled from tables drawn in the test itself.

`project(toml)` sets the project file, `given(int_events=...)` draws tables, and
`result_of(model, *columns)` builds a model and before it all that it reads and nobody
drew.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

from journeymine.warehouse import connect


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
