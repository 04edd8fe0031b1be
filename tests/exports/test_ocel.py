"""An exported object-centric log is the published one, in both forms of OCEL 2.0."""

import json
import sqlite3
from contextlib import closing
from importlib import import_module

import pytest
from tests.exports.conftest import HOSTILE, quiet

from journeymine.exports.ocel_json import write_ocel_json
from journeymine.exports.ocel_sqlite import write_ocel_sqlite
from journeymine.exports.snapshot import Snapshot

EVENTS = 53


@pytest.fixture(scope="module")
def folder(snapshot, tmp_path_factory):
    """Both files, as `log.sqlite` and `log.json`."""
    folder = tmp_path_factory.mktemp("ocel")
    counts = [
        write_ocel_sqlite(snapshot, folder / "log.sqlite"),
        write_ocel_json(snapshot, folder / "log.json"),
    ]
    assert counts == [{"events": EVENTS, "objects": counts[0]["objects"]}] * 2
    return folder


@pytest.fixture(scope="module")
def document(folder):
    return json.loads((folder / "log.json").read_text("utf-8"))


def _published(snapshot: Snapshot) -> dict[str, tuple[str, str]]:
    return {
        event: (activity, at)
        for event, activity, at in snapshot.con.execute(
            "select event_id, activity,"
            " strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%f+00:00') from fct_events"
        ).fetchall()
    }


def _links(snapshot: Snapshot) -> set[tuple[str, str, str]]:
    return set(
        snapshot.con.execute(
            "select event_id, object_type || ':' || object_id, qualifier"
            " from fct_event_objects"
        ).fetchall()
    )


def test_pm4py_reads_the_same_events_objects_and_relations(snapshot, folder, pm4py):
    with quiet():
        read = pm4py.read_ocel2_sqlite(str(folder / "log.sqlite"))
    events = {
        row["ocel:eid"]: (
            row["ocel:activity"],
            row["ocel:timestamp"].isoformat(timespec="microseconds"),
        )
        for row in read.events.to_dict("records")
    }
    assert events == _published(snapshot)
    columns = ["ocel:eid", "ocel:oid", "ocel:qualifier"]
    assert set(read.relations[columns].itertuples(index=False)) == _links(snapshot)
    objects = snapshot.con.execute(
        "select object_type || ':' || object_id, object_type from dim_objects"
    ).fetchall()
    found = read.objects[["ocel:oid", "ocel:type"]]
    assert set(found.itertuples(index=False, name=None)) == set(objects)
    of = snapshot.con.execute(
        "select 'journey:' || journey_id, 'customer:' || customer_id, 'of'"
        " from fct_journeys where journey_kind = 'main'"
    ).fetchall()
    assert set(read.o2o.itertuples(index=False, name=None)) == set(of)


def test_pm4py_reads_the_same_from_json_but_for_parts_of_a_second(
    snapshot, folder, pm4py
):
    with quiet():
        read = pm4py.read_ocel2_json(str(folder / "log.json"))
    assert {
        row["ocel:eid"]: (
            row["ocel:activity"],
            row["ocel:timestamp"].isoformat(timespec="seconds"),
        )
        for row in read.events.to_dict("records")
    } == {
        event: (activity, f"{at[:19]}+00:00")
        for event, (activity, at) in _published(snapshot).items()
    }
    columns = ["ocel:eid", "ocel:oid", "ocel:qualifier"]
    assert set(read.relations[columns].itertuples(index=False)) == _links(snapshot)


def test_json_holds_times_to_the_microsecond(snapshot, document):
    found = {
        event["id"]: (event["type"], event["time"].replace("Z", "+00:00"))
        for event in document["events"]
    }
    assert found == _published(snapshot)


def test_sqlite_keeps_the_published_constraints(folder, pm4py):
    validation = import_module("pm4py.objects.ocel.validation.ocel20_rel_validation")
    with quiet():
        _, broken = validation.apply(str(folder / "log.sqlite"))
    assert broken == []
    with closing(sqlite3.connect(folder / "log.sqlite")) as con:
        assert con.execute("pragma foreign_key_check").fetchall() == []
        assert con.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_json_is_as_the_standard_says(document):
    assert list(document) == ["eventTypes", "objectTypes", "objects", "events"]
    types = {"string", "time", "integer", "float", "boolean"}
    declared: dict[tuple[str, str], dict[str, str]] = {}
    for what in ("eventTypes", "objectTypes"):
        for one in document[what]:
            assert set(one) == {"name", "attributes"}
            kinds = {told["name"]: told["type"] for told in one["attributes"]}
            assert set(kinds.values()) <= types
            assert len(kinds) == len(one["attributes"])
            declared[what, one["name"]] = kinds
    objects = {one["id"] for one in document["objects"]}
    assert len(objects) == len(document["objects"])
    for what, keys in (
        ("objects", {"id", "type", "attributes", "relationships"}),
        ("events", {"id", "type", "time", "attributes", "relationships"}),
    ):
        for one in document[what]:
            assert set(one) == keys
            assert {to["objectId"] for to in one["relationships"]} <= objects
            assert all(to["qualifier"] for to in one["relationships"])
            kinds = declared[f"{what[:-1]}Types", one["type"]]
            for told in one["attributes"]:
                assert _is(kinds[told["name"]], told["value"])


def _is(kind: str, value: object) -> bool:
    known: dict[str, type | tuple[type, ...]] = {"integer": int, "float": (int, float)}
    if kind in known:
        return isinstance(value, known[kind]) and not isinstance(value, bool)
    return isinstance(value, bool if kind == "boolean" else str)


def test_both_forms_hold_the_same_attributes(folder, document):
    with closing(sqlite3.connect(folder / "log.sqlite")) as con:
        con.row_factory = sqlite3.Row
        tables = dict(con.execute("select * from event_map_type").fetchall())
        assert len({table.lower() for table in tables.values()}) == len(tables)
        for event in document["events"]:
            row = con.execute(
                f'select * from "event_{tables[event["type"]]}" where ocel_id = ?',
                (event["id"],),
            ).fetchone()
            told = {one["name"]: one["value"] for one in event["attributes"]}
            found = {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118
            assert found.pop("ocel_id") == event["id"]
            assert found.pop("ocel_time") == event["time"]
            assert found == told


def test_hostile_names_are_kept(document):
    (note,) = {one["id"] for one in document["objects"] if one["type"] == "object"}
    assert note == f"object:{HOSTILE.strip()}"
    assert HOSTILE in {one["type"] for one in document["events"]}
    names = {
        told["name"]
        for one in document["eventTypes"]
        for told in one["attributes"]
        if told["name"].lower().startswith(("cost", "touchpoint"))
    }
    assert names == {"Cost", "cost (2)", "touchpoint", "touchpoint (2)"}


@pytest.mark.parametrize(
    ("name", "write"),
    [("log.sqlite", write_ocel_sqlite), ("log.json", write_ocel_json)],
)
def test_the_bytes_are_the_same_each_time(snapshot, folder, tmp_path, name, write):
    write(snapshot, tmp_path / name)
    assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()
