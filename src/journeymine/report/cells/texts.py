"""Texts: files of them, with the same bytes each time, and texts in Markdown."""

import gzip
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from journeymine.report import words

MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&!$]|^[-+=]|^\d+(?=[.)])")
"""What Markdown, or HTML in it, could read as more than text."""

BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what comes after them, too."""


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """Open a new file for UTF-8 text; where `.gz` stands in its name, packed."""
    with path.open("xb") as plain:
        if ".gz" not in path.suffixes:
            with io.TextIOWrapper(plain, encoding="utf-8", newline="") as text:
                yield text
            return
        # Neither name nor clock stands in the file.
        with (
            gzip.GzipFile("", "wb", fileobj=plain, mtime=0) as packed,
            io.TextIOWrapper(packed, encoding="utf-8", newline="") as text,
        ):
            yield text


def one_line(text: str, letters: int) -> str:
    """Return a text on one line of at most so many letters; it turns no other."""
    return words.shorten(TURNS.sub("", BREAKS.sub(" ", text)), letters)


def as_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is, on one line."""
    return MARKS.sub(_marked, " ".join(text.split()))


def _marked(mark: re.Match[str]) -> str:
    """Return a mark that marks nothing; a number that would begin a list, too."""
    return f"{mark[0]}\\" if mark[0].isdigit() else f"\\{mark[0]}"
