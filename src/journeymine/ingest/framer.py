"""Frame delimited text record by record (RFC 4180): exact, and not fast.

A field that begins with a quote ends at the next quote that is not doubled, and may
hold line ends. A quote inside another field is data. A record whose quote does not
end, or ends before text, is broken: its first line is one bad record, and framing
goes on with the next line.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_JOINED_LINES = 64
MOST_JOINED_BYTES = 1 << 20
UNTERMINATED = "unterminated quote"
AFTER_QUOTE = "text after a closing quote"

_QUOTED = re.compile(rb'"([^"]*+(?:""[^"]*+)*+)"')
_LINE_ENDS = (b"", b"\n", b"\r\n")


def _patterns(delimiter: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return what a record in one line matches, and each field with its delimiter."""
    plain = rb'([^"%b][^%b]*+|)' % (delimiter, delimiter)
    field = b"(?:%b|%b)%b" % (_QUOTED.pattern, plain, delimiter)
    return re.compile(b"(?:%b)+" % field), re.compile(field)


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
        end = _line_end(text, start)
        if text.find(b'"', start, end) < 0:
            content = text[start : _content_end(text, start, end)]
            fields = content.split(delimiter) if content else []
            record = Record(start, end, 1, fields, None)
        else:
            record = _quoted_record(text, start, end, delimiter)
            if record.reason == UNTERMINATED and not is_last and _is_cut(text, start):
                return
        yield record
        start = record.end


def _quoted_record(text: bytes, start: int, line_end: int, delimiter: bytes) -> Record:
    """Return the record at `start`, whose first line ends at `line_end`."""
    line = text[start : _content_end(text, start, line_end)] + delimiter
    whole, field = _PATTERNS[delimiter]
    if whole.fullmatch(line):
        found = field.findall(line)
        fields = [quoted or plain for quoted, plain in found]
        if b'""' in line:
            fields = [quoted.replace(b'""', b'"') or plain for quoted, plain in found]
        return Record(start, line_end, 1, fields, None)
    return _long_record(text, start, line_end, delimiter)


def _long_record(text: bytes, start: int, line_end: int, delimiter: bytes) -> Record:
    """Return a record that is more than one line, or broken."""
    fields: list[bytes] = []
    at, end = start, line_end
    while True:
        if text[at : at + 1] == b'"':
            closed = _closed_quote(text, start, at, end)
            if not closed:
                return Record(start, line_end, 1, [], UNTERMINATED)
            fields.append(closed[1].replace(b'""', b'"'))
            at = closed.end()
            end = max(end, _line_end(text, at - 1))
        else:
            content_end = _content_end(text, at, end)
            stop = text.find(delimiter, at, content_end)
            stop = content_end if stop < 0 else stop
            fields.append(text[at:stop])
            at = stop
        if text[at : at + 1] == delimiter:
            at += 1
        elif text[at:end] in _LINE_ENDS:
            return Record(start, end, _lines(text, start, end), fields, None)
        else:
            return Record(start, line_end, 1, [], AFTER_QUOTE)


def _closed_quote(text: bytes, start: int, at: int, end: int) -> re.Match[bytes] | None:
    """Return the quoted field at `at`, unless it ends too far from `start`.

    In the record's line, which ends at `end`, no place is too far.
    """
    limit = max(end, start + MOST_JOINED_BYTES)
    found = _QUOTED.match(text, at, limit)
    if not found or found.end() <= end:
        return found
    is_far = text.count(b"\n", start, found.end()) >= MOST_JOINED_LINES
    return None if is_far else found


def _is_cut(text: bytes, start: int) -> bool:
    """Return whether lines after `text` may belong to the record at `start`."""
    is_near = len(text) - start < MOST_JOINED_BYTES
    return is_near and text.count(b"\n", start) < MOST_JOINED_LINES


def _line_end(text: bytes, at: int) -> int:
    return text.find(b"\n", at) + 1 or len(text)


def _content_end(text: bytes, start: int, end: int) -> int:
    """Return where a line's content ends: before LF or CRLF."""
    if text[end - 1 : end] != b"\n":
        return end
    return end - 2 if end - 2 >= start and text[end - 2 : end] == b"\r\n" else end - 1


def _lines(text: bytes, start: int, end: int) -> int:
    return text.count(b"\n", start, end) + (text[end - 1 : end] != b"\n")
