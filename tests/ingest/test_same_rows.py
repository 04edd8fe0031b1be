"""The fast path, the slow path and small blocks all give the same rows."""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.ingest import framer
from journeymine.ingest import window as window_module
from journeymine.ingest.delimited import frame_delimited, frame_slowly
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.layout import Layout
from journeymine.ingest.parts import Part
from journeymine.ingest.splitter import split_plain
from journeymine.ingest.window import Block, Window

Frame = Callable[[Window], Iterator[Part]]

LAYOUTS = [
    Layout(b",", ("a",), 1),
    Layout(b",", ("a", "b", "c"), 3),
    Layout(b",", ("a", "b"), 3),  # one column without a name at the end
    Layout(b"\t", ("a", "b"), 2),
]
PLAIN = st.sampled_from([b"1", b"xy", b" ", "é€".encode(), b",", b"\t", b"\n", b"\r\n"])
ANY = PLAIN | st.sampled_from([b'"', b'""', b"\r", b"\0", b"\xff", b"\xef\xbb\xbf"])
JSON = ANY | st.sampled_from([b'{"a": 1}\n', b'{"b": [2]}\r\n', b"[1]\n", b"{}"])


def texts(pieces: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.lists(pieces, max_size=60).map(b"".join)


@settings(max_examples=400, deadline=None)
@given(texts(PLAIN), st.sampled_from(LAYOUTS))
def test_plain_blocks_are_split_into_the_records_of_the_framer(text, layout):
    block = Block(text, is_last=True, offset=100, line=10)
    fast = split_plain(block, layout, before=5)
    slow, used = frame_slowly(block, layout, before=5)
    assert used == len(text)
    if fast is None:  # a value in the column without a name
        assert layout.width > len(layout.columns)
    else:
        assert parts_of([fast]) == parts_of([slow])


@pytest.mark.parametrize(
    "text", [b'"', b"\0", b"a\rb", b"a\r", b"\xff", b"\xef\xbb\xbfa"]
)
def test_what_is_not_plain_is_left_to_the_framer(text):
    block = Block(text, is_last=True, offset=0, line=0)
    assert split_plain(block, LAYOUTS[0], before=0) is None


@settings(max_examples=300, deadline=None)
@given(texts(ANY), st.integers(3, 40), st.integers(4, 9))
def test_small_blocks_of_csv_make_the_same_records(text, size, lines):
    def frame(window):
        return frame_delimited(window, b",")

    text = b"a,b\n" + text
    assert framed(frame, text, size, lines) == framed(frame, text, 1 << 20, 1 << 20)


@settings(max_examples=80, deadline=None)
@given(texts(JSON), st.integers(3, 40), st.integers(4, 9))
def test_small_blocks_of_json_make_the_same_records(text, size, lines):
    small = framed(frame_json_lines, text, size, lines)
    assert small == framed(frame_json_lines, text, 1 << 20, 1 << 20)


def framed(frame: Frame, text: bytes, size: int, lines: int) -> tuple[Any, int]:
    """Frame a text in blocks of a size, and of so many lines at most."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(framer, "MOST_JOINED_LINES", 3)
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
    counts = [
        sum(getattr(part, name) for part in parts)
        for name in ("record_lines", "header", "blank")
    ]
    bad = [record for part in parts for record in part.quarantined]
    return rows.to_pylist(), rows.schema, bad, counts
