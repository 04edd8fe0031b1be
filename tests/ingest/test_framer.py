"""The framer against a reader that goes byte by byte, and shares nothing with it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.ingest.framer import frame_records

PIECES = [
    b'"',
    b'""',
    b'"\n',
    b'",',
    b',"',
    b",",
    b"\n",
    b"\r\n",
    b"\r",
    b"a",
    b" ",
    b"\n1",
]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))
def test_records_are_those_of_a_reader_that_goes_byte_by_byte(text):
    found = frame_records(text, is_last=True, delimiter=b",")
    assert [(record.start, record.end, record.fields) for record in found] == read(text)


def read(text: bytes) -> list[tuple[int, int, list[bytes]]]:
    """Return where each record starts and ends, and its fields: none if it is bad."""
    records, start = [], 0
    while start < len(text):
        end, fields = record_at(text, start)
        if end is None:
            end, fields = end_of_broken(text, start), []
        records.append((start, end, fields))
        start = end
    return records


def record_at(text: bytes, start: int) -> tuple[int | None, list[bytes]]:
    """Return the end of a record and its fields, or None as the end if it is broken."""
    fields: list[bytes] = []
    at = start
    while fields or not ending_at(text, at):
        is_quoted = text[at : at + 1] == b'"'
        value, at = quoted_at(text, at) if is_quoted else plain_at(text, at)
        if at > len(text):
            return None, []
        fields.append(value)
        if at == len(text) or ending_at(text, at):
            break
        if text[at : at + 1] != b",":
            return None, []
        at += 1
    return at + len(ending_at(text, at)), fields


def plain_at(text: bytes, at: int) -> tuple[bytes, int]:
    start = at
    while at < len(text) and text[at : at + 1] != b"," and not ending_at(text, at):
        at += 1
    return text[start:at], at


def quoted_at(text: bytes, at: int) -> tuple[bytes, int]:
    """Return a value and the place behind it: beyond the text if it has no end."""
    value, at = b"", at + 1
    while at < len(text):
        if text[at : at + 2] == b'""':
            at += 1
        elif text[at : at + 1] == b'"':
            return value, at + 1
        value += text[at : at + 1]
        at += 1
    return b"", len(text) + 1


def end_of_broken(text: bytes, start: int) -> int:
    """Return the end of the first line, or of the line that ends its open field."""
    line_end = end_of_line(text, start)
    if text[start:line_end].count(b'"') % 2 == 0:
        return line_end
    for at in range(line_end, len(text)):
        if text[at : at + 1] == b'"':
            begins = text[at - 1 : at] in (b",", b"\n")
            ends = at + 1 == len(text) or text[at + 1 : at + 2] == b","
            if not begins and (ends or ending_at(text, at + 1)):
                return end_of_line(text, at)
            return line_end
    return line_end


def end_of_line(text: bytes, at: int) -> int:
    while at < len(text) and text[at : at + 1] != b"\n":
        at += 1
    return min(at + 1, len(text))


def ending_at(text: bytes, at: int) -> bytes:
    """Return the line end at a place, or nothing."""
    if text[at : at + 2] == b"\r\n":
        return b"\r\n"
    return b"\n" if text[at : at + 1] == b"\n" else b""
