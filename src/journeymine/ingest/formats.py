"""One entry for all formats: a file as parts, and its size as counted beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from journeymine.config import Ingest
from journeymine.ingest.delimited import frame_delimited
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.parquet_rows import frame_parquet
from journeymine.ingest.parts import Content, Part, Size
from journeymine.ingest.text import Text
from journeymine.ingest.window import Window
from journeymine.ingest.xes import frame_xes

DELIMITERS = {"csv": b",", "tsv": b"\t"}
OnBytes = Callable[[int], None]


@dataclass(frozen=True)
class Framing:
    """Everything that says how a file's bytes become records.

    `version` grows when the framers make something else of a file, so that contents
    which were landed before are landed again. `limits` say how large a file may be.
    """

    format: str
    encoding: str
    limits: Ingest = field(default_factory=Ingest)
    version: int = 2

    def made(self, content: Content) -> bool:
        """Return whether a landed content was framed in this way."""
        how = (content.format, content.encoding, content.framing)
        return how == (self.format, self.encoding, self.version)


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
        return
    if framing.format == "xes":
        with Text(path, framing.encoding, where, framing.limits, on_bytes) as text:
            yield Framed(frame_xes(text, where), lambda: Size(text.size))
        return
    with Text(path, framing.encoding, where, framing.limits, on_bytes) as text:
        window = Window(text.read, where)
        if framing.format == "jsonl":
            parts = frame_json_lines(window)
        else:
            parts = frame_delimited(window, DELIMITERS[framing.format])
        yield Framed(parts, lambda: Size(text.size, window.lines, window.offset))
