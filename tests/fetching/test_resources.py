"""A resource of dlt: run, landed as files, and never landed twice."""

import json
import stat
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from journeymine.config import Config
from journeymine.errors import SourceError
from journeymine.ingest import Load, land_source, read_landed

pytest.importorskip("dlt", reason="extra `sources`")

MODULE = """
import json, os, pathlib
import dlt

def rows():
    if not os.path.exists("rows.json"):
        raise ConnectionError("https://user:s3cret@shop.example")
    return json.loads(pathlib.Path("rows.json").read_text())

@dlt.resource(name="tickets")
def tickets(at=dlt.sources.incremental("at")):
    assert os.environ["RUNTIME__DLTHUB_TELEMETRY"] == "false"
    yield from rows()
"""

FIRST = [
    {"id": 1, "at": "2024-03-01T09:00:00Z", "What it is": "opened", "tags": ["a"]},
    {"id": 2, "at": "2024-03-01T09:00:00Z", "What it is": "solved", "tags": []},
]
LATER = {"id": 3, "at": "2024-03-02T09:00:00Z", "What it is": "opened", "tags": None}


@pytest.fixture
def helpdesk(tmp_path: Path) -> Path:
    (tmp_path / "helpdesk.py").write_text(MODULE)
    return tmp_path


def config_of(folder: Path, **source: Any) -> Config:
    settings = {
        "format": "dlt",
        "resource": "helpdesk:tickets",
        "columns": {"occurred_at": "at", "activity": "what_it_is"},
        **source,
    }
    return Config.model_validate(
        {
            "project": {"name": "helpdesk", "output": "out"},
            "sources": {"tickets": settings},
            "folder": folder,
        }
    )


def land(folder: Path, rows: list[dict[str, Any]]) -> list[Load]:
    """Fetch while the service has these rows; return what is landed now."""
    (folder / "rows.json").write_text(json.dumps(rows))
    loads = land_source(config_of(folder), "tickets")
    return [load for load in loads if load.is_new]


def landed(folder: Path) -> list[tuple[str, ...]]:
    found = []
    for content in read_landed(folder / "out" / "landing", "tickets"):
        table = pq.read_table(content.folder / "records.parquet")
        found += table.select(["id", "at", "what_it_is", "tags"]).to_pylist()
    return sorted(tuple(row.values()) for row in found)


def test_a_resource_is_landed_once_whatever_breaks_off(helpdesk, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("journeymine.ingest.landing.land_content", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            land(helpdesk, FIRST)
    (load,) = land(helpdesk, FIRST)  # dlt has nothing new, but its file is there
    assert (load.records, load.file.partition("/")[0]) == (2, "dlt")
    (load,) = land(helpdesk, [*FIRST, LATER])
    assert load.records == 1
    assert landed(helpdesk) == [
        ("1", "2024-03-01 09:00:00+00", "opened", '["a"]'),
        ("2", "2024-03-01 09:00:00+00", "solved", "[]"),
        ("3", "2024-03-02 09:00:00+00", "opened", None),
    ]
    left = {path.name for path in helpdesk.glob("out/landing/**/*.parquet")}
    assert left == {"records.parquet", "quarantine.parquet"}
    place = helpdesk / "out" / "landing" / "tickets" / "dlt"
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_resource_that_fails_is_one_line_without_its_secrets(helpdesk):
    with pytest.raises(SourceError) as caught:
        land_source(config_of(helpdesk), "tickets")  # its service is not there
    text = str(caught.value)
    assert text.startswith("sources.tickets: resource: helpdesk:tickets ends with")
    assert "ends with ConnectionError; mend it, " in text
    assert "s3cret" not in text
    assert Path(text.partition("mend it, ")[2].removesuffix(" tells more")).exists()


def test_a_missing_extra_is_named(helpdesk, monkeypatch):
    monkeypatch.setattr(
        "journeymine.ingest.fetching.resources.find_spec", lambda _: None
    )
    with pytest.raises(SourceError, match=r'pip install "journeymine\[sources\]"$'):
        land_source(config_of(helpdesk), "tickets")


def _interrupted(*_: Any) -> None:
    raise KeyboardInterrupt
