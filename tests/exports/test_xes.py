"""An exported event log in XES is the published journeys, and nothing else."""

import gzip
import xml.etree.ElementTree as ET
from typing import Any  # texts, numbers and nulls of a table

import pytest
from tests.exports.conftest import HOSTILE, quiet

from journeymine.exports.snapshot import Snapshot
from journeymine.exports.xes import write_xes

SPACE = "{http://www.xes-standard.org/}"
EVENTS = 53
CLEAN = HOSTILE.translate({1: "\ufffd", 11: "\ufffd", 0xFFFE: "\ufffd"})


@pytest.fixture(scope="module")
def log(snapshot, tmp_path_factory):
    path = tmp_path_factory.mktemp("xes") / "log.xes"
    write_xes(snapshot, path)
    return path


def _published(snapshot: Snapshot) -> dict[str, tuple[Any, ...]]:
    rows = snapshot.con.execute(
        "select event_id, journey_id, activity,"
        " strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%f+00:00'), resource, amount,"
        " event_index from fct_events"
    ).fetchall()
    return {_clean(row[0]): tuple(map(_clean, row[1:])) for row in rows}


def _clean(value: Any) -> Any:
    return value.replace(HOSTILE, CLEAN) if isinstance(value, str) else value


def test_pm4py_reads_every_event_to_the_microsecond(snapshot, log, pm4py):
    with quiet():
        read = pm4py.read_xes(str(log))
    found = {
        row["jm:event_id"]: (
            row["case:concept:name"],
            row["concept:name"],
            row["time:timestamp"].isoformat(timespec="microseconds"),
            row["org:resource"] if isinstance(row["org:resource"], str) else None,
            row["jm:amount"] if row["jm:amount"] == row["jm:amount"] else None,
            row["jm:event_index"],
        )
        for row in read.to_dict("records")
    }
    expected = {
        key: (*row[:4], float(row[4]) if row[4] is not None else None, row[5])
        for key, row in _published(snapshot).items()
    }
    assert found == expected
    assert len(found) == EVENTS  # of 60: the starts that an end tells are no events


def test_pm4py_finds_the_same_paths(snapshot, log, pm4py):
    with quiet():
        read = pm4py.read_xes(str(log))
        found = pm4py.get_variants(read)
    expected: dict[tuple[str, ...], int] = {}
    for (path,) in snapshot.con.execute(
        "select list(activity order by rowid) from fct_events group by journey_id"
    ).fetchall():
        named = tuple(map(_clean, path))
        expected[named] = expected.get(named, 0) + 1
    assert {tuple(path): count for path, count in found.items()} == expected


def test_attributes_are_typed_and_keep_their_names(log):
    events = [
        {one.get("key"): (one.tag.removeprefix(SPACE), one.get("value")) for one in of}
        for of in ET.parse(log).iter(f"{SPACE}event")
    ]
    told = next(one for one in events if one["cost"][1] == "dear")
    assert {one["late"] for one in events} == {
        ("boolean", "false"),
        ("boolean", "true"),
    }
    assert ("float", "1.50") in [one["cost"] for one in events]
    assert told["due"] == ("date", "2024-06-01T10:00:00.123456+02:00")
    assert told["cost"] == ("string", "dear")  # said to be a number, and is none
    assert told["jm:attribute:jm:x"] == ("string", "1")
    assert told["jm:attribute:concept:name"] == ("string", "taken")
    assert told["touchpoint"] == ("string", "till")
    assert str(told["jm:touchpoint"][1]).endswith(" · web")
    assert told["jm:is_step"] == ("boolean", "true")


def test_what_all_events_of_a_case_share_stands_on_its_trace(log):
    traces = ET.parse(log).getroot().findall(f"{SPACE}trace")
    assert len(traces) == 5
    for trace in traces:
        told = {one.get("key"): one.get("value") for one in trace}
        assert told["city"] == "Köln"
        assert "mood" not in told
        events = trace.findall(f"{SPACE}event")
        moods = [
            one.get("value")
            for event in events
            for one in event
            if one.get("key") == "jm:attribute:case:mood"
        ]
        assert len(moods) == len(events)


def test_characters_that_xml_cannot_hold_are_replaced_and_counted(
    snapshot, tmp_path, log
):
    counts = write_xes(snapshot, tmp_path / "again.xes")
    text = log.read_text("utf-8")
    assert counts["characters replaced"] == text.count("\ufffd") > 0
    assert counts["events"] == EVENTS
    names = {one.get("value") for one in ET.parse(log).iter(f"{SPACE}string")}
    assert CLEAN in names  # line ends, tabs and all


def test_work_that_ends_says_when_it_began(snapshot, log):
    told = [
        str(one.get("value"))
        for one in ET.parse(log).iter(f"{SPACE}date")
        if one.get("key") == "start_timestamp"
    ]
    begun = snapshot.con.execute(
        "select strftime(started_at, '%Y-%m-%dT%H:%M:%S.%fZ') from fct_events"
        " where started_at is not null"
    ).fetchall()
    assert sorted(told) == sorted(row[0] for row in begun) != []


def test_a_packed_log_holds_the_same_and_both_are_the_same_each_time(
    snapshot, tmp_path, log
):
    for name in ("a.xes.gz", "b.xes.gz", "c.xes"):
        write_xes(snapshot, tmp_path / name)
    packed = (tmp_path / "a.xes.gz").read_bytes()
    assert packed == (tmp_path / "b.xes.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "c.xes").read_bytes()
    assert (tmp_path / "c.xes").read_bytes() == log.read_bytes()
