"""A source of drawn files, landed: `land({"a.csv": b"..."}).rows`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from journeymine.config import Config
from journeymine.ingest import LandedContent, Load, land_source, read_landed


@dataclass(frozen=True)
class Landed:
    loads: list[Load]
    contents: list[LandedContent]

    @property
    def load(self) -> Load:
        (load,) = self.loads
        return load

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """Good records, without their index."""
        return [tuple(row.values())[1:] for row in self._read("records.parquet")]

    @property
    def bad(self) -> list[tuple[Any, ...]]:
        """Quarantined records: index, offset, line, reason, raw."""
        return [tuple(row.values()) for row in self._read("quarantine.parquet")]

    @property
    def indexes(self) -> list[int]:
        return [row["record_index"] for row in self._read("records.parquet")]

    @property
    def columns(self) -> tuple[str, ...]:
        (content,) = self.contents
        return content.columns

    def _read(self, file: str) -> list[dict[str, Any]]:
        folders = [content.folder for content in self.contents]
        tables = [pq.read_table(folder / file) for folder in folders]
        return [row for table in tables for row in table.to_pylist()]


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Config]:
    """Write files, and return a project with one source, `shop`, over them."""

    def write(files: dict[str, bytes], **source: Any) -> Config:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        columns = {"occurred_at": "at", "activity": "what"}
        settings = {"path": next(iter(files), "none.csv"), "columns": columns, **source}
        return Config.model_validate(
            {
                "project": {"name": "test", "output": "out"},
                "sources": {"shop": {"format": "csv", **settings}},
                "folder": tmp_path,
            }
        )

    return write


@pytest.fixture
def land(project: Callable[..., Config]) -> Callable[..., Landed]:
    """Write files, land them, and return what was landed."""

    def landed(files: dict[str, bytes], **source: Any) -> Landed:
        config = project(files, **source)
        loads = land_source(config, "shop")
        return Landed(loads, read_landed(config.output / "landing", "shop"))

    return landed
