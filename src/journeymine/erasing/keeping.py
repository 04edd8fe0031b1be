"""Keep erased persons out of the landing folder: whenever tables are built from it.

Records are told by the staging models, as the tables tell them. Bytes that are no
record, and contents that nobody reads (superseded ones, those that a contract set
aside, those of sources that are no more) are looked through word by word.
"""

import json
from contextlib import ExitStack
from pathlib import Path

from journeymine.config import Config
from journeymine.erasing.needles import Needles
from journeymine.erasing.register import Register, read_register, read_under_way
from journeymine.erasing.rewriting import mask_json, rewrite
from journeymine.erasing.staging import STAGED, find_records, records_by_content, stage
from journeymine.erasing.unread import nameless, unread_records
from journeymine.ingest.ledger import (
    LEDGER,
    contents_of,
    read_ledger,
    write_ledger,
)
from journeymine.ingest.store import LOAD, locked, write_json
from journeymine.publish import sha256
from journeymine.raw import Landed
from journeymine.warehouse import connect

LOOKED_THROUGH = "erased.json"
"""Who was already looked for in a content, and in which state of it: in its folder."""


def keep_erased(config: Config, work: Path) -> int:
    """Take the records of erased persons out of what was landed since.

    Parameters
    ----------
    config
        The project.
    work
        Folder for a database.

    Returns
    -------
    int
        Records that were taken out.

    Raises
    ------
    LockedError
        If a run lands one of the sources.
    """
    landing = config.output / "landing"
    register = read_register(landing)
    if register is None:
        return 0
    sources = sorted(path.parent for path in landing.glob(f"*/{LEDGER}"))
    waiting = [folder for source in sources for folder in _waiting(source, register)]
    _hide_names(sources, register)
    if not waiting:
        return 0
    with ExitStack() as locks:
        for source in sorted({folder.parent for folder in waiting}):
            locks.enter_context(locked(source, f"sources.{source.name}: {source}"))
        staged = _staged(config, register, waiting, work)
        return sum(_take_out(folder, register, staged) for folder in waiting)


def _waiting(source: Path, register: Register) -> list[Path]:
    """Return the contents of a source in which not everybody was looked for yet."""
    contents = sorted(load.parent for load in source.glob(f"*/{LOAD}"))
    return [folder for folder in contents if _noted(folder) != _mark(folder, register)]


def _take_out(
    folder: Path, register: Register, staged: dict[tuple[str, str], list[int]]
) -> int:
    place = (folder.parent.name, folder.name)
    under_way = read_under_way(folder.parent.parent)
    needles = Needles(under_way.identifiers if under_way else ())
    gone = staged.get(place, [])
    gone = gone + unread_records(folder, register, is_staged=place in staged)
    taken = rewrite(folder, gone, needles)
    mask_json(folder / LOAD, needles)
    write_json(folder / LOOKED_THROUGH, _mark(folder, register))
    return taken


def _hide_names(sources: list[Path], register: Register) -> None:
    """Mask the file names in ledgers that hold an identifier of an erased person."""
    for source in sources:
        if nameless(ledger := read_ledger(source), register).files == ledger.files:
            continue
        with locked(source, f"sources.{source.name}: {source}"):
            write_ledger(source, nameless(read_ledger(source), register))


def _staged(
    config: Config, register: Register, waiting: list[Path], work: Path
) -> dict[tuple[str, str], list[int]]:
    """Return what must go of each content, by source and SHA-256, that is read."""
    landed: Landed = {}
    for name in config.sources:
        folder = config.output / "landing" / name
        contents = contents_of(folder, read_ledger(folder))
        landed[name] = [content for content in contents if content.folder in waiting]
    if not any(landed.values()):
        return {}
    with connect(work / "erased.duckdb") as con:
        stage(con, config, landed, STAGED)
        find_records(con, register)
        return records_by_content(con)


def _mark(folder: Path, register: Register) -> dict[str, object]:
    mends = folder.parent / "mended" / f"{folder.name}.parquet"
    return {
        "identifiers": len(register.entries),
        "mends": sha256(mends) if mends.exists() else None,
    }


def _noted(folder: Path) -> object:
    path = folder / LOOKED_THROUGH
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
