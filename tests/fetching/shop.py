"""A shop's database, and a project that reads it: `shop.do(...)`, `shop.land()`."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from tests.fetching.cluster import Database

from journeymine.config import Config
from journeymine.ingest import LandedContent, Load, land_source, read_landed

ORDERS = """
create table orders (
    id bigint primary key,
    email text,
    status text,
    updated_at timestamptz,
    total numeric(12, 2)
)
"""


@dataclass(frozen=True)
class Shop:
    """A database, and the source `orders` that reads it."""

    database: Database
    folder: Path

    def do(self, *statements: str) -> None:
        self.database.do(*statements)

    def config(self, source: dict[str, Any] | None = None, **database: Any) -> Config:
        asked = {"connection": "SHOP_DSN", "key": "id", **database}
        asked = {name: value for name, value in asked.items() if value is not None}
        if not {"table", "query"} & set(asked):
            asked["table"] = "orders"
        settings = {
            "format": "postgres",
            "database": asked,
            "columns": {"occurred_at": "updated_at", "activity": "status"},
            **(source or {}),
        }
        return Config.model_validate(
            {
                "project": {"name": "shop", "output": "out"},
                "sources": {"orders": settings},
                "folder": self.folder,
            }
        )

    def land(self, config: Config | None = None, **database: Any) -> list[Load]:
        """Fetch; return what is landed now that was not before."""
        config = config or self.config(**{"cursor": "updated_at", **database})
        return [load for load in land_source(config, "orders") if load.is_new]

    @property
    def contents(self) -> list[LandedContent]:
        """What counts, in order of the pages."""
        landed = read_landed(self.folder / "out" / "landing", "orders")
        return sorted(landed, key=lambda content: content.files)

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        """Return all landed rows, page by page."""
        wanted = list(columns) or None
        tables = [
            pq.read_table(one.folder / "records.parquet") for one in self.contents
        ]
        return [
            tuple(row.values())
            for table in tables
            for row in table.drop_columns("record_index")
            .select(wanted or table.column_names[1:])
            .to_pylist()
        ]

    def ids(self) -> list[int]:
        return [int(row[0]) for row in self.rows("id")]
