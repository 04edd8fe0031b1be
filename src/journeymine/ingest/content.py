"""Land one content: frame a file, write what it holds, and prove the balance."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from journeymine.errors import GateError, SourceError
from journeymine.ingest.column_types import types_of
from journeymine.ingest.files import sha256_of
from journeymine.ingest.formats import Framing, OnBytes, framed
from journeymine.ingest.parts import Content, Part
from journeymine.ingest.store import (
    LOAD,
    new_folder,
    read_content,
    told_of,
    write_json,
    write_parts,
)

SUMS = (
    "records",
    "record_lines",
    "header",
    "blank",
    "record_bytes",
    "header_bytes",
    "blank_bytes",
)
"""What is counted of each part, and summed up."""

MOST_KEYS = 100_000
"""Different keys of the objects of a file: they are kept in memory."""


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
            types: dict[str, str] = {}
            parts = _typed(file.parts, framing, types)
            if framing.masking:
                parts = framing.masking.parts(parts, is_json=framing.is_json)
            content = _counted(write_parts(parts, folder), framing, where)
            size = file.size()
        content = replace(
            content,
            sha256=sha256,
            types=types,
            bytes=size.bytes,
            lines=content.lines if size.lines is None else size.lines,
            text_bytes=size.text_bytes or 0,
        )
        check_balance(content, where)
        if _state(path) != before:
            message = f"{where}: changed while it was read; run again"
            raise SourceError(message)
        write_json(folder / LOAD, told_of(content))
    return content, True


def check_balance(content: Content, where: str) -> None:
    """Check that each line, and each byte, of a text was accounted for once.

    Raises
    ------
    GateError
        If the size, which was counted without the framers, is another than their sum.
    """
    lines = content.header + content.blank + content.record_lines
    size = content.header_bytes + content.blank_bytes + content.record_bytes
    sums = {"lines": (content.lines, lines), "bytes": (content.text_bytes, size)}
    for unit, (there, accounted) in sums.items():
        if there != accounted:
            message = (
                f"{where}: {there} {unit}, but {accounted} in header, blanks and"
                " records; please report this file as a defect"
            )
            raise GateError(message)


def _typed(
    parts: Iterable[Part], framing: Framing, types: dict[str, str]
) -> Iterator[Part]:
    """Yield the parts, and note what the values of the first ones look like."""
    for part in parts:
        if part.rows.num_rows and not types:
            found = types_of(part.rows, framing.is_json)
            types.update(framing.masking.names_of(found) if framing.masking else found)
        yield part


def _counted(parts: Iterable[Part], framing: Framing, where: str) -> Content:
    """Return the sums over all parts; lines are those that the framers saw."""
    sums = dict.fromkeys(SUMS, 0)
    quarantined = 0
    refused, columns = None, []
    keys: dict[str, None] = {}
    for part in parts:
        for name in SUMS:
            sums[name] += getattr(part, name)
        quarantined += len(part.quarantined)
        refused = refused or part.refused
        columns = part.rows.column_names[1:]
        keys |= dict.fromkeys(part.keys)
        if len(keys) > MOST_KEYS:
            message = (
                f"{where}: more than {MOST_KEYS:,} different keys; is it JSON lines?"
            )
            raise SourceError(message)
    return Content(
        sha256="",
        bytes=0,
        text_bytes=0,
        lines=sums["header"] + sums["blank"] + sums["record_lines"],
        quarantined=quarantined,
        refused=refused,
        format=framing.format,
        encoding=framing.encoding,
        framing=framing.version,
        dialect=framing.said,
        columns=tuple(columns),
        keys=tuple(keys),
        types={},
        pseudonyms=framing.masking.pseudonyms if framing.masking else None,
        kept=framing.masking.told if framing.masking else (),
        **sums,
    )


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns
