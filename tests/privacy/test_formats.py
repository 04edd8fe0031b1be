"""Nothing personal is landed from any further format, and its events still are."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.ingest.test_ocel import database
from tests.privacy.scanning import scan_for_personal

from journeymine.config import Config
from journeymine.ingest import land_source, read_landed
from journeymine.raw import create_raw_views

MAIL = "ann@shop.de"
OCEL: dict[str, Any] = {
    "objects": [{"id": MAIL, "type": "mail"}],
    "events": [
        {
            "id": "1",
            "type": "what",
            "time": "when",
            "attributes": [{"name": "note", "value": f"from {MAIL}"}],
            "relationships": [{"objectId": MAIL, "qualifier": "by"}],
        },
        {"type": MAIL},
    ],
}
ROW = {"id": "1", "what": "what", "at": "when", "mail": MAIL}
COLUMNS = {"event_id": "id", "occurred_at": "at", "activity": "what"}
FORMATS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "ocel": (json.dumps(OCEL).encode(), {"columns": {}}),
    "json": (b'{"t": [%b, {"%b"}]}' % (json.dumps(ROW).encode(), MAIL.encode()), {}),
    "tsv": (
        f'1\twhat\twhen\t{MAIL}\n2\t"{MAIL}\n'.encode(),
        {"header": list(ROW), "quote": False},
    ),
    "csv": (
        f"id,what,at,mail,Who?,\n,,,,{MAIL},b\n1,what,when,{MAIL},,\n{MAIL}".encode(),
        {"header_rows": 2, "header_names": "joined"},
    ),
}


@pytest.mark.parametrize("name", [*FORMATS, "sqlite"])
def test_addresses_are_landed_as_tokens_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "key").write_bytes(b"a key of 16 bytes")
    content, settings = FORMATS.get(name, (b"", {"format": "ocel", "columns": {}}))
    (tmp_path / "file").write_bytes(content)
    if name == "sqlite":
        (tmp_path / "file").unlink()
        change = f"update object set ocel_id = '{MAIL}', ocel_type = 'mail';"
        change += f"update event_object set ocel_object_id = '{MAIL}';"
        database(tmp_path / "file", change)
    source = {
        "path": "file",
        "format": name,
        "columns": COLUMNS,
        "identifiers": {"email": "mail"},
        **settings,
    }
    config = Config.model_validate(
        {
            "project": {"name": "t", "output": "out"},
            "sources": {"log": source},
            "privacy": {"key_file": "key"},
            "folder": tmp_path,
        }
    )
    (load,) = land_source(config, "log")
    assert load.quarantined == (0 if name == "sqlite" else 1)
    assert scan_for_personal(tmp_path / "out") == {}
    landed = {"log": read_landed(config.output / "landing", "log")}
    with duckdb.connect() as con:
        create_raw_views(con, config, landed)
        sql = "select event_id, activity, occurred_at, identifiers from raw_table"
        row = con.execute(f"{sql} where identifiers is not null").fetchall()[0]
    assert row[3].startswith("email=")
    if name != "sqlite":
        assert row[:3] == ("1", "what", "when")
