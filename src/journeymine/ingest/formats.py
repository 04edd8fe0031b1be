"""One entry for all formats: a file as parts, and its size as counted beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeymine.config import Ingest
from journeymine.config_dialect import Dialect
from journeymine.config_sources import EVENT_LOGS
from journeymine.ingest.delimited import DELIMITERS, ORDINARY, frame_delimited
from journeymine.ingest.json_documents import frame_json_document
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.json_source import JsonText
from journeymine.ingest.ocel import frame_json_log, frame_sqlite_log, is_sqlite
from journeymine.ingest.parquet_rows import frame_parquet
from journeymine.ingest.parts import JSON_FORMATS, Content, Part, Size
from journeymine.ingest.plain_lines import frame_plain_lines
from journeymine.ingest.text import Text
from journeymine.ingest.window import Window
from journeymine.ingest.xes import frame_xes
from journeymine.privacy.masking import Masking

OnBytes = Callable[[int], None]


@dataclass(frozen=True)
class Framing:
    """Everything that says how a file's bytes become records.

    `version` grows when the framers make something else of a file, so that contents
    which were landed before are landed again. `limits` say how large a file may be.
    `masking` says what becomes of personal values; None: they stay.
    """

    format: str
    encoding: str
    limits: Ingest = field(default_factory=Ingest)
    dialect: Dialect = ORDINARY
    masking: Masking | None = None
    version: int = 2

    @property
    def is_json(self) -> bool:
        """Whether records are JSON objects, as text."""
        return self.format in JSON_FORMATS

    @property
    def said(self) -> dict[str, Any]:
        """What the dialect says beyond what is usual, as JSON holds it."""
        return self.dialect.model_dump(mode="json", exclude_defaults=True)

    def made(self, content: Content) -> bool:
        """Return whether a landed content was framed in this way."""
        how = (content.format, content.encoding, content.dialect, content.framing)
        is_framed = how == (self.format, self.encoding, self.said, self.version)
        return is_framed and is_masked(content, self.masking)


def is_masked(content: Content, masking: Masking | None) -> bool:
    """Return whether a landed content holds what it is to hold, and no more."""
    told = (masking.pseudonyms, masking.told) if masking else (None, ())
    return told == (content.pseudonyms, content.kept)


@dataclass(frozen=True)
class Framed:
    """The parts of a file; `size` returns its size once all are read."""

    parts: Iterator[Part]
    size: Callable[[], Size]


@contextmanager
def framed(
    path: Path, framing: Framing, where: str, on_bytes: OnBytes | None
) -> Iterator[Framed]:
    """Open a file and frame it.

    Raises
    ------
    SourceError
        Also while parts are read: if the file cannot be read to its end.
    """
    if framing.format == "parquet":
        parts = frame_parquet(path, where, on_bytes)
        yield Framed(parts, lambda: Size(path.stat().st_size))
    elif framing.format == "ocel" and is_sqlite(path):
        parts = frame_sqlite_log(path, where, on_bytes)
        yield Framed(parts, lambda: Size(path.stat().st_size))
    else:
        with Text(path, framing.encoding, where, framing.limits, on_bytes) as text:
            yield _framed_text(text, framing, where)


def _framed_text(text: Text, framing: Framing, where: str) -> Framed:
    if framing.format in EVENT_LOGS:
        frame = frame_xes if framing.format == "xes" else frame_json_log
        return Framed(frame(text, where), lambda: Size(text.size))
    if framing.format == "json":
        document = JsonText(text.read, where)
        parts = frame_json_document(document, framing.dialect.records, where)
        return Framed(parts, lambda: Size(text.size, None, document.size))
    window = Window(text.read, where)
    if framing.format == "jsonl":
        parts = frame_json_lines(window)
    elif framing.format == "lines":
        parts = frame_plain_lines(window)
    else:
        parts = frame_delimited(window, DELIMITERS[framing.format], framing.dialect)
    return Framed(parts, lambda: Size(text.size, window.lines, window.offset))
