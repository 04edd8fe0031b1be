"""The landing folder of a source: its lock, and contents moved in as a whole.

A content is written to a temporary folder beside its place and renamed when it is
complete and on disk, so that whoever looks sees all of it or nothing.
"""

import fcntl
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from journeymine.durable import put_in_place, sync
from journeymine.errors import LockedError, OutputError
from journeymine.ingest.parts import (
    PLACES,
    QUARANTINE,
    Content,
    Part,
    quarantine_table,
)

TEMPORARY = ".tmp-"
FORMER = ".former-"
"""What a content was before: it goes when the new one stands, else it comes back."""
LOAD = "load.json"
RECORDS, PLACED, QUARANTINED = (
    f"{name}.parquet" for name in ("records", "places", "quarantine")
)
COUNTERS = ("record_index", "offset", "line", "bytes")

WHOLE = ("payload", "line")
"""Columns that hold whole records."""


@contextmanager
def locked(folder: Path, where: str) -> Iterator[None]:
    """Hold the lock of a source's landing folder, and clear what a killed run left.

    Raises
    ------
    LockedError
        If another run holds it.
    OutputError
        If the folder is a link to another place.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_is_no_link(folder.parent, where)
    folder.mkdir(mode=0o700, exist_ok=True)
    _check_is_no_link(folder, where)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = (
                f"{where}: another run is reading this source; wait until it has ended"
            )
            raise LockedError(message) from error
        _settle(folder)
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
            sync(file)
        sync(folder)
        if place.exists():  # framed in another way before: a folder is not replaced
            place.rename(place.with_name(f"{FORMER}{place.name}"))
        folder.rename(place)
        sync(place.parent)
    finally:
        _settle(place.parent)
        if folder.exists():
            _remove(folder)


def write_parts(parts: Iterable[Part], folder: Path) -> Iterator[Part]:
    """Write parts as Parquet files; yield each when it is written.

    `records.parquet` holds the values of the good records, `places.parquet` where they
    stand, if they stand on lines, and `quarantine.parquet` the records that are not
    good.
    """
    part = None
    with ExitStack() as files:
        quarantine = files.enter_context(_writer(folder / QUARANTINED, QUARANTINE))
        records = places = None
        for part in parts:
            if part.rows.num_rows:
                records = records or files.enter_context(_records(folder, part))
                records.write_table(part.rows)
            if part.places is not None and part.places.num_rows:
                places = places or files.enter_context(_writer(folder / PLACED, PLACES))
                places.write_table(part.places)
            if part.quarantined:
                quarantine.write_table(quarantine_table(part.quarantined))
            yield part
        if part and not records:
            files.enter_context(_records(folder, part))


def read_content(folder: Path) -> Content | None:
    """Return what `load.json` of a landed content says, or None if it is not whole."""
    try:
        found = json.loads((folder / LOAD).read_text(encoding="utf-8"))
        content = Content(**found)
    except (OSError, ValueError, TypeError):
        return None
    columns, keys, kept = map(tuple, (content.columns, content.keys, content.kept))
    return replace(content, columns=columns, keys=keys, kept=kept)


def told_of(content: Content) -> dict[str, object]:
    """Return what `load.json`, the last file of a landed content, says of it."""
    told = asdict(content)
    if content.pseudonyms is None:  # no word of privacy where there is none
        del told["pseudonyms"], told["kept"]
    return told


def write_table(path: Path, table: pa.Table) -> None:
    """Write a Parquet file, replacing an older one in one step."""
    temporary = path.with_name(f"{TEMPORARY}{path.name}")
    pq.write_table(table, temporary, compression="zstd", compression_level=1)
    put_in_place(temporary, path)


def write_json(path: Path, content: Mapping[str, object]) -> None:
    """Write a JSON file, replacing an older one in one step."""
    temporary = path.with_name(f"{TEMPORARY}{path.name}")
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    put_in_place(temporary, path)


def _settle(folder: Path) -> None:
    for former in folder.glob(f"{FORMER}*"):
        place = folder / former.name.removeprefix(FORMER)
        if place.exists():
            _remove(former)
        else:  # killed between the two: its file may be gone
            former.rename(place)


def _records(folder: Path, part: Part) -> pq.ParquetWriter:
    # These are all different: a dictionary of them would be made and thrown away.
    use_dictionary = [name for name in part.rows.schema.names if name not in WHOLE]
    return _writer(folder / RECORDS, part.rows.schema, use_dictionary)


def _writer(
    path: Path, schema: pa.Schema, use_dictionary: Sequence[str] = ()
) -> pq.ParquetWriter:
    # What counts upwards is stored as differences, a few bits each.
    integers = [field.name for field in schema if field.type == pa.int64()]
    numbers = [name for name in COUNTERS if name in integers]
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in use_dictionary if name not in numbers],
        column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
    )


def _check_is_no_link(folder: Path, where: str) -> None:
    if folder.is_symlink():
        message = f"{where}: {folder} is a link; put a folder in its place"
        raise OutputError(message)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
