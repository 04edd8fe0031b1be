"""Contents of a source with drawn columns, judged by its contract."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from journeymine.config import Config
from journeymine.contracts import apply_contracts
from journeymine.ingest import LandedContent
from journeymine.project_file import validated

CONTENT = LandedContent(
    sha256="a",
    bytes=9,
    lines=3,
    header=1,
    blank=0,
    records=2,
    quarantined=0,
    refused=None,
    format="csv",
    encoding="utf-8",
    framing=1,
    columns=(),
    keys=(),
    types={},
    text_bytes=9,
    header_bytes=3,
    blank_bytes=0,
    record_bytes=6,
    record_lines=2,
    files=("a.csv",),
    is_newest=True,
    mended=0,
    folder=Path(),
    first_loaded_at=datetime(2024, 1, 1, tzinfo=UTC),
)
Row = tuple[Any, ...]  # Any: values of all SQL types


class Judge:
    """Applies the contract of the source `web`: `judge("user_id,at,what")`."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def __call__(self, *headers: str | LandedContent, **source: object) -> list[Row]:
        """Judge contents that were loaded one after the other; return what is noted."""
        config = project(**source)
        contents = [
            replace(
                content(one) if isinstance(one, str) else one,
                sha256=chr(ord("z") - place),
                files=(f"{place}.csv",),
                first_loaded_at=CONTENT.first_loaded_at + timedelta(place),
            )
            for place, one in enumerate(headers)
        ]
        by_sha256 = sorted(contents, key=lambda one: one.sha256)
        self.judged = apply_contracts(self.con, config, {"web": by_sha256})["web"]
        return self.con.execute(
            "select file, finding, column_name, expected, found, action"
            " from raw_contracts order by all"
        ).fetchall()


def project(**source: object) -> Config:
    settings: dict[str, object] = {
        "path": "*.csv",
        "format": "csv",
        "columns": {"occurred_at": "at", "activity": "what"},
        "identifiers": {"user_id": "user_id"},
    }
    toml = {"project": {"name": "x"}, "sources": {"web": {**settings, **source}}}
    return validated(toml, Path("journeymine.toml"))


def content(header: str, **types: str) -> LandedContent:
    return replace(CONTENT, columns=tuple(header.split(",")), types=types)


def objects(*keys: str, **types: str) -> LandedContent:
    return replace(
        CONTENT, format="jsonl", columns=("payload",), keys=keys, types=types
    )
