"""A window that moves over a text, so that framing needs bounded memory."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from journeymine.errors import SourceError
from journeymine.ingest.text import UTF8_MARK

BLOCK = 16 << 20
LONGEST_LINE = 64 << 20
MOST_LINES = 200_000  # of one block: very short lines would fill the memory else


@dataclass(frozen=True)
class Block:
    """Whole lines of a text, and where they stand in it.

    `offset` and `line` count what stands before them; `is_last`: nothing follows.
    """

    text: bytes
    is_last: bool
    offset: int
    line: int


class Window:
    """Shows a text block by block; what a framer did not use is shown again.

    `offset` and `lines` count what was used, independently of the framers: the
    balance of a file is checked against `lines`. `read` returns as many bytes as it is
    asked for, fewer only at the end of the text.
    """

    def __init__(self, read: Callable[[int], bytes], where: str) -> None:
        self.lines = 0
        self._read = read
        self._where = where
        self._data = read(BLOCK)
        self._is_end = len(self._data) < BLOCK
        self._start = len(UTF8_MARK) if self._data.startswith(UTF8_MARK) else 0
        self.offset = self._start

    def block(self) -> Block | None:
        """Return the lines that come next, or None at the end of the text."""
        self._fill(BLOCK - (len(self._data) - self._start))
        while not (text := self._whole_lines()) and not self._is_end:
            self._lengthen()
        if not text:
            return None
        is_last = self._is_end and len(text) == len(self._data)
        return Block(text, is_last, self.offset, self.lines)

    def use(self, size: int) -> None:
        """Move on by `size` bytes of the last block; zero makes the next one longer."""
        self.lines += _lines_in(self._data, size)
        self.offset += size
        self._start = size
        if size == 0:
            self._lengthen()

    def _whole_lines(self) -> bytes:
        end = len(self._data) if self._is_end else self._data.rfind(b"\n") + 1
        if end > MOST_LINES and len(breaks := _breaks_in(self._data, end)) > MOST_LINES:
            end = int(breaks[MOST_LINES - 1]) + 1
        return self._data[:end]

    def _lengthen(self) -> None:
        if self._is_end or len(self._data) > LONGEST_LINE:
            message = (
                f"{self._where}: line {self.lines + 1}: longer than"
                f" {LONGEST_LINE >> 20} MiB; check that it is the right file and format"
            )
            raise SourceError(message)
        self._fill(BLOCK)

    def _fill(self, size: int) -> None:
        """Drop what was used, and read `size` bytes behind what is left."""
        more = b""
        if size > 0 and not self._is_end:
            more = self._read(size)
            self._is_end = len(more) < size
        self._data = self._data[self._start :] + more
        self._start = 0


def _lines_in(data: bytes, size: int) -> int:
    """Return the lines of the first `size` bytes, with one that has no end."""
    is_unended = size > 0 and data[size - 1 : size] != b"\n"
    values = np.frombuffer(data, dtype=np.uint8, count=size)  # faster than bytes count
    return int(np.count_nonzero(values == ord("\n"))) + is_unended


def _breaks_in(data: bytes, size: int) -> npt.NDArray[np.int64]:
    """Return where LF stands in the first `size` bytes."""
    return np.flatnonzero(np.frombuffer(data, dtype=np.uint8, count=size) == ord("\n"))
