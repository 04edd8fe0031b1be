"""A log that was exported reads back as the same events, times and objects."""

import json
from typing import Any

import duckdb
import pytest

from journeymine.config import Config
from journeymine.exports.ocel_json import write_ocel_json
from journeymine.exports.ocel_sqlite import write_ocel_sqlite
from journeymine.exports.snapshot import Snapshot
from journeymine.ingest import land_source, read_landed
from journeymine.raw import create_raw_views

WRITERS = {"log.sqlite": write_ocel_sqlite, "log.json": write_ocel_json}


@pytest.fixture(scope="module", params=sorted(WRITERS))
def rows(request, snapshot, tmp_path_factory):
    """Rows of `raw_table`, as the exported log tells them, with their relations."""
    folder = tmp_path_factory.mktemp("read")
    WRITERS[request.param](snapshot, folder / request.param)
    source = {
        "format": "ocel",
        "path": request.param,
        "identifiers": {"customer": "customer"},
        "attributes": ["ocel:relations", "journey", "order", "amount", "is_step"],
    }
    config = Config.model_validate(
        {
            "project": {"name": "t", "output": "out"},
            "sources": {"log": source},
            "folder": folder,
        }
    )
    (load,) = land_source(config, "log")
    assert (load.quarantined, load.lines) == (0, load.records)
    landed = {"log": read_landed(config.output / "landing", "log")}
    with duckdb.connect() as con:
        create_raw_views(con, config, landed)
        found = con.execute(
            "select event_id, activity, occurred_at, identifiers, attributes"
            " from raw_table order by event_id"
        ).fetchall()
    return [(*row, json.loads(told)) for *row, told in found]


def published(snapshot: Snapshot, sql: str) -> list[tuple[Any, ...]]:
    return snapshot.con.execute(sql).fetchall()


def test_events_and_their_times_to_the_microsecond(rows, snapshot):
    assert [(event, what, at.rstrip("Z")) for event, what, at, *_ in rows] == published(
        snapshot,
        "select event_id, activity, strftime(occurred_at, '%Y-%m-%dT%H:%M:%S.%f')"
        " from fct_events order by event_id",
    )


def test_objects_with_their_types_and_qualifiers(rows, snapshot):
    found = {
        (event, one["type"], one["objectId"], one["qualifier"])
        for event, *_, told in rows
        for one in json.loads(told["ocel:relations"])
    }
    assert found == set(
        published(
            snapshot,
            "select event_id, object_type, object_type || ':' || object_id, qualifier"
            " from fct_event_objects",
        )
    )


def test_each_type_of_objects_has_a_column(rows, snapshot):
    assert [
        (event, who, told["journey"]) for event, _, _, who, told in rows
    ] == published(
        snapshot,
        "select event_id, 'customer=customer:' || customer_id,"
        " 'journey:' || journey_id from fct_events order by event_id",
    )
    orders = {told["order"] for *_, told in rows}
    assert orders == {None, *(f'["order:o{n}", "order:o9"]' for n in range(3))}


def test_attributes_are_what_they_were(rows, snapshot):
    found = [
        (told["amount"] and float(told["amount"]), told["is_step"]) for *_, told in rows
    ]
    assert found == published(
        snapshot,
        "select cast(amount as double), cast(is_step as varchar)"
        " from fct_events order by event_id",
    )
