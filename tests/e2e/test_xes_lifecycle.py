"""A log with lifecycle, ties, resources and zones is read as process miners read it."""

from importlib import import_module
from pathlib import Path

import pytest
from tests.e2e.facts import ends, starts, transitions, variants
from tests.e2e.running import Published, journeymine, once, ran
from tests.e2e.test_pm4py_agrees import _log_of, _quiet, pm4py
from tests.e2e.xes_logs import write_log

__all__ = ["pm4py"]  # a fixture

LOG = """
    case | activity | lifecycle | resource | instance | at                               | more
    c1   | triage   | start     | ann      |          | 2024-03-01T10:00:00.000+01:00    |
    c1   | triage   | complete  | ann      |          | 2024-03-01T10:05:00.000+01:00    | <float key="cost" value="1.5"/>
    c1   | repair   | start     | bob      |          | 2024-03-01T04:05:00.000-05:00    |
    c1   | call     | complete  |          |          | 2024-03-01T09:10:00.000Z         |
    c1   | repair   | suspend   | bob      |          | 2024-03-01T09:15:00.000Z         |
    c1   | repair   | resume    | bob      |          | 2024-03-01T09:25:00.000Z         |
    c1   | repair   | complete  | bob      |          | 2024-03-01T14:35:00.000+05:00    |
    c1   | close    | complete  | ann      |          | 2024-03-01T09:35:00.000Z         |
    c2   | triage   | schedule  |          |          | 2024-03-02T08:00:00.000001Z      |
    c2   | triage   | start     | ann      | i1       | 2024-03-02T08:00:00.000002Z      |
    c2   | triage   | start     | bob      | i2       | 2024-03-02T08:00:00.000003Z      |
    c2   | triage   | complete  | bob      | i2       | 2024-03-02T08:10:00.000004Z      |
    c2   | triage   | complete  | ann      | i1       | 2024-03-02T08:20:00.000005Z      |
    c2   | close    | complete  | ann      |          | 2024-03-02T08:20:00.000005Z      |
    c2   | reopen   | complete  | ann      |          | 2024-03-02T08:20:00.000005Z      |
    c2   | close    | complete  | bob      |          | 2024-03-02T08:20:00.000005Z      |
    c3   | triage   | complete  | ann      |          | 2024-03-02T08:00:00Z             |
    c3   | repair   | complete  | bob      |          | 2024-03-02T09:00:00Z             |
    c4   | triage   | start     | ann      |          | 2024-03-03T08:00:00Z             |
    c4   | triage   | complete  | bob      |          | 2024-03-03T08:30:00Z             | <list key="parts"><values><string key="part" value="hose"/></values></list>
    c4   | repair   | complete  | bob      |          | 2024-03-03T08:30:00Z             |
    c4   | check    | complete  | bob      |          | 2024-03-03T08:30:00Z             |
"""  # noqa: E501
OF_TRACES = '<string key="city" value="Köln"><int key="zip" value="50667"/></string>'
PROJECT = """
[project]
name = "Repairs"
as_of = 2024-03-04T00:00:00Z

[sources.repairs]
format = "xes"
path = "log.xes"

[journey]
case = "case:concept:name"
goal = ["close"]
"""


def _run(folder: Path) -> Published:
    write_log(folder / "log.xes", LOG, OF_TRACES)
    project = folder / "journeymine.toml"
    project.write_text(PROJECT, encoding="utf-8")
    return ran(project, folder / "output")


@pytest.fixture(scope="module")
def run(shared_folder: Path) -> Published:
    folder = shared_folder / "xes_lifecycle"
    folder.mkdir(exist_ok=True)
    return once(folder, _run)


@pytest.fixture(scope="module")
def intervals(run, pm4py):
    """The log as pm4py reads it, one row per execution of an activity."""
    objects = import_module("pm4py.objects.log.util.interval_lifecycle")
    with _quiet():
        log = pm4py.read_xes(
            str(run.output.parent / "log.xes"), return_legacy_log_object=True
        )
        return objects.to_interval(log)


