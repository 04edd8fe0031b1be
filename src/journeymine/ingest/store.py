"""The landing folder of a source: its lock, and contents moved in as a whole.

A content is written to a temporary folder beside its place and renamed when it is
complete and on disk, so that whoever looks sees all of it or nothing.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from journeymine.errors import LockedError
from journeymine.ingest.parts import QUARANTINE, Content, Part, quarantine_table

TEMPORARY = ".tmp-"
LOAD = "load.json"
_PARQUET = {"compression": "zstd", "compression_level": 1}


@contextmanager
def locked(folder: Path, where: str) -> Iterator[None]:
    """Hold the lock of a source's landing folder, and clear what a killed run left.

    Raises
    ------
    LockedError
        If another run holds it.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"{where}: another run is reading this source; wait until it has ended"
            )
            raise LockedError(message) from error
        for leftover in folder.glob(f"{TEMPORARY}*"):
            _remove(leftover)
        yield


@contextmanager
def new_folder(place: Path) -> Iterator[Path]:
    """Make a folder that takes `place` at the end, unless an error comes first."""
    folder = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=place.parent))
    try:
        yield folder
        for file in folder.iterdir():
            _sync(file)
        _sync(folder)
        if place.exists():  # framed in another way before: a folder is not replaced
            place.rename(folder.with_name(f"{folder.name}-old"))
        folder.rename(place)
        _sync(place.parent)
    finally:
        for leftover in place.parent.glob(f"{folder.name}*"):
            _remove(leftover)


def write_parts(parts: Iterable[Part], folder: Path) -> Iterator[Part]:
    """Write parts as `records.parquet` and `quarantine.parquet`; yield each then."""
    records = part = None
    with pq.ParquetWriter(
        folder / "quarantine.parquet", QUARANTINE, **_PARQUET
    ) as quarantine:
        try:
            for part in parts:
                if part.rows.num_rows:
                    records = records or _records_writer(folder, part)
                    records.write_table(part.rows)
                if part.quarantined:
                    quarantine.write_table(quarantine_table(part.quarantined))
                yield part
            if part and not records:
                records = _records_writer(folder, part)
        finally:
            if records:
                records.close()


def read_content(folder: Path) -> Content | None:
    """Return what `load.json` of a landed content says, or None if it is not whole."""
    try:
        found = json.loads((folder / LOAD).read_text(encoding="utf-8"))
        content = Content(**found)
    except (OSError, ValueError, TypeError):
        return None
    return replace(content, columns=tuple(content.columns))


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write a JSON file, replacing an older one in one step."""
    temporary = path.with_name(f"{TEMPORARY}{path.name}")
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    _sync(temporary)
    temporary.replace(path)
    _sync(path.parent)


def _records_writer(folder: Path, part: Part) -> pq.ParquetWriter:
    # Payloads are all different: a dictionary of them would be made and thrown away.
    use_dictionary = [name for name in part.rows.schema.names if name != "payload"]
    path = folder / "records.parquet"
    return pq.ParquetWriter(
        path, part.rows.schema, use_dictionary=use_dictionary, **_PARQUET
    )


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
