"""Published journeys in the formats of other tools.

A format is one function that writes a file, and one line in `FORMATS`.
"""

import sqlite3
from pathlib import Path

import duckdb

from journeymine.config import Config
from journeymine.errors import OutputError
from journeymine.exports.bpmn import write_bpmn
from journeymine.exports.drawio import write_drawio
from journeymine.exports.formats import Counts, Format, of_events, of_report
from journeymine.exports.lucid import write_lucid
from journeymine.exports.mermaid import write_mermaid
from journeymine.exports.miro import write_miro
from journeymine.exports.ocel_json import write_ocel_json
from journeymine.exports.ocel_sqlite import write_ocel_sqlite
from journeymine.exports.office import OFFICE
from journeymine.exports.theydo import write_theydo
from journeymine.exports.xes import write_xes

FORMATS = {
    "xes": Format("event log in XES 1.0, a trace per journey", of_events(write_xes)),
    "ocel": Format(
        "object-centric log in OCEL 2.0, SQLite", of_events(write_ocel_sqlite)
    ),
    "ocel-json": Format(
        "object-centric log in OCEL 2.0, JSON", of_events(write_ocel_json)
    ),
    "drawio": Format("journey map as a drawing of draw.io", of_report(write_drawio)),
    "mermaid": Format(
        "journey map as Markdown with Mermaid diagrams", of_report(write_mermaid)
    ),
    "lucid": Format("journey map for Lucid's import", of_report(write_lucid)),
    "miro": Format("journey map as batches for Miro's REST API", of_report(write_miro)),
    "theydo": Format(
        "metrics, opportunities and insights for TheyDo", of_report(write_theydo)
    ),
    "bpmn": Format("journey map in BPMN 2.0, a pool a persona", of_report(write_bpmn)),
    **OFFICE,
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
        counts = FORMATS[to].write(config, part)
        part.replace(path)
    except (OSError, sqlite3.Error, duckdb.IOException) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        message = f"{path}: cannot be written: {reason}; choose another place"
        raise OutputError(message) from error
    finally:
        part.unlink(missing_ok=True)
    return counts
