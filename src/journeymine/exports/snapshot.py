"""The newest snapshot as rows of text, some at a time, in an order of their own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.marts import DATABASE
from journeymine.publish import newest_full

BATCH = 5_000
MEMORY = "512MB"
"""What is sorted beyond it goes to a folder beside the file that is written."""

Texts = tuple[str | None, ...]


@dataclass(frozen=True)
class Snapshot:
    """Published tables, open to be read."""

    con: duckdb.DuckDBPyConnection
    project: str

    def rows(self, sql: str) -> Iterator[Texts]:
        """Yield the rows of a query, whose columns are text; several may be read."""
        with self.con.cursor() as cursor:
            result = cursor.execute(sql)
            while batch := result.fetchmany(BATCH):
                yield from batch


@contextmanager
def opened(config: Config, folder: Path) -> Iterator[Snapshot]:
    """Open the newest snapshot, to be read and nothing else.

    Parameters
    ----------
    folder
        Where rows that do not fit in memory may lie meanwhile.
    """
    database = newest_full(config.output, DATABASE)
    with tempfile.TemporaryDirectory(prefix=".export", dir=folder) as spilled:
        # The snapshot itself, not the link: a run may swap it meanwhile.
        con = duckdb.connect(
            str(database.resolve()),
            read_only=True,
            config={
                "memory_limit": MEMORY,
                "temp_directory": spilled,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        try:
            con.execute("set timezone = 'UTC'")
            con.execute("set enable_progress_bar = false")
            yield Snapshot(con, config.project.name)
        finally:
            con.close()


def moment(column: str) -> str:
    """Return SQL for a time as text in ISO 8601: UTC, to the microsecond."""
    return f"strftime({column}, '%Y-%m-%dT%H:%M:%S.%fZ')"
