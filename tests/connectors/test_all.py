"""What holds for every connector, and how one is added."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from journeymine.config_sources import Source
from journeymine.connectors import TABLE, Connector, load_connectors, prepared
from journeymine.errors import ConfigError
from journeymine.models import load_models
from journeymine.staging import TOLD

ROOT = Path(__file__).parents[2]
KNOWN = {name: one for name, one in load_connectors().items() if name != TABLE}
HOW_TRIED = (
    "real rows",
    "true layout",
    "layout from documentation",
    "the generated sample",
)

each = pytest.mark.parametrize(
    "connector", [pytest.param(one, id=name) for name, one in KNOWN.items()]
)


@each
def test_a_connector_speaks_of_its_own_fields(connector: Connector) -> None:
    for table in connector.tables.values():
        named = {*table.required}
        named |= {one for fields in table.identifiers.values() for one in fields}
        assert named <= set(table.fields)


@each
def test_a_connector_is_one_model_that_tells_what_it_may(connector: Connector) -> None:
    columns = load_models()[f"stg_{connector.name}__events"].columns
    assert set(columns) <= set(TOLD)
    assert {"source", "sha256", "record_index", "event_id"} <= set(columns)


@each
def test_a_connector_says_on_what_it_was_tried(connector: Connector) -> None:
    assert connector.tried.startswith(HOW_TRIED)


@each
def test_a_connector_stands_in_the_documentation(connector: Connector) -> None:
    page = (ROOT / "docs" / "connectors.md").read_text(encoding="utf-8")
    assert f'connector = "{connector.name}"' in page


def test_the_tables_of_a_source_are_sources() -> None:
    crm = Source(connector="pipedrive", tables={"deals": "d.jsonl", "stages": "s"})
    found = prepared({"crm": crm})
    assert {name: (one.path, one.format) for name, one in found.items()} == {
        "crm.deals": ("d.jsonl", "jsonl"),
        "crm.stages": ("s", "csv"),
    }
    assert {one.timezone for one in found.values()} == {"UTC"}


def test_one_table_of_a_connector_may_be_a_source_of_its_own() -> None:
    one = Source(connector="pipedrive", table="deals", path="d.csv", timezone="CET")
    assert prepared({"won": one})["won"].timezone == "CET"


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"connector": "nobody", "path": "x"}, "no connector 'nobody'"),
        ({"connector": "pipedrive", "path": "x"}, "name their files as tables = {"),
        ({"connector": "pipedrive", "tables": {"x": "x"}}, "has no table 'x'"),
        ({"connector": "segment", "tables": {"x": "x"}}, "has no tables; set path"),
        ({"path": "x"}, "format: missing"),
    ],
)
def test_a_wrong_source_is_one_line(settings: dict[str, object], problem: str) -> None:
    source = Source.model_construct(None, **settings)
    with pytest.raises(ConfigError, match=problem) as raised:
        prepared({"crm": source})
    assert str(raised.value).startswith("sources.crm")
    assert "\n" not in str(raised.value)


NEW_TOML = """\
title = "Door sensors of a shop"
system = "other"
tried = "layout from documentation"

[fields]
badge = "Badge"
opened_at = "Opened"

[identifiers]
badge = "badge"

[reading]
format = "csv"
timezone = "UTC"
"""
NEW_SQL = """\
-- One row per opening of a door.
-- key: source, sha256, record_index, event_id
--
-- source        name of the source in the project file
-- sha256        content that the record stands in
-- record_index  position of the record in that content, from 1
-- event_id      always null: all that is told tells openings apart
-- written_at    when it opened
-- activity      door_opened
-- identifiers   `type=value` pairs of the person, joined by the unit separator

select
    source,
    sha256,
    record_index,
    cast(null as varchar) as event_id,
    opened_at as written_at,
    'door_opened' as activity,
    identifiers
from raw_doors
"""


def test_a_connector_is_added_by_one_toml_and_one_model(tmp_path: Path) -> None:
    code = tmp_path / "code"
    shutil.copytree(ROOT / "src", code / "src")
    shutil.copytree(ROOT / "sql", code / "sql")
    toml = code / "src" / "journeymine" / "connectors" / "doors.toml"
    toml.write_text(NEW_TOML, encoding="utf-8")
    model = code / "sql" / "staging" / "stg_doors__events.sql"
    model.write_text(NEW_SQL, encoding="utf-8")
    (tmp_path / "doors.csv").write_text("Badge,Opened\nb1,2024-05-01 09:00\n")
    (tmp_path / "journeymine.toml").write_text(
        '[project]\nname = "Doors"\n[sources.doors]\nconnector = "doors"\n'
        'path = "doors.csv"\n'
    )

    def journeymine(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "journeymine", *arguments],
            env={**os.environ, "PYTHONPATH": str(code / "src")},
            cwd=tmp_path,
            capture_output=True,
            check=True,
            text=True,
        ).stdout

    assert "Door sensors" in journeymine("connectors")
    journeymine("run")
    found = journeymine("query", "select activity from fct_events", "--json")
    assert json.loads(found) == [{"activity": "door_opened"}]
