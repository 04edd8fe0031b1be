"""Find the records of delimited text all at once: the fast way to the framer's.

Where quotes are well-formed, the number of quotes before a place tells whether it is
inside a field: a quote there opens a field, closes it or is doubled, and a line end
outside ends a record. Records that are not well-formed are looked for in two ways,
as if outside were where the number is even, and where it is odd; the framer frames
each of them by itself. The quotes before the next line tell which way holds there.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np
import numpy.typing as npt

from journeymine.ingest.framer import Record, frame_record
from journeymine.ingest.lines import lines_of
from journeymine.ingest.quotes import (
    Marks,
    Positions,
    marks_of,
    odd_lines,
    opening_lines,
    places_of,
)

_EVEN, _ODD = 0, 1
_NEVER, _EACH = 2, 3


@dataclass(frozen=True)
class Records:
    """Records of a text, and blank lines among them, from its start on.

    Attributes
    ----------
    bounds, lines
        The byte, and the line from 0, where each begins and where the last ends.
    fields
        Number of fields of each: 0 is a blank line, -1 a broken record.
    is_quoted
        Whether it may have fields in quotes.
    framed
        Those that the framer framed, by their index.
    """

    text: bytes
    bounds: Positions
    lines: Positions
    fields: Positions
    is_quoted: npt.NDArray[np.bool_]
    framed: dict[int, Record] = field(default_factory=dict)


def records_of(
    text: bytes, is_last: bool, delimiter: bytes, *, quote: bool = True
) -> Records:
    """Return the records of whole lines; without `quote` each line is one.

    Unless `text` is the last, its end may have cut a record: that one is left out.
    """
    lines = lines_of(text)
    if quote and (b'"' in text or _has_single_cr(text)):
        marks = marks_of(lines, delimiter)
        return _records(marks, _joined(marks, is_last, delimiter), delimiter)
    count = len(lines.starts)
    bounds = np.append(lines.starts, len(text))
    fields = _counted(places_of(text, delimiter), bounds) + 1
    fields[lines.ends == lines.starts] = 0
    is_quoted = np.zeros(count, dtype=bool)
    return Records(text, bounds, np.arange(count + 1), fields, is_quoted)


@dataclass(frozen=True)
class _Joined:
    """How lines are joined to records, up to the line `end`.

    `outside` tells of each line where a record may begin: where the quotes before it
    are even, odd, everywhere (`_EACH`) or nowhere. `framed` are records by first line.
    """

    end: int
    outside: npt.NDArray[np.int64]
    framed: dict[int, Record]


def _joined(marks: Marks, is_last: bool, delimiter: bytes) -> _Joined:
    odd = cache(partial(odd_lines, marks))
    opening = cache(partial(opening_lines, marks, delimiter))
    framed: dict[int, Record] = {}
    line, end = 0, len(marks.lines.starts)
    turns, outside = [0], [_EVEN]
    while (first := _next(odd(outside[-1]), line, end)) < end:
        line, turn, until_then = _next(opening(), first, end), first, _EACH
        if line == first:
            start = int(marks.bounds[first])
            record = frame_record(marks.lines.text, start, is_last, delimiter)
            if not record:
                end = first
                break
            framed[first] = record
            line, turn, until_then = first + record.lines, first + 1, _NEVER
        turns += [turn, line]
        outside += [until_then, int(marks.before[line])]
    return _Joined(end, np.repeat(outside, np.diff([*turns, end])), framed)


def _records(marks: Marks, joined: _Joined, delimiter: bytes) -> Records:
    """Return joined records, with their fields counted."""
    text, outside = marks.lines.text, joined.outside
    is_first = (marks.before[: joined.end] == outside) | (outside == _EACH)
    firsts = np.flatnonzero(is_first)
    lines, outside = np.append(firsts, joined.end), outside[firsts]
    bounds = marks.bounds[lines]
    delimiters = places_of(text, delimiter)
    is_odd = np.searchsorted(marks.quotes, delimiters) % 2 == 1
    fields, odd = _counted(delimiters, bounds), _counted(delimiters[is_odd], bounds)
    fields = np.select([outside == _EVEN, outside == _ODD], [fields - odd, odd], fields)
    fields += 1
    fields[marks.lines.ends[firsts] == marks.lines.starts[firsts]] = 0
    indexes = np.searchsorted(firsts, list(joined.framed)).tolist()
    framed = dict(zip(indexes, joined.framed.values(), strict=True))
    fields[indexes] = [len(record.fields) or -1 for record in framed.values()]
    is_quoted = (_counted(marks.quotes, bounds) > 0) & (outside != _EACH)
    return Records(text, bounds, lines, fields, is_quoted, framed)


def _next(lines: list[int], line: int, end: int) -> int:
    """Return the first of some lines from `line` on."""
    place = bisect_left(lines, line)
    return lines[place] if place < len(lines) else end


def _counted(places: Positions, bounds: Positions) -> Positions:
    """Count the places from each bound to the next."""
    return np.diff(np.searchsorted(places, bounds))


def _has_single_cr(text: bytes) -> bool:
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")
