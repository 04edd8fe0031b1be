"""Resources of dlt: the Parquet files that they are loaded into, landed once.

dlt keeps in its own state how far it has read. A file is removed when it is landed and
in the ledger; whatever breaks off before leaves it to the next run.
"""

import os
import re
import subprocess
import sys
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

from journeymine.errors import SourceError
from journeymine.ingest.fetching import resource_runner
from journeymine.ingest.fetching.resource_runner import FILES, ROWS
from journeymine.ingest.files import Export
from journeymine.ingest.ledger import Ledger

ERROR = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception|Missing)\w*)(?::|$)", re.M)

FOLDER, LOG, PREFIX = "dlt", "dlt.log", "dlt/"

SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    "LOAD__DELETE_COMPLETED_JOBS": "true",
}


def resource_files(
    resource: str, where: str, folder: Path, project: Path, ledger: Ledger
) -> Generator[Export]:
    """Yield the files that are landed already, then the new ones, oldest first.

    Parameters
    ----------
    resource
        `package.module:function`, importable from the folder of the project.
    where
        The source, for errors.
    folder
        Its landing folder, whose lock is held.
    project
        Folder of the project file, where dlt finds its configuration.
    ledger
        The ledger of the source.

    Raises
    ------
    SourceError
        If dlt is not installed, or the resource fails.
    """
    yield from (Export(file, None) for file in _former(ledger))
    _run(resource, where, folder, project)
    for path in sorted((folder / FOLDER / FILES / ROWS / ROWS).glob("*.parquet")):
        yield Export(f"{PREFIX}{path.name}", path)
        path.unlink()


def _former(ledger: Ledger) -> list[str]:
    return sorted(file for file in ledger.files if file.startswith(PREFIX))


def _run(resource: str, where: str, folder: Path, project: Path) -> None:
    if find_spec("dlt") is None:
        message = (
            f"{where}: resource: dlt is not installed;"
            ' pip install "journeymine[sources]"'
        )
        raise SourceError(message)
    place, log = folder / FOLDER, folder / LOG
    place.mkdir(mode=0o700, exist_ok=True)
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, resource_runner.__file__, place.resolve(), resource],
            cwd=project,
            env=os.environ | SETTINGS,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        # What was raised may hold a key of the service: it is only in the log.
        message = (
            f"{where}: resource: {resource} ends with {_first_error(log)};"
            f" mend it, {log} tells more"
        )
        raise SourceError(message)
    log.unlink()


def _first_error(log: Path) -> str:
    """Return the class of the error in a log that all others came from."""
    text = log.read_text(encoding="utf-8", errors="replace")
    found = ERROR.search(text)
    return found[1] if found else "an error"
