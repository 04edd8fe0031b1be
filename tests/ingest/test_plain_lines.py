"""Formats in which a line is a record, whatever stands in it, against a plain loop."""

import gzip
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.test_same_rows import ANY, COUNTS, QUOTED, framed, texts
from tests.ingest.test_text import zstd

from journeymine.config_dialect import Dialect
from journeymine.ingest import land_source, mend_records, raw_records, read_landed
from journeymine.ingest.delimited import frame_delimited
from journeymine.ingest.lines import TOO_LONG
from journeymine.ingest.parts import Quarantined, schema_of
from journeymine.ingest.plain_lines import frame_plain_lines
from journeymine.ingest.splitter import TOO_FEW, TOO_MANY

MARK = b"\xef\xbb\xbf"
COLUMNS = ("a", "b", "c")
TABBED = (
    ANY
    | QUOTED
    | st.sampled_from([b"x" * 31, b"\t", b"1\t2\t3\n", b'"\t"\t\r\n', b"\r"])
)


@settings(max_examples=150, deadline=None)
@given(texts(ANY | st.just(b"x" * 31)), st.integers(5, 40), st.integers(4, 9))
def test_every_line_is_the_record_of_a_plain_loop(text, size, lines):
    found, _ = framed(frame_plain_lines, text, size, lines)
    assert found == expected(text, ("line",), None)


@settings(max_examples=250, deadline=None)
@given(texts(TABBED), st.integers(5, 40), st.integers(4, 9))
def test_every_line_without_quotes_is_the_record_of_a_plain_loop(text, size, lines):
    def frame(window):
        dialect = Dialect(header=COLUMNS, quote=False)
        return frame_delimited(window, b"\t", dialect)

    found, _ = framed(frame, text, size, lines)
    assert found == expected(text, COLUMNS, b"\t")


def expected(
    text: bytes, columns: tuple[str, ...], delimiter: bytes | None
) -> tuple[Any, ...]:
    """Return what `parts_of` should say of a text, in a plain loop."""
    rows: list[tuple[Any, ...]] = []
    places: list[tuple[Any, ...]] = []
    bad: list[Quarantined] = []
    at = 3 * text.startswith(MARK)
    counts = {**dict.fromkeys(COUNTS, 0), "header_bytes": at}
    pieces = text[at:].split(b"\n")
    raws = [piece + b"\n" for piece in pieces[:-1]] + [pieces[-1]] * bool(pieces[-1])
    for line, raw in enumerate(raws, start=1):
        content = raw.removesuffix(b"\n") if raw.endswith(b"\n") else raw
        content = content.removesuffix(b"\r") if raw.endswith(b"\n") else content
        kind = "record" if content else "blank"
        counts["record_lines" if content else "blank"] += 1
        counts[f"{kind}_bytes"] += len(raw)
        if content:
            index = len(rows) + len(bad) + 1
            fields = content.split(delimiter) if delimiter else [content]
            problem = problem_of(raw, len(fields) - len(columns))
            if problem:
                bad.append(Quarantined(index, at, line, problem, raw))
            else:
                rows.append((index, *(field.decode() for field in fields)))
                places.append((index, at, line, len(raw), None))
        at += len(raw)
    return rows, schema_of(list(columns)), places, bad, counts


def problem_of(raw: bytes, more: int) -> str | None:
    if len(raw) > 30:  # of `small_limits`
        return TOO_LONG
    if b"\0" in raw:
        return "NUL byte"
    try:
        raw.decode()
    except UnicodeDecodeError:
        return "not valid UTF-8"
    return (TOO_MANY if more > 0 else TOO_FEW) if more else None


LOG = b'1.2.3.4 - - [10/Oct/2026:13:55:36 -0700] "GET / HTTP/1.1" 200 5\r\n\n \xff\n"x'


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.log", bytes), ("a.log.gz", gzip.compress), ("a.log.zst", zstd)],
)
def test_lines_are_read_as_they_stand(land, name, pack):
    landed = land({name: pack(LOG)}, format="lines")
    assert landed.columns == ("line",)
    assert landed.rows == [(LOG.split(b"\r")[0].decode(),), ('"x',)]
    assert landed.bad == [(2, LOG.index(b" \xff"), 3, "not valid UTF-8", b" \xff\n")]
    assert (landed.load.lines, landed.load.blank, landed.load.records) == (4, 1, 3)


def test_lines_of_another_encoding_are_text(land):
    landed = land({"a.log": b"caf\xe9\n"}, format="lines", encoding="latin-1")
    assert landed.rows == [("caf\xe9",)]


def test_a_mended_line_stands_in_its_place(project):
    config = project({"a.log": LOG}, format="lines")
    land_source(config, "shop")
    landing = config.output / "landing"
    (content,) = read_landed(landing, "shop")
    found = raw_records(content, [1, 2, 3])
    assert b"".join([found[1], b"\n", found[2], found[3]]) == LOG
    mend_records(landing, "shop", {content.sha256: {2: b"\xef\xbb\xbfmended"}})
    (content,) = read_landed(landing, "shop")
    assert raw_records(content, [2]) == {2: b"\xef\xbb\xbfmended"}
    (row,) = pq.read_table(content.folder / "mended.parquet").to_pylist()
    assert row == {"record_index": 2, "line": "\ufeffmended"}