def test_an_activity_is_counted_once(run):
    assert run.rows("select rule, events from meta_balances order by rule") == [
        ("accepted", 22),
        ("in_journeys", 14),
        ("lifecycle", 8),
    ]
    path = run.rows(
        "select string_agg(activity, ' ' order by event_index) from fct_events"
        " where journey_id = 'c1'"
    )
    assert path == [("triage call repair close",)]


def test_pm4py_finds_the_same_executions_and_times(run, intervals):
    expected = sorted(
        (
            trace.attributes["concept:name"],
            event["concept:name"],
            event["time:timestamp"].isoformat(timespec="microseconds"),
            event["start_timestamp"].isoformat(timespec="microseconds"),
            event.get("org:resource"),
        )
        for trace in intervals
        for event in trace
    )
    stamp = "strftime({}, '%Y-%m-%dT%H:%M:%S.%f+00:00')"
    found = run.rows(
        f"select journey_id, activity, {stamp.format('occurred_at')},"
        f" {stamp.format('coalesce(started_at, occurred_at)')}, resource"
        " from fct_events"
    )
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_pm4py_finds_the_same_paths_in_what_is_complete(run, pm4py):
    with _quiet():
        log = pm4py.read_xes(str(run.output.parent / "log.xes"))
        log = log[log["lifecycle:transition"] == "complete"].reset_index(drop=True)
        arcs, first, last = pm4py.discover_dfg(log)
        paths = pm4py.get_variants(log)
    assert transitions(run) == dict(arcs)
    assert starts(run) == first
    assert ends(run) == last
    assert variants(run) == {tuple(path): count for path, count in paths.items()}
    with _quiet():
        assert pm4py.get_variants(_log_of(run)) == paths


def test_pauses_are_no_service_and_zones_are_one_clock(run):
    assert run.rows(
        "select journey_id, activity, resource, service_seconds from fct_events"
        " where service_seconds is not null order by all"
    ) == [
        ("c1", "repair", "bob", 20 * 60),  # 30 minutes, of which 10 paused
        ("c1", "triage", "ann", 5 * 60),
        ("c2", "triage", "ann", 20 * 60 + 0.000003),
        ("c2", "triage", "bob", 10 * 60 + 0.000001),
        ("c4", "triage", "bob", 30 * 60),
    ]
    assert run.rows(
        "select journey_id, outcome from fct_journeys order by journey_id"
    ) == [
        ("c1", "converted"),
        ("c2", "converted"),
        ("c3", "in_progress"),
        ("c4", "in_progress"),
    ]


def test_all_attributes_are_kept(run):
    found = run.counts(
        "select activity || ' ' || journey_id, attributes"
        " from fct_events left join fct_event_attributes using (event_id)"
        " where journey_id in ('c1', 'c4') and activity in ('triage')"
    )
    parts = r'"[{\"part\": \"hose\"}]"'
    case = '"case:city":"Köln","case:city/zip":"50667"'
    assert found == {
        "triage c1": f'{{"case:concept:name":"c1",{case},"cost":"1.5"}}',
        "triage c4": f'{{"case:concept:name":"c4",{case},"parts":{parts}}}',
    }
    kinds = run.rows("select distinct kinds from fct_event_attributes order by all")
    assert any('"cost": "float"' in kind and "int" in kind for (kind,) in kinds)


def test_an_exported_log_has_all_that_the_imported_one_had(run, pm4py, tmp_path):
    project = run.output.parent / "journeymine.toml"
    done = journeymine(
        *("export", "--project", project, "--output", run.output),
        *("--to", "xes", tmp_path / "again.xes"),
    )
    assert done.returncode == 0, done.stderr
    assert "4 journeys, 14 events" in done.stdout
    with _quiet():
        again = pm4py.read_xes(str(tmp_path / "again.xes"))
        log = pm4py.read_xes(str(run.output.parent / "log.xes"))
    log = log[log["lifecycle:transition"] == "complete"]
    flat = ["case:concept:name", "concept:name", "time:timestamp", "org:resource"]
    flat += ["lifecycle:transition", "cost"]
    one, other = (
        table[flat].astype(str).sort_values(flat, ignore_index=True)
        for table in (again, log)
    )
    assert one.equals(other)
    assert set(again["case:city"]) == {"Köln"}
    assert set(again["case:city/zip"]) == {50667}
