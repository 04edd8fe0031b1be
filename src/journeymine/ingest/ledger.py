"""The ledger of a source: which contents were loaded, when, and under which names.

`ledger.json` lists for every file, relative to the project file, its contents in
order of loading; `current` are the contents that count.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from journeymine.errors import SourceError
from journeymine.ingest.mending import mended_records
from journeymine.ingest.parts import Content
from journeymine.ingest.store import read_content, write_json

LEDGER = "ledger.json"


@dataclass(frozen=True)
class LandedContent(Content):
    """One content of a source, as it lies in the landing folder.

    `files` are its names, relative to the project file; `is_newest` says whether it is
    the last content that one of them had. `folder` holds its Parquet files
    (`store.write_parts`), `mended` counts the records of it that were mended since.
    `first_loaded_at` is in UTC.
    """

    files: tuple[str, ...]
    is_newest: bool
    mended: int
    folder: Path
    first_loaded_at: datetime


@dataclass
class Ledger:
    """What was loaded of one source."""

    files: dict[str, list[str]] = field(default_factory=dict)
    first_loaded_at: dict[str, str] = field(default_factory=dict)
    current: list[str] = field(default_factory=list)

    def add(self, file: str, sha256: str) -> None:
        """Note that a file had a content."""
        contents = self.files.setdefault(file, [])
        if sha256 in contents:
            contents.remove(sha256)
        contents.append(sha256)
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        self.first_loaded_at.setdefault(sha256, now)

    def settle(self, mode: Literal["add", "replace"], newest: list[str]) -> None:
        """Say which contents count: all that were ever loaded, or the newest."""
        ever = self.first_loaded_at if mode == "add" else newest
        self.current = sorted(set(ever))


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger of a source's landing folder; an empty one if it has none."""
    path = folder / LEDGER
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return Ledger(**content)
    except FileNotFoundError:
        return Ledger()
    except (ValueError, TypeError) as error:
        message = (
            f"{path}: is damaged; remove the folder {folder}, and load its files again"
        )
        raise SourceError(message) from error


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Replace the ledger of a source's landing folder."""
    content = {
        "files": dict(sorted(ledger.files.items())),
        "first_loaded_at": dict(sorted(ledger.first_loaded_at.items())),
        "current": ledger.current,
    }
    write_json(folder / LEDGER, content)


def read_landed(landing: Path, name: str) -> list[LandedContent]:
    """Return the contents of a source that count, in order of their SHA-256.

    Parameters
    ----------
    landing
        The folder `landing` of the output.
    name
        The source.
    """
    return contents_of(landing / name, read_ledger(landing / name))


def contents_of(folder: Path, ledger: Ledger) -> list[LandedContent]:
    """Return the contents that count by a ledger, in order of their SHA-256."""
    names: dict[str, list[str]] = {}
    for file, contents in sorted(ledger.files.items()):
        for sha256 in contents:
            names.setdefault(sha256, []).append(file)
    newest = {contents[-1] for contents in ledger.files.values()}
    return [
        LandedContent(
            **vars(content_of(folder, sha256)),
            files=tuple(names[sha256]),
            is_newest=sha256 in newest,
            mended=mended_records(folder / sha256),
            folder=folder / sha256,
            first_loaded_at=datetime.fromisoformat(ledger.first_loaded_at[sha256]),
        )
        for sha256 in ledger.current
    ]


def content_of(folder: Path, sha256: str) -> Content:
    """Return a content as it lies in the landing folder of its source.

    Raises
    ------
    SourceError
        If it does not lie there whole.
    """
    place = folder / sha256
    content = read_content(place)
    if content is None:
        message = f"{place}: is missing or damaged; ingest its source again"
        raise SourceError(message)
    return content
