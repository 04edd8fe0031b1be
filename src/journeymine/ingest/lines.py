"""Lines of a block of text, found all at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LONGEST_RECORD = 8 << 20
"""Bytes of a record, its line end included; a longer one is quarantined."""

TOO_LONG = f"record longer than {LONGEST_RECORD >> 20} MiB"


@dataclass(frozen=True)
class Lines:
    """Lines of a text: where each starts, and where its content ends.

    A line ends with LF, or with the text. The LF and a CR before it are no content.
    """

    text: bytes
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    def raw(self, index: int) -> bytes:
        """Return the bytes of the line at `index` (from 0), its end included."""
        is_last = index + 1 == len(self.starts)
        end = len(self.text) if is_last else self.starts[index + 1]
        return self.text[self.starts[index] : end]


def lines_of(text: bytes) -> Lines:
    """Return the lines of a text."""
    values = np.frombuffer(text, dtype=np.uint8)
    breaks = np.flatnonzero(values == ord("\n"))
    is_ended = not text or text.endswith(b"\n")
    ends = breaks if is_ended else np.append(breaks, len(text))
    starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
    before = values[np.maximum(breaks - 1, 0)] == ord("\r")
    before &= breaks > starts[: len(breaks)]
    content_ends = ends.copy()
    content_ends[: len(breaks)] -= before
    return Lines(text, starts, content_ends)


def unreadable_at(text: bytes, bounds: npt.NDArray[np.int64]) -> dict[int, str]:
    """Return which pieces of a text are unreadable, and why, by index from 0.

    Piece `i` is `text[bounds[i]:bounds[i + 1]]`, and holds a byte at least.
    """
    if len(bounds) < 2 or unreadable(text) is None:
        return {}
    values = np.frombuffer(text, dtype=np.uint8)[: bounds[-1]]
    is_suspect = np.maximum.reduceat(values, bounds[:-1]) > ord("\x7f")
    is_suspect |= np.minimum.reduceat(values, bounds[:-1]) == 0
    suspects = np.flatnonzero(is_suspect).tolist()
    reasons = {i: unreadable(text[bounds[i] : bounds[i + 1]]) for i in suspects}
    return {index: reason for index, reason in reasons.items() if reason}


def unreadable(raw: bytes) -> str | None:
    """Return why bytes are no text that a reader may be given, or None."""
    if b"\0" in raw:
        return "NUL byte"
    if raw.isascii():
        return None
    try:
        raw.decode()
    except UnicodeDecodeError:
        return "not valid UTF-8"
    return None
