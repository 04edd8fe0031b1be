"""Land one content: frame a file, write what it holds, and prove the balance."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from journeymine.errors import GateError, SourceError
from journeymine.ingest.files import sha256_of
from journeymine.ingest.formats import Framing, OnBytes, framed
from journeymine.ingest.parts import Content, Part
from journeymine.ingest.store import (
    LOAD,
    new_folder,
    read_content,
    write_json,
    write_parts,
)


def land_content(
    path: Path, landing: Path, framing: Framing, where: str, on_bytes: OnBytes | None
) -> tuple[Content, bool]:
    """Land a file under the SHA-256 of its content, unless it lies there.

    Returns
    -------
    tuple
        What lies there, and whether it was landed now.
    """
    before = _state(path)
    sha256 = sha256_of(path, where)
    place = landing / sha256
    content = read_content(place)
    if content and framing.made(content):
        if on_bytes:
            on_bytes(path.stat().st_size)
        return content, False
    with new_folder(place) as folder:
        with framed(path, framing, where, on_bytes) as file:
            content = _counted(write_parts(file.parts, folder), framing)
            size, lines = file.size()
        content = _balanced(replace(content, sha256=sha256, bytes=size), lines, where)
        if _state(path) != before:
            message = f"{where}: changed while it was read; run again"
            raise SourceError(message)
        write_json(folder / LOAD, asdict(content))
    return content, True


def _counted(parts: Iterable[Part], framing: Framing) -> Content:
    """Return the sums over all parts; lines are those that the framers saw."""
    lines = header = blank = records = quarantined = 0
    refused, columns = None, []
    for part in parts:
        header += part.header
        blank += part.blank
        lines += part.header + part.blank + part.record_lines
        records += part.records
        quarantined += len(part.quarantined)
        refused = refused or part.refused
        columns = part.rows.column_names[1:]
    return Content(
        sha256="",
        bytes=0,
        lines=lines,
        header=header,
        blank=blank,
        records=records,
        quarantined=quarantined,
        refused=refused,
        format=framing.format,
        encoding=framing.encoding,
        framing=framing.version,
        columns=tuple(columns),
    )


def _balanced(content: Content, lines: int | None, where: str) -> Content:
    if lines is not None and lines != content.lines:
        message = (
            f"{where}: {lines} lines, but {content.lines} in header, blanks and"
            " records; please report this file as a defect"
        )
        raise GateError(message)
    return content


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns
