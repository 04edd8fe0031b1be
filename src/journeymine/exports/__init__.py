"""Published journeys in the formats of other tools.

A format is one function that writes a snapshot to a file, and one line in `FORMATS`.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.errors import OutputError
from journeymine.exports.ocel_json import write_ocel_json
from journeymine.exports.ocel_sqlite import write_ocel_sqlite
from journeymine.exports.snapshot import Snapshot, opened
from journeymine.exports.xes import write_xes

Counts = dict[str, int]
"""What was written, in words, by how much of it."""


@dataclass(frozen=True)
class Format:
    """A format to export to.

    Attributes
    ----------
    title
        What it is, in a few words.
    write
        Writes a snapshot to a new file, and returns what it wrote.
    """

    title: str
    write: Callable[[Snapshot, Path], Counts]


FORMATS = {
    "xes": Format("event log in XES 1.0, a trace per journey", write_xes),
    "ocel": Format("object-centric log in OCEL 2.0, SQLite", write_ocel_sqlite),
    "ocel-json": Format("object-centric log in OCEL 2.0, JSON", write_ocel_json),
}


def export(config: Config, to: str, path: Path, *, force: bool = False) -> Counts:
    """Write the newest snapshot to a file, whole or not at all.

    Parameters
    ----------
    to
        One of `FORMATS`.
    path
        The file. One that exists is replaced with `force` only.

    Raises
    ------
    OutputError
        If nothing is published, or the file exists or cannot be written.
    """
    if path.is_dir() or (path.exists() and not force):
        hint = "name a file in it" if path.is_dir() else "choose another, or --force"
        message = f"{path}: stands already; {hint}"
        raise OutputError(message)
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with opened(config, part.parent) as snapshot:
            counts = FORMATS[to].write(snapshot, part)
        part.replace(path)
    except (OSError, sqlite3.Error, duckdb.IOException) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        message = f"{path}: cannot be written: {reason}; choose another place"
        raise OutputError(message) from error
    finally:
        part.unlink(missing_ok=True)
    return counts
