"""Land the files of a source: each content once, complete or not at all."""

from collections.abc import Callable, Generator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from journeymine.config import Config
from journeymine.errors import OutputError, SourceError
from journeymine.ingest.content import land_content
from journeymine.ingest.fetching import fetch
from journeymine.ingest.files import (
    Export,
    dialect_of,
    find_files,
    format_of,
    sha256_of,
)
from journeymine.ingest.formats import Framing
from journeymine.ingest.ledger import (
    LandedContent,
    Ledger,
    content_of,
    contents_of,
    read_ledger,
    write_ledger,
)
from journeymine.ingest.mending import mask_mends, restore_mends
from journeymine.ingest.parts import Load
from journeymine.ingest.sealing import seal_landed
from journeymine.ingest.store import locked
from journeymine.privacy.masking import Masking
from journeymine.privacy.project import masked_errors, masking_of


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
    with masked_errors(config):
        return _landed(config, name, on_progress, check)


def _landed(
    config: Config,
    name: str,
    on_progress: Callable[[int], None] | None,
    check: Callable[[LandedContent], None] | None,
) -> list[Load]:
    source = config.sources[name]
    files = find_files(config, name) if source.has_files else []
    folder = config.output / "landing" / name
    try:
        with locked(folder, f"sources.{name}: {folder}"):
            ledger = read_ledger(folder)
            masking = masking_of(config, name)
            there = partial(_contents, config, name, files)
            seal_landed(folder, ledger, masking, there)
            land = _Landing(config, name, ledger, masking, on_progress)
            # Closed at once, also by an error, and with it what they are read from.
            with closing(_exports(config, name, files, ledger)) as exports:
                loads = [_load(land, export) for export in exports]
            if loads or source.database:
                newest = [load.sha256 for load in loads]
                # Of a database, what another query fetched counts no more.
                ledger.settle("replace" if source.database else source.mode, newest)
                for content in contents_of(folder, ledger):
                    if check and content.sha256 in newest:
                        check(content)
                write_ledger(folder, ledger)
            return loads
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{folder}: cannot be written: {reason}; check space and permissions"
        raise OutputError(message) from error


def _exports(
    config: Config, name: str, files: list[str], ledger: Ledger
) -> Generator[Export]:
    """Yield what a source has now: its files, or what is fetched for it."""
    source = config.sources[name]
    if source.has_files:
        yield from (Export(file, config.folder / file) for file in files)
        return
    folder = config.output / "landing" / name
    fetched = None
    with closing(fetch(config, name, ledger)) as exports:
        for fetched in exports:
            yield fetched
            # Whoever follows a fetch that breaks off goes on behind this file.
            write_ledger(folder, ledger)
    if fetched is None and source.required:
        message = (
            f"sources.{name}: there is no row to fetch; check what is asked for, or"
            " set required = false"
        )
        raise SourceError(message)


def _contents(config: Config, name: str, files: list[str]) -> set[str]:
    """Return the SHA-256 of files of a source."""
    where = f"sources.{name}"
    return {sha256_of(config.folder / file, f"{where}: {file}") for file in files}


class _Landing(NamedTuple):
    """Everything that the files of a source are landed with."""

    config: Config
    name: str
    ledger: Ledger
    masking: Masking | None
    on_progress: Callable[[int], None] | None


def _load(land: _Landing, export: Export) -> Load:
    """Land one file, and note it in the ledger."""
    config, name, ledger, masking, on_progress = land
    source = config.sources[name]
    landing: Path = config.output / "landing" / name
    path = export.path
    file = masking.text(export.file) if masking else export.file
    if path is None:
        content, is_new = content_of(landing, ledger.files[file][-1]), False
    else:
        format_, dialect = format_of(source, name, export.file), dialect_of(source)
        framing = Framing(format_, source.encoding, config.ingest, dialect, masking)
        where = f"sources.{name}: {file}"
        content, is_new = land_content(path, landing, framing, where, on_progress)
        is_new |= content.sha256 not in ledger.first_loaded_at
        ledger.add(file, content.sha256)
    if masking:
        mask_mends(landing, content, masking)
    restore_mends(landing, content)
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
