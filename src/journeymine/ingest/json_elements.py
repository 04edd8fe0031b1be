"""Find all at once where the elements of a JSON array, or object, end.

Nothing is said of what they are: only strings, brackets and commas are looked at.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int64]

_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[list(b"[{")], _STEPS[list(b"]}")] = 1, -1
_CASE = 0x20  # all that tells a brace from a bracket


@dataclass(frozen=True)
class Elements:
    """Whole elements, each but the last with the comma behind it.

    `ends` are the places in `text` behind their values: of commas, and its end. The
    closing bracket follows it if it `is_closed`, else a comma, and what may be cut.
    """

    text: bytes
    ends: Positions
    is_closed: bool


def elements_of(text: bytes) -> Elements:
    """Return the elements that end in a text which stands within brackets."""
    values = np.frombuffer(text, dtype=np.uint8)
    folded = values | _CASE
    is_mark = (folded == ord("{")) | (folded == ord("}")) | (values == ord(","))
    marks = np.flatnonzero(is_mark)
    marks = marks[np.searchsorted(_quotes(text, values), marks) % 2 == 0]
    steps = _STEPS[values[marks]]
    depths = np.cumsum(steps, dtype=np.int64)
    closing = np.flatnonzero(depths < 0)[:1]
    is_end = (steps == 0) & (depths == 0)
    is_end[closing] = True
    is_end[int(closing[0]) + 1 if len(closing) else len(marks) :] = False
    ends = marks[is_end]
    size = int(ends[-1]) if len(ends) else 0
    return Elements(text[:size], ends, is_closed=len(closing) > 0)


def _quotes(text: bytes, values: npt.NDArray[np.uint8]) -> Positions:
    """Return where strings begin and end: a quote behind odd backslashes does not."""
    quotes = np.flatnonzero(values == ord('"'))
    if b"\\" not in text:
        return quotes
    slashes = np.flatnonzero(values == ord("\\"))
    is_first = np.diff(slashes, prepend=-2) > 1
    lasts = slashes[np.append(is_first[1:], True)]
    escaped = lasts[(lasts - slashes[is_first]) % 2 == 0] + 1
    is_escaped = np.zeros(len(text) + 1, dtype=bool)
    is_escaped[escaped] = True
    return quotes[~is_escaped[quotes]]
