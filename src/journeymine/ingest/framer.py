"""Frame delimited text record by record (RFC 4180): exact, and not fast.

A field that begins with a quote ends at the next quote that is not doubled, and may
hold line ends. A quote inside another field is data. A record whose quote does not
end, or ends before text, is broken: its first line is one bad record, and framing
goes on with the next line.

The lines after a broken one may be the rest of its field, and look like records. They
are part of the bad record only where the text shows it: the first line has an odd
number of quotes, and the next quote, near enough to be joined, ends a field but
begins none (`left",2`). Then the bad record ends with that quote's line. Whatever is
less plain is framed by itself: one open quote must not swallow good records.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_JOINED_LINES = 64
MOST_JOINED_BYTES = 1 << 20
UNTERMINATED = "unterminated quote"
AFTER_QUOTE = "text after a closing quote"

_QUOTED = re.compile(rb'"([^"]*+(?:""[^"]*+)*+)"')
LINE_ENDS = (b"", b"\n", b"\r\n")


class _Patterns(NamedTuple):
    """What matches one line, and each of its fields, with a delimiter behind each.

    `ending` is a quote that ends a field and begins none.
    """

    line: re.Pattern[bytes]
    field: re.Pattern[bytes]
    ending: re.Pattern[bytes]


def _patterns(delimiter: bytes) -> _Patterns:
    plain = rb'([^"%b][^%b]*+|)' % (delimiter, delimiter)
    field = b"(?:%b|%b)%b" % (_QUOTED.pattern, plain, delimiter)
    ending = rb'(?<![%b\n])"(?=%b|\r?\n|\Z)' % (delimiter, delimiter)
    return _Patterns(
        re.compile(b"(?:%b)+" % field), re.compile(field), re.compile(ending)
    )


_PATTERNS = {delimiter: _patterns(delimiter) for delimiter in (b",", b"\t")}


class Record(NamedTuple):
    """One record: its bytes are `text[start:end]`, over `lines` lines.

    `fields` are without quotes; none and no `reason` means a blank line.
    """

    start: int
    end: int
    lines: int
    fields: list[bytes]
    reason: str | None


def frame_records(text: bytes, is_last: bool, delimiter: bytes) -> Iterator[Record]:
    """Yield the records of whole lines.

    Unless `text` is the last, it stops before a record that its end may have cut.
    """
    start = 0
    while start < len(text):
        record = frame_record(text, start, is_last, delimiter)
        if not record:
            return
        yield record
        start = record.end


def frame_record(
    text: bytes, start: int, is_last: bool, delimiter: bytes
) -> Record | None:
    """Return the record at `start`, or None if the end of the text may have cut it."""
    line_end = _line_end(text, start)
    content_end = _content_end(text, start, line_end)
    if text.find(b'"', start, line_end) < 0:
        content = text[start:content_end]
        fields = content.split(delimiter) if content else []
        return Record(start, line_end, 1, fields, None)
    line = text[start:content_end] + delimiter
    patterns = _PATTERNS[delimiter]
    if patterns.line.fullmatch(line):
        found = patterns.field.findall(line)
        fields = [quoted or plain for quoted, plain in found]
        if b'""' in line:
            fields = [quoted.replace(b'""', b'"') or plain for quoted, plain in found]
        return Record(start, line_end, 1, fields, None)
    record = _long_record(text, start, line_end, delimiter)
    return _whole(text, record, is_last, delimiter) if record.reason else record


def _long_record(text: bytes, start: int, line_end: int, delimiter: bytes) -> Record:
    """Return a record that is more than one line, or broken."""
    fields: list[bytes] = []
    at, end = start, line_end
    content_end = _content_end(text, start, end)
    while True:
        if text[at : at + 1] == b'"':
            closed = _closed_quote(text, start, at, end)
            if not closed:
                return Record(start, line_end, 1, [], UNTERMINATED)
            fields.append(closed[1].replace(b'""', b'"'))
            at = closed.end()
            if at > end:
                end = _line_end(text, at - 1)
                content_end = _content_end(text, at, end)
        else:
            stop = text.find(delimiter, at, content_end)
            stop = content_end if stop < 0 else stop
            fields.append(text[at:stop])
            at = stop
        if text[at : at + 1] == delimiter:
            at += 1
        elif text[at:end] in LINE_ENDS:
            return Record(start, end, _lines(text, start, end), fields, None)
        else:
            return Record(start, line_end, 1, [], AFTER_QUOTE)


def _whole(
    text: bytes, broken: Record, is_last: bool, delimiter: bytes
) -> Record | None:
    """Return a broken record with the lines that the text shows to be its rest."""
    start, line_end = broken.start, broken.end
    is_open = text.count(b'"', start, line_end) % 2 == 1
    limit = start + MOST_JOINED_BYTES
    quote = text.find(b'"', line_end, limit) if is_open else -1
    may_go_on = broken.reason == UNTERMINATED or (is_open and quote < 0)
    if may_go_on and not is_last and _is_cut(text, start):
        return None
    if quote < 0:
        return broken
    is_ending = _PATTERNS[delimiter].ending.match(text, quote)
    if not is_ending or not _is_near(text, start, quote):
        return broken
    end = _line_end(text, quote)
    return broken._replace(end=end, lines=_lines(text, start, end))


def _closed_quote(text: bytes, start: int, at: int, end: int) -> re.Match[bytes] | None:
    """Return the quoted field at `at`, unless it ends too far from `start`.

    In the record's line, which ends at `end`, no place is too far.
    """
    limit = max(end, start + MOST_JOINED_BYTES)
    found = _QUOTED.match(text, at, limit)
    if not found or found.end() <= end:
        return found
    return found if _is_near(text, start, found.end()) else None


def _is_near(text: bytes, start: int, place: int) -> bool:
    """Return whether the lines up to a place may be joined to those from `start` on."""
    if place - start > MOST_JOINED_BYTES:
        return False
    return text.count(b"\n", start, place) < MOST_JOINED_LINES


def _is_cut(text: bytes, start: int) -> bool:
    """Return whether lines after `text` may belong to the record at `start`."""
    return len(text) - start < MOST_JOINED_BYTES and _is_near(text, start, len(text))


def _line_end(text: bytes, at: int) -> int:
    return text.find(b"\n", at) + 1 or len(text)


def _content_end(text: bytes, start: int, end: int) -> int:
    """Return where a line's content ends: before LF or CRLF."""
    if text[end - 1 : end] != b"\n":
        return end
    return end - 2 if end - 2 >= start and text[end - 2 : end] == b"\r\n" else end - 1


def _lines(text: bytes, start: int, end: int) -> int:
    return text.count(b"\n", start, end) + (text[end - 1 : end] != b"\n")
