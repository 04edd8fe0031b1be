"""Transitions, starts, ends and variants are those that pm4py finds."""

import contextlib
import io
import warnings
from importlib.util import find_spec
from types import ModuleType

import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.e2e.facts import ends, starts, transitions, variants
from tests.e2e.running import Published

LOGS = [
    "clicks_by_user",
    "clicks_by_session",
    "clicks_by_gap",
    "lending_xes",
    "lending_parquet",
    "support",
    "sample",
]


@pytest.fixture(scope="module")
def pm4py() -> ModuleType:
    if find_spec("pm4py") is None:
        pytest.skip("pm4py is not installed: pip install 'journeymine[mining]'")
    with _quiet():
        import pm4py  # noqa: PLC0415  slow, and an extra
    return pm4py  # type: ignore[no-any-return]


@pytest.fixture(params=LOGS)
def run(request: pytest.FixtureRequest) -> Published:
    if request.param == "sample":
        run: Published = request.getfixturevalue("sample")
    else:
        run = request.getfixturevalue("published")(request.param)
    return run


def test_pm4py_finds_the_same_paths(run, pm4py):
    log = _log_of(run)
    with _quiet():
        arcs, first, last = pm4py.discover_dfg(log)
        paths = pm4py.get_variants(log)
    assert transitions(run) == dict(arcs)
    assert starts(run) == first
    assert ends(run) == last
    assert variants(run) == {tuple(path): journeys for path, journeys in paths.items()}


def _log_of(run: Published) -> pd.DataFrame:
    """Return the published events as pm4py wants them, in our order of events."""
    events = pq.read_table(run.tables / "fct_events.parquet").to_pandas()
    events = events[~events["is_aftermath"]]
    log = pd.DataFrame(
        {
            "case:concept:name": events["journey_id"],
            "concept:name": events["activity"],
            "time:timestamp": events["occurred_at"],
        }
    )
    # The table stands in order of events; a stable sort keeps it within a journey.
    return log.sort_values("case:concept:name", kind="stable", ignore_index=True)


@contextlib.contextmanager
def _quiet():
    """Keep pm4py's banner and warnings to itself: warnings are errors here."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
