"""Transitions, their times, variants and rework are those that pm4py finds."""

import contextlib
import io
import warnings
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.e2e.facts import ends, starts, transitions, variants
from tests.e2e.running import Published

Graph = tuple[dict[Any, int], ...]  # Any: pm4py has no types

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


@pytest.fixture(scope="module", params=LOGS)
def run(request: pytest.FixtureRequest) -> Published:
    if request.param == "sample":
        run: Published = request.getfixturevalue("sample")
    else:
        run = request.getfixturevalue("published")(request.param)
    return run


@pytest.fixture(scope="module")
def log(run: Published) -> pd.DataFrame:
    return _log_of(run)


@pytest.fixture(scope="module")
def graph(log: pd.DataFrame, pm4py: ModuleType) -> Graph:
    """Return the transitions, starts and ends that pm4py finds."""
    with _quiet():
        return tuple(map(dict, pm4py.discover_dfg(log)))


def test_pm4py_finds_the_same_paths(run, log, graph, pm4py):
    arcs, first, last = graph
    with _quiet():
        paths = pm4py.get_variants(log)
    assert transitions(run) == arcs
    assert starts(run) == first
    assert ends(run) == last
    assert variants(run) == {tuple(path): journeys for path, journeys in paths.items()}


def test_pm4py_finds_the_same_waiting_times(run, log, pm4py):
    with _quiet():
        arcs, _, _ = pm4py.discover_performance_dfg(log)
    found = run.rows(
        "select from_activity, to_activity, transitions, mean_seconds, p50_seconds"
        " from fct_transitions where persona = 'all' and segment = 'all'"
    )
    assert {row[:2] for row in found} == set(arcs)
    for one, other, count, mean, median in found:
        told = arcs[one, other]
        assert mean == pytest.approx(told["mean"], rel=1e-9, abs=1e-6)
        # Ours is one of the waiting times; pm4py goes between the two in the middle.
        if count % 2:
            assert median == pytest.approx(told["median"], rel=1e-9, abs=1e-6)
        else:
            assert told["min"] <= median <= told["median"] + 1e-6


def test_pm4py_finds_the_same_rework(run, log, graph, pm4py):
    arcs, _, _ = graph
    with _quiet():
        cases = pm4py.get_rework_cases_per_activity(log)
    rework = "from fct_rework where persona = 'all' and segment = 'all' and kind"
    assert run.counts(f"select activity, journeys {rework} = 'rework'") == cases
    assert run.counts(f"select activity, occurrences {rework} = 'self_loop'") == {
        one: count for (one, other), count in arcs.items() if one == other
    }


def test_pm4py_finds_the_same_ends_of_open_cases(run, log, pm4py):
    is_open = run.counts("select journey_id, outcome = 'in_progress' from fct_journeys")
    opened = log[log["case:concept:name"].map(is_open)].reset_index(drop=True)
    with _quiet():
        last = pm4py.get_end_activities(opened) if len(opened) else {}
    assert last == run.counts(
        "select activity, open_ends from fct_activities"
        " where open_ends > 0 and persona = 'all' and segment = 'all'"
    )


def test_the_logs_hold_events_at_the_same_time(published, pm4py):
    ties = {
        name: len(log)
        - len(log.drop_duplicates(["case:concept:name", "time:timestamp"]))
        for name in ("clicks_by_user", "support")
        for log in [_log_of(published(name))]
    }
    assert max(ties.values()) > 0


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
