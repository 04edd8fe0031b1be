"""Erase a person: what goes, and the proof that nothing is left. Read this first."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from journeymine.config import Config
from journeymine.erasing.keeping import keep_erased
from journeymine.erasing.log import LOG, add_to_log
from journeymine.erasing.persons import Person
from journeymine.erasing.project_files import files_that_tell
from journeymine.erasing.register import (
    UNDER_WAY,
    UnderWay,
    read_register,
    write_register,
    write_under_way,
)
from journeymine.erasing.scanning import Scan, Scanner
from journeymine.erasing.searching import registered, unfinished
from journeymine.errors import ErasureError, JourneymineError, OutputError
from journeymine.workflow import Tell, draw_report, publish_run, work_folder

OURS = {"landing", "snapshots", "current", "report", LOG, ".lock", ".work"}
"""What lies in an output folder; whatever else is there somebody exported."""


@dataclass(frozen=True)
class Erased:
    """What an erasure did.

    Attributes
    ----------
    records
        Records that were taken out of the landing folder.
    removed
        Exports below the output folder that told the person, and are gone.
    scan
        The proof.
    project_files
        Files of the project, never edited, that still hold the person.
    snapshot
        The newest snapshot.
    """

    records: int
    removed: tuple[str, ...]
    scan: Scan
    project_files: tuple[str, ...]
    snapshot: str


def erase(config: Config, person: Person, tell: Tell) -> Erased:
    """Erase a person, publish without them, and look through all that is left.

    An erasure that was stopped is completed with it. The caller holds the output.

    Raises
    ------
    ErasureError
        If something still tells the person.
    JourneymineError
        If the tables cannot be published without them; what was landed is clean then.
    """
    landing = config.output / "landing"
    under_way = begin(config, person)
    with work_folder(config.output) as work:
        records = keep_erased(config, work)
    snapshot = _published(config, tell)
    told_by = {*under_way.identifiers, *person.written}
    scanner = Scanner(told_by, under_way.customers)
    removed = _remove_others(config, snapshot, scanner)
    if (config.output / "report").exists():
        draw_report(config)
    tell("looking through what is left", 1.0)
    proof = Scanner(told_by, under_way.customers)
    erased = Erased(
        records=records,
        removed=removed,
        scan=proof.look_through(config.output),
        project_files=tuple(files_that_tell(config, scanner)),
        snapshot=snapshot.name,
    )
    _check(config, erased)
    add_to_log(config.output, _entry(config, under_way, erased))
    (landing / UNDER_WAY).unlink()
    return erased


def begin(config: Config, person: Person) -> UnderWay:
    """Note who goes: in clear until it is proved, and as hashes for ever."""
    landing = config.output / "landing"
    before = unfinished(config) or UnderWay((), ())
    under_way = UnderWay(
        identifiers=tuple(sorted({*before.identifiers, *person.identifiers})),
        customers=tuple(sorted({*before.customers, *person.customers})),
    )
    write_under_way(landing, under_way)
    write_register(landing, registered(config, person))
    return under_way


def _published(config: Config, tell: Tell) -> Path:
    """Publish without the person, and return the snapshot."""
    try:
        return publish_run(config, tell).snapshot.resolve()
    except JourneymineError as error:
        message = (
            f"{error}; the person is out of {config.output / 'landing'}, and still in"
            " the snapshots: mend this, and erase again"
        )
        raise type(error)(message) from error


def _remove_others(config: Config, snapshot: Path, scanner: Scanner) -> tuple[str, ...]:
    """Remove the snapshots before, and exports that tell the person."""
    output = config.output
    exports = [
        path
        for top in sorted(output.iterdir())
        if top.name not in OURS and not top.is_symlink()
        for path in [top, *sorted(top.rglob("*"))]
        if path.is_file() and not path.is_symlink() and scanner.hits_in(path)
    ]
    try:
        for old in sorted((output / "snapshots").iterdir()):
            if old != snapshot:
                shutil.rmtree(old)
        for path in exports:
            path.unlink()
    except OSError as error:
        message = f"{error.filename}: cannot be removed: {error.strerror}; remove it"
        raise OutputError(message) from error
    return tuple(str(path.relative_to(output)) for path in exports)


def _check(config: Config, erased: Erased) -> None:
    if not erased.scan.hits:
        return
    (file, hits), *more = erased.scan.hits.items()
    others = f", and so do {len(more)} more files" if more else ""
    message = (
        f"{config.output / file}: still tells the person {hits} times{others};"
        " remove it, and erase again"
    )
    raise ErasureError(message)


def _entry(config: Config, under_way: UnderWay, erased: Erased) -> dict[str, object]:
    """Return what the log says of an erasure: hashes and counts only."""
    register = read_register(config.output / "landing")
    scan = erased.scan
    return {
        "erased_at": datetime.now(UTC).isoformat(),
        "snapshot": erased.snapshot,
        "identifiers": [
            register.hashed(one.pair) for one in under_way.identifiers if register
        ],
        "customers": len(under_way.customers),
        "records": erased.records,
        "exports_removed": len(erased.removed),
        "project_files": len(erased.project_files),
        "files_looked_through": scan.files,
        "bytes_looked_through": scan.bytes,
        "cells_looked_through": scan.cells,
        "hits": sum(scan.hits.values()),
    }
