"""Object-centric logs: what of an event stands in which column, whatever the file."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from journeymine.errors import SourceError
from journeymine.ingest import land_source, mend_records, raw_records, read_landed

OBJECTS: list[dict[str, Any]] = [
    {"id": "o1", "type": "Order", "attributes": [{"name": "x", "value": 1}]},
    {"id": "o2", "type": "Order", "relationships": [{"objectId": "c1"}]},
    {"id": "c1", "type": "customer"},
]
EVENTS: list[dict[str, Any]] = [
    {
        "id": "e1",
        "type": "pay",
        "time": "2024-01-01T10:00:00.000001Z",
        "attributes": [
            {"name": "cost", "value": 1.50},
            {"name": "late", "value": True},
        ],
        "relationships": [
            {"objectId": "c1", "qualifier": "by"},
            {"objectId": "o1", "qualifier": "of"},
            {"objectId": "o2", "qualifier": "of"},
            {"objectId": "o2", "qualifier": "too"},
        ],
    },
    {"id": "e15", "type": "pay", "time": "2024-01-01", "relationships": []},
    {"id": "e2", "type": "visit", "time": "2024-01-01 11:00:00", "relationships": []},
    {
        "id": "e3",
        "type": "pay",
        "time": None,
        "attributes": [{"name": "order", "value": "é"}],
        "relationships": [{"objectId": "gone", "qualifier": "of"}],
    },
]
COLUMNS = ("ocel:id", "ocel:type", "ocel:time", "ocel:relations", "Order", "customer")
ATTRIBUTES = ("cost", "late", "order (2)")
ROWS = {
    "e1": ("pay", EVENTS[0]["time"], '["o1", "o2"]', "c1", "1.5", "true", None),
    "e15": ("pay", "2024-01-01", None, None, None, None, None),
    "e2": ("visit", EVENTS[2]["time"], None, None, None, None, None),
    "e3": ("pay", None, None, None, None, None, "é"),
}


def document(events: list[Any] | None = None, **more: Any) -> bytes:
    log = {**more, "events": EVENTS if events is None else events, "objects": OBJECTS}
    return json.dumps(log, indent=1).encode()


def database(path: Path, *further: str) -> None:
    """Write the log in SQLite, and run further statements."""
    with closing(sqlite3.connect(path, isolation_level=None)) as con:
        con.executescript("""
            create table event_map_type (ocel_type text, ocel_type_map text);
            create table event (ocel_id text, ocel_type text);
            create table object (ocel_id text, ocel_type text);
            create table event_object (
                ocel_event_id text, ocel_object_id text, ocel_qualifier text
            );
            create table event_Pay (
                ocel_id text, ocel_time timestamp, cost real, late boolean, "order" text
            );
            create table event_visit (ocel_time timestamp, ocel_id text);
            insert into event_map_type values ('pay', 'Pay'), ('visit', 'visit');
        """)
        for one in OBJECTS:
            con.execute("insert into object values (?, ?)", (one["id"], one["type"]))
        for one in EVENTS:
            con.execute("insert into event values (?, ?)", (one["id"], one["type"]))
            told = {each["name"]: each["value"] for each in one.get("attributes", [])}
            row = (*(told.get(name) for name in ("cost", "late", "order")),)
            if one["type"] == "pay":
                sql = "insert into event_Pay values (?, ?, ?, ?, ?)"
                con.execute(sql, (one["id"], one["time"], *row))
            else:
                sql = "insert into event_visit values (?, ?)"
                con.execute(sql, (one["time"], one["id"]))
            for each in one["relationships"]:
                pair = (each["objectId"], each["qualifier"])
                con.execute(
                    "insert into event_object values (?, ?, ?)", (one["id"], *pair)
                )
        for statement in further:
            con.executescript(statement)


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., bytes]:
    def write(*further: str) -> bytes:
        path = tmp_path / "made"
        path.unlink(missing_ok=True)
        database(path, *further)
        return path.read_bytes()

    return write


def by_id(landed: Any) -> dict[str, tuple[Any, ...]]:
    """Return rows without `ocel:relations`, whose order no standard says."""
    return {row[0]: (*row[1:3], *row[4:]) for row in landed.rows}


@pytest.mark.parametrize("kind", ["json", "sqlite"])
def test_each_event_is_a_record_with_its_objects_by_type(land, stored, kind):
    content = document() if kind == "json" else stored()
    landed = land({"log": content}, format="ocel")
    assert landed.columns == (*COLUMNS, *ATTRIBUTES)
    assert by_id(landed) == ROWS
    told = {row[0]: json.loads(row[3] or "[]") for row in landed.rows}
    assert sorted(one["qualifier"] for one in told["e1"]) == ["by", "of", "of", "too"]
    assert told["e3"] == [{"objectId": "gone", "type": None, "qualifier": "of"}]
    assert (landed.load.lines, landed.load.records) == (4, 4)


def test_names_that_no_column_may_have_are_changed(land, stored):
    change = """alter table event_visit add column "" text;
        alter table event_visit add column "Record_Index" text"""
    landed = land({"log": stored(change)}, format="ocel")
    assert {"_", "Record_Index (2)"} < {*landed.columns}


def test_events_in_json_that_are_none_are_set_aside(land):
    twice = [{"name": "a", "value": 1}, {"name": "a", "value": 2}]
    events = [*EVENTS, {"type": "pay"}, {"id": "e5"}, 6, {"id": "e7", "attributes": 1}]
    events += [{"id": "e8", "type": "pay", "attributes": twice}]
    text = document(events).replace(b'"e5"', b'"e5"}, {"id": "\xff"')
    landed = land({"log": text}, format="ocel")
    assert by_id(landed) == ROWS
    assert [(index, why) for index, _, _, why, _ in landed.bad] == [
        (5, "an event without an id"),
        (6, "an event without a type"),
        (7, "not valid UTF-8"),
        (8, "no event of OCEL 2.0"),
        (9, "no event of OCEL 2.0"),
        (10, "an attribute stands twice in the event"),
    ]
    for _, offset, line, _, raw in landed.bad:
        assert text[offset : offset + len(raw)] == raw
        assert text[:offset].count(b"\n") + 1 == line


def test_a_log_in_json_that_is_cut_keeps_its_whole_events(land):
    text = document([*EVENTS, {"id": "e4", "type": "x"}])
    landed = land({"log": text[: text.index(b'"e4"')]}, format="ocel")
    assert [row[0] for row in landed.rows] == [*ROWS]
    assert [why for _, _, _, why, _ in landed.bad] == [
        "the JSON document ends here, or is damaged"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", "no readable OCEL 2.0 (no events); check path and format"),
        (b'{"objects": []}', "no readable OCEL 2.0 (no events); check path and format"),
        (b"id,what\n", "no readable OCEL 2.0 (no events); check path and format"),
        (b'{"objects":\n[{}], "events": []}', "line 2: no object of OCEL 2.0; export"),
    ],
)
def test_what_is_no_log_in_json_is_one_line(land, text, problem):
    with pytest.raises(SourceError) as caught:
        land({"log": text}, format="ocel")
    assert str(caught.value).startswith(f"sources.shop: log: {problem}")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("drop table event_object", "no table 'event_object'"),
        ("drop table event_visit", "no table 'event_visit'"),
        ("delete from event_map_type", "a type is missing in event_map_type"),
        ("delete from event where ocel_id = 'e3'", '1 rows of "event_Pay" are missing'),
        ("alter table event rename column ocel_id to id", "no such column"),
        (
            "drop table event_visit; create view event_visit as"
            " with recursive n as (select 1 union all select 1 from n) select * from n",
            "no table 'event_visit'",
        ),
        (
            "drop table event; create virtual table event using fts5(ocel_id)",
            "no table 'event'",
        ),
        ('update event_Pay set "order" = zeroblob(9000000)', "string or blob too big"),
        (
            "insert into event values (cast(x'ff' as text), cast(x'ff' as text))",
            "missing",
        ),
    ],
)
def test_a_hostile_database_is_one_line(land, stored, statement, problem):
    with pytest.raises(SourceError) as caught:
        land({"log": stored(statement)}, format="ocel")
    line = str(caught.value)
    assert line.startswith("sources.shop: log: no readable OCEL 2.0 (")
    assert problem in line
    assert "\n" not in line


def test_a_damaged_database_ends_in_one_line_or_in_events(land, stored):
    whole = stored("create table more as select * from event, event as b, event as c")
    for seed in range(25):
        dice = random.Random(seed)
        raw = bytearray(whole)
        for _ in range(dice.randrange(1, 30)):
            raw[dice.randrange(16, len(raw))] = dice.randrange(256)
        cut = raw[: dice.choice([len(raw), dice.randrange(16, len(raw))])]
        assert "\n" not in error_of(land, bytes(cut)), seed


def error_of(land: Callable[..., object], log: bytes) -> str:
    """Land a log; anything but a `SourceError` is a defect."""
    try:
        land({"log": log}, format="ocel", mode="replace")
    except SourceError as error:
        return str(error)
    return ""


def test_a_database_that_is_still_written_is_refused(land, stored, tmp_path):
    (tmp_path / "log-wal").write_bytes(b"rows")
    with pytest.raises(SourceError, match="log-wal holds what was written last"):
        land({"log": stored()}, format="ocel")


def test_bad_events_of_a_database_are_set_aside_and_mended(project, stored):
    content = stored(
        "update event set ocel_id = cast(x'65ff' as text) where ocel_id = 'e2'",
        "update event_visit set ocel_id = cast(x'65ff' as text)",
    )
    config = project({"log": content}, format="ocel")
    (load,) = land_source(config, "shop")
    assert (load.records, load.quarantined) == (4, 1)
    landing = config.output / "landing"
    (landed,) = read_landed(landing, "shop")
    (raw,) = raw_records(landed, [4]).values()
    assert raw.startswith(b'{"ocel:id": "e\xff", "ocel:type": "visit"')
    mended = raw.replace(b"\xff", b"2")
    mend_records(landing, "shop", {landed.sha256: {4: mended}})
    (landed,) = read_landed(landing, "shop")
    assert (landed.mended, raw_records(landed, [4])) == (1, {4: mended})
