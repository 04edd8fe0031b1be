"""Find all at once where quotes in delimited text are well-formed, and where not."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from journeymine.ingest import framer
from journeymine.ingest.lines import Lines

Positions = npt.NDArray[np.int64]
_Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Marks:
    """The bytes of a text that decide where its records end.

    Attributes
    ----------
    bounds
        Where each line begins, and the end of the text.
    quotes, opens, closes
        Quotes, and whether each stands where one may open, or close, a field.
    single
        CRs without LF.
    before
        Whether the quotes before each bound are even (0) or odd (1).
    """

    lines: Lines
    bounds: Positions
    quotes: Positions
    opens: _Mask
    closes: _Mask
    single: Positions
    before: npt.NDArray[np.int64]


def marks_of(lines: Lines, delimiter: bytes) -> Marks:
    """Return the marks of a text."""
    # A line end before the text and two behind it stand for its bounds; a CR that
    # ends the text is a single one all the same.
    values = np.frombuffer(b"\n%b\n\n" % lines.text, dtype=np.uint8)
    length = len(lines.text)
    bounds = np.append(lines.starts, length)
    quotes, single = places_of(lines.text, b'"'), places_of(lines.text, b"\r")
    following = values[quotes + 2]
    is_crlf = (following == ord("\r")) & (values[quotes + 3] == ord("\n"))
    return Marks(
        lines,
        bounds,
        quotes,
        opens=_is_edge(values[quotes], delimiter),
        closes=_is_edge(following, delimiter) | is_crlf,
        single=single[(values[single + 2] != ord("\n")) | (single + 1 == length)],
        before=np.searchsorted(quotes, bounds) % 2,
    )


def odd_lines(marks: Marks, outside: int) -> list[int]:
    """Return the lines where records begin that are not well-formed, or too long.

    Outside of fields, `outside` tells, the quotes before a place are even or odd.
    """
    begins = np.flatnonzero(marks.before[:-1] == outside)
    if not len(begins):
        return []
    bounds = np.append(marks.bounds[begins], marks.bounds[-1])
    joined = np.diff(np.append(begins, len(marks.lines.starts)))
    is_odd = (joined > 1) & (np.diff(bounds) > framer.MOST_JOINED_BYTES)
    is_odd |= joined > framer.MOST_JOINED_LINES
    is_odd[-1] |= marks.before[-1] != outside
    opening, closing = slice(outside, None, 2), slice(1 - outside, None, 2)
    is_outside = np.searchsorted(marks.quotes, marks.single) % 2 == outside
    wrong = (
        marks.quotes[opening][~marks.opens[opening]],
        marks.quotes[closing][~marks.closes[closing]],
        marks.single[is_outside],
    )
    found = np.searchsorted(bounds, np.concatenate(wrong), side="right") - 1
    is_odd[found[found >= 0]] = True
    lines: list[int] = begins[is_odd].tolist()
    return lines


def opening_lines(marks: Marks, delimiter: bytes) -> list[int]:
    """Return the lines where a quote stands at the start of a field, or a single CR.

    Quotes of other lines, if they are in no field that was opened before, are data.
    """
    values = np.frombuffer(marks.lines.text, dtype=np.uint8)
    previous = values[marks.quotes - 1]
    is_first = (previous == ord(delimiter)) | (previous == ord("\n"))
    is_first |= marks.quotes == 0
    places = np.concatenate([marks.quotes[is_first], marks.single])
    found = np.searchsorted(marks.bounds, places, side="right") - 1
    lines: list[int] = np.unique(found).tolist()
    return lines


def places_of(text: bytes, byte: bytes) -> Positions:
    """Return where a byte stands in a text."""
    return np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord(byte))


def _is_edge(values: npt.NDArray[np.uint8], delimiter: bytes) -> _Mask:
    """Return which bytes stand before or behind a field, or double a quote."""
    is_edge: _Mask = (values == ord(delimiter)) | (values == ord("\n"))
    is_edge |= values == ord('"')
    return is_edge
