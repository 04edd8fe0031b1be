"""Land the files of a source: each content once, complete or not at all."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from journeymine.config import Config
from journeymine.errors import OutputError
from journeymine.ingest.content import land_content
from journeymine.ingest.files import find_files, format_of
from journeymine.ingest.formats import Framing
from journeymine.ingest.ledger import Ledger, read_ledger, write_ledger
from journeymine.ingest.parts import Load
from journeymine.ingest.store import locked


def land_source(
    config: Config, name: str, on_progress: Callable[[int], None] | None = None
) -> list[Load]:
    """Land every file of a source, and return what each holds, in order of its name.

    A content that was landed before, under whatever name, is not framed again.

    Parameters
    ----------
    config
        The project.
    name
        The source.
    on_progress
        Called with the bytes, of the files as they lie, that were dealt with since.

    Raises
    ------
    SourceError
        If a file is missing or cannot be read to its end. It leaves nothing behind.
    LockedError
        If another run lands the same source.
    GateError
        If the lines of a file are not those of its header, blanks and records.
    OutputError
        If the landing folder cannot be written.
    """
    files = find_files(config, name)
    folder = config.output / "landing" / name
    try:
        with locked(folder, f"sources.{name}: {folder}"):
            ledger = read_ledger(folder)
            loads = [_load(config, name, file, ledger, on_progress) for file in files]
            if files:
                newest = [load.sha256 for load in loads]
                ledger.settle(config.sources[name].mode, newest)
                write_ledger(folder, ledger)
            return loads
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{folder}: cannot be written: {reason}; check space and permissions"
        raise OutputError(message) from error


def _load(
    config: Config,
    name: str,
    file: str,
    ledger: Ledger,
    on_progress: Callable[[int], None] | None,
) -> Load:
    """Land one file, and note it in the ledger."""
    source = config.sources[name]
    landing: Path = config.output / "landing" / name
    framing = Framing(format_of(source, name, file), source.encoding)
    where = f"sources.{name}: {file}"
    path = config.folder / file
    content, is_landed_now = land_content(path, landing, framing, where, on_progress)
    is_new = is_landed_now or content.sha256 not in ledger.first_loaded_at
    ledger.add(file, content.sha256)
    return Load(
        file=file,
        sha256=content.sha256,
        bytes=content.bytes,
        lines=content.lines,
        header=content.header,
        blank=content.blank,
        records=content.records,
        quarantined=content.quarantined,
        is_new=is_new,
        refused=content.refused,
    )
