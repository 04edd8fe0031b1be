"""Splitting at once, framing one by one, and small blocks all give the same."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.ingest import framer, plain_lines, splitter
from journeymine.ingest import lines as lines_module
from journeymine.ingest import window as window_module
from journeymine.ingest.delimited import frame_delimited
from journeymine.ingest.framer import Record, frame_records
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.layout import Layout
from journeymine.ingest.lines import TOO_LONG, unreadable
from journeymine.ingest.parts import PLACES, Part, Quarantined
from journeymine.ingest.splitter import TOO_FEW, TOO_MANY, TRAILING, split
from journeymine.ingest.window import Block, Window

Frame = Callable[[Window], Iterator[Part]]

LAYOUTS = [
    Layout(b",", ("a",), 1),
    Layout(b",", ("a", "b", "c"), 3),
    Layout(b",", ("a", "b"), 3),  # one column without a name at the end
    Layout(b"\t", ("a", "b"), 2),
    Layout(b",", refused="header: no column has a name"),
]
COUNTS = (
    "record_lines",
    "record_bytes",
    "header",
    "header_bytes",
    "blank",
    "blank_bytes",
)
PLAIN = st.sampled_from([b"1", b"xy", b" ", "é€".encode(), b",", b"\t", b"\n", b"\r\n"])
QUOTED = st.sampled_from(
    b'"|""|"a"|",|,"|"\n"|"\r\n"|"x","|1,"y"\n|1,2\n|"a\nb"|\n|,|z'.split(b"|")
)
ANY = PLAIN | st.sampled_from([b'"', b'""', b"\r", b"\0", b"\xff", b"\xef\xbb\xbf"])
JSON = ANY | st.sampled_from([b'{"a": 1}\n', b'{"b": [2]}\r\n', b"[1]\n", b"{}"])


def texts(pieces: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.lists(pieces, max_size=60).map(b"".join)


@settings(max_examples=400, deadline=None)
@given(texts(PLAIN), st.sampled_from(LAYOUTS), st.booleans())
def test_plain_text_is_split_into_the_records_of_the_framer(text, layout, is_last):
    assert_same_records(text, layout, is_last=is_last)


@settings(max_examples=500, deadline=None)
@given(texts(QUOTED | ANY), st.sampled_from(LAYOUTS), st.booleans())
def test_any_text_is_split_into_the_records_of_the_framer(text, layout, is_last):
    assert_same_records(text, layout, is_last=is_last)


@settings(max_examples=300, deadline=None)
@given(texts(QUOTED), st.sampled_from(LAYOUTS), st.booleans())
def test_quoted_text_is_split_into_the_records_of_the_framer(text, layout, is_last):
    assert_same_records(text, layout, is_last=is_last)


@settings(max_examples=300, deadline=None)
@given(texts(QUOTED | ANY), st.integers(3, 40), st.integers(4, 9))
def test_small_blocks_of_csv_make_the_same_records(text, size, lines):
    def frame(window):
        return frame_delimited(window, b",")

    text = b"a,b\n" + text
    assert framed(frame, text, size, lines) == framed(frame, text, 1 << 20, 1 << 20)


@pytest.mark.parametrize("size", range(3, 20))
@pytest.mark.parametrize("record", [b'"a"z"\nz",z\n', b'"a\nz",z\n', b'5"z,"\n"\n'])
def test_a_block_that_ends_in_a_record_cuts_none(record, size):
    def frame(window):
        return frame_delimited(window, b",")

    text = b"a,b\n" + record + b"1,2\n"
    assert framed(frame, text, size, 9) == framed(frame, text, 1 << 20, 1 << 20)


@settings(max_examples=80, deadline=None)
@given(texts(JSON), st.integers(3, 40), st.integers(4, 9))
def test_small_blocks_of_json_make_the_same_records(text, size, lines):
    small = framed(frame_json_lines, text, size, lines)
    assert small == framed(frame_json_lines, text, 1 << 20, 1 << 20)


def assert_same_records(text: bytes, layout: Layout, *, is_last: bool) -> None:
    """Split a block, and frame the same record by record."""
    if not is_last:
        text = text[: text.rfind(b"\n") + 1]
    block = Block(text, is_last=is_last, offset=100, line=10)
    with small_limits():
        part, used = split(block, layout, before=5)
        records = list(frame_records(text, is_last, layout.delimiter))
        assert used == (records[-1].end if records else 0)
        assert parts_of([part]) == expected(block, layout, records)


def expected(block: Block, layout: Layout, records: list[Record]) -> tuple[Any, ...]:
    """Return what `parts_of` should say of a block, in a plain loop."""
    rows, places, bad = [], [], []
    counts = dict.fromkeys(COUNTS, 0)
    line, index = block.line + 1, 5
    for record in records:
        raw = block.text[record.start : record.end]
        is_blank = not record.fields and not record.reason
        kind = "blank" if is_blank else "record"
        counts[f"{kind}_lines" if kind == "record" else kind] += record.lines
        counts[f"{kind}_bytes"] += len(raw)
        offset = block.offset + record.start
        index += not is_blank
        problem = problem_of(record, raw, layout)
        if problem and not is_blank:
            bad.append(Quarantined(index, offset, line, problem, raw))
        elif not is_blank:
            values = [value.decode() for value in record.fields]
            rows.append((index, *values[: len(layout.columns)]))
            joined = layout.delimiter.join(record.fields[: len(layout.columns)])
            is_same = raw in (joined, joined + b"\n", joined + b"\r\n")
            places.append((index, offset, line, len(raw), None if is_same else raw))
        line += record.lines
    return rows, layout.schema, places, bad, counts


def problem_of(record: Record, raw: bytes, layout: Layout) -> str | None:
    unnamed = record.fields[len(layout.columns) : layout.width]
    problems = [
        len(raw) > lines_module.LONGEST_RECORD and TOO_LONG,
        unreadable(raw),
        layout.refused,
        record.reason,
        len(record.fields) < layout.width and TOO_FEW,
        len(record.fields) > layout.width and TOO_MANY,
        any(unnamed) and TRAILING,
    ]
    return next((problem for problem in problems if problem), None)


@contextmanager
def small_limits() -> Iterator[pytest.MonkeyPatch]:
    """Make limits so small that drawn text goes beyond them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(framer, "MOST_JOINED_LINES", 3)
        patch.setattr(framer, "MOST_JOINED_BYTES", 20)
        patch.setattr(splitter, "LONGEST_RECORD", 30)
        patch.setattr(plain_lines, "LONGEST_RECORD", 30)
        patch.setattr(lines_module, "LONGEST_RECORD", 30)
        yield patch


def framed(frame: Frame, text: bytes, size: int, lines: int) -> tuple[Any, int]:
    """Frame a text in blocks of a size, and of so many lines at most."""
    with small_limits() as patch:
        patch.setattr(window_module, "BLOCK", size)
        patch.setattr(window_module, "MOST_LINES", lines)
        window = Window(io.BytesIO(text).read, "a.csv")
        parts = parts_of(frame(window))
    assert window.offset == len(text)
    return parts, window.lines


def parts_of(parts: Iterable[Part]) -> tuple[Any, ...]:
    """Return everything that parts say, whatever their number."""
    parts = list(parts)
    rows = pa.concat_tables([part.rows for part in parts])
    rows.validate(full=True)
    found = [part.places for part in parts if part.places is not None]
    places = pa.concat_tables([PLACES.empty_table(), *found])
    places.validate(full=True)
    counts = {name: sum(getattr(part, name) for part in parts) for name in COUNTS}
    bad = [record for part in parts for record in part.quarantined]
    return tuples(rows), rows.schema, tuples(places), bad, counts


def tuples(table: pa.Table) -> list[tuple[Any, ...]]:
    """Return rows in order; two columns of a table never have the same name here."""
    return [tuple(row.values()) for row in table.to_pylist()]
