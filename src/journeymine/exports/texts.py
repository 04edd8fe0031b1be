"""Files that are written as text, plain or packed: the same bytes each time."""

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


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
