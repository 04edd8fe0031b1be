"""Land the files of a source: each content once, complete or not at all."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from journeymine.config import Config
from journeymine.errors import OutputError, SourceError
from journeymine.ingest.content import land_content
from journeymine.ingest.files import find_files, format_of
from journeymine.ingest.formats import Framing
from journeymine.ingest.ledger import (
    LandedContent,
    Ledger,
    contents_of,
    read_landed,
    read_ledger,
    write_ledger,
)
from journeymine.ingest.mending import framed_alone, keep_mends, restore_mends
from journeymine.ingest.parts import Load
from journeymine.ingest.store import locked


def land_source(
    config: Config,
    name: str,
    on_progress: Callable[[int], None] | None = None,
    check: Callable[[LandedContent], None] | None = None,
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
    check
        Called with each content that a file has now. If it raises an error, none of
        them counts, so that a file which is mended under its name is as good as new.

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
                for content in contents_of(folder, ledger):
                    if check and content.sha256 in newest:
                        check(content)
                write_ledger(folder, ledger)
            return loads
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{folder}: cannot be written: {reason}; check space and permissions"
        raise OutputError(message) from error


def mend_records(
    landing: Path, name: str, mends: Mapping[str, Mapping[int, bytes]]
) -> None:
    """Put mended records of a source in the places of those that were set aside.

    Parameters
    ----------
    landing
        The folder `landing` of the output.
    name
        The source.
    mends
        SHA-256 of a content -> `record_index` -> bytes of the mended record.

    Raises
    ------
    SourceError
        If some bytes are not one good record; nothing is changed then.
    LockedError
        If a run lands the same source.
    """
    folder = landing / name
    with locked(folder, f"sources.{name}: {folder}"):
        contents = {content.sha256: content for content in read_landed(landing, name)}
        for sha256, records in mends.items():
            for record_index, raw in records.items():
                found = framed_alone(contents[sha256], raw)
                if isinstance(found, str):
                    record = f"{name}/{sha256[:12]}/{record_index}"
                    message = f"{record}: {found}; mend it further, nothing is changed"
                    raise SourceError(message)
        for sha256, records in mends.items():
            keep_mends(folder, contents[sha256], records)


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
    format_ = format_of(source, name, file)
    framing = Framing(format_, source.encoding, config.ingest)
    where = f"sources.{name}: {file}"
    path = config.folder / file
    content, is_landed_now = land_content(path, landing, framing, where, on_progress)
    restore_mends(landing, content)
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
