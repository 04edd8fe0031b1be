"""Adding and settling notes, without touching what people wrote around them."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import tomlkit

from journeymine.durable import put_in_place
from journeymine.errors import ConfigError, OutputError
from journeymine.notes.model import Note, Status, parsed

HEADER = "# What the team knows and plans. `journeymine note` adds to it; so may you.\n"
TABLE = re.compile(r'^\[notes\.["\']?([^"\'\]]+)["\']?\]')
SHORTEST = 6


def add_note(path: Path, note: Note) -> str:
    """Add a note to a file, and return its id.

    Notes stand in the order of their ids, and an id is a hash of what the note says:
    two people who add notes rarely write to the same place of the file, so that their
    changes merge. A note that is there already is not added again.

    Raises
    ------
    ConfigError
        If the file is not as it should be.
    OutputError
        If it cannot be written.
    """
    with _locked(path):
        text = _text(path)
        notes = parsed(text, path)
        told = note.model_dump(exclude_none=True, exclude_defaults=True)
        digest = hashlib.sha256(repr(sorted(told.items())).encode()).hexdigest()
        lengths = range(SHORTEST, len(digest))
        number = next(
            digest[:length]
            for length in lengths
            if notes.get(digest[:length], note) == note
        )
        if number not in notes:
            _write(path, _inserted(text, number, tomlkit.dumps(told)))
    return number


def settle_note(path: Path, number: str, status: Status) -> Note:
    """Set the status of a note, and return the note.

    Raises
    ------
    ConfigError
        If there is no such note, or the file is not as it should be.
    OutputError
        If it cannot be written.
    """
    with _locked(path):
        text = _text(path)
        notes = parsed(text, path)
        if number not in notes:
            near = get_close_matches(number, notes, n=1)
            listed = "`journeymine note list` shows all"
            hint = f"did you mean {near[0]!r}?" if near else listed
            message = f"{path}: no note {number!r}; {hint}"
            raise ConfigError(message)
        document = tomlkit.parse(text)
        document["notes"][number]["status"] = status
        written = tomlkit.dumps(document)
        _write(path, written)
    return parsed(written, path)[number]


def _inserted(text: str, number: str, lines: str) -> str:
    """Return the text with a further note, before the first with a greater id."""
    rows = text.splitlines(keepends=True)
    place = len(rows)
    for at, row in enumerate(rows):
        match = TABLE.match(row)
        if match and match[1] > number:
            place = at
            break
    # A comment right above a note is about that note.
    while 0 < place < len(rows) and rows[place - 1].startswith("#"):
        place -= 1
    before, after = "".join(rows[:place]).rstrip("\n"), "".join(rows[place:])
    gap = "\n" if after else ""
    return f"{before}\n\n[notes.{number}]\n{lines}{gap}{after}".lstrip("\n")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return HEADER
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: cannot be read: {error}; is it a text file?"
        raise ConfigError(message) from error


def _write(path: Path, text: str) -> None:
    parsed(text, path)  # what cannot be read again is not written
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_text(text, encoding="utf-8", newline="\n")
        put_in_place(temporary, path)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror}"
        raise OutputError(message) from error


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one command at a time change the file; it is replaced, so lock its folder."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
