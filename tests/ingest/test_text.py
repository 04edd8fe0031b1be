"""Compression and encoding: known by content or setting, never guessed silently."""

import gzip

import pyarrow as pa
import pytest

from journeymine.errors import SourceError
from journeymine.ingest import window

TEXT = "id,note\n1,Grüße\n2,€\n"
ROWS = [("1", "Grüße"), ("2", "€")]


def zstd(raw: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(raw, asbytes=True)
    return packed


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_compression_and_encoding_change_nothing(land, pack, encoding):
    raw = TEXT.encode(encoding)
    landed = land({"a.csv": pack(raw)}, encoding=encoding)
    assert landed.rows == ROWS
    assert landed.load.bytes == len(raw)  # after decompression


def test_latin_1_is_read(land):
    landed = land({"a.csv": "id,note\n1,é\n".encode("latin-1")}, encoding="latin-1")
    assert landed.rows == [("1", "é")]


def test_gzip_of_several_members_is_one_text(land):
    packed = gzip.compress(b"id,note\n1,") + gzip.compress(b"a\n2,b\n")
    assert land({"a.csv.gz": packed}).rows == [("1", "a"), ("2", "b")]


@pytest.mark.parametrize(
    ("encoding", "raw", "rows"),
    [
        ("windows-1252", b"id,note\n1,\x81\n2,b\n", [("2", "b")]),
        ("utf-16", TEXT.encode("utf-16")[:-1], ROWS[:1]),
        ("utf-16", "id,note\n1,".encode("utf-16") + b"\x00\xd8\n\x002\x00", []),
    ],
)
def test_what_cannot_be_decoded_is_quarantined(land, encoding, raw, rows):
    landed = land({"a.csv": raw}, encoding=encoding)
    assert landed.rows == rows
    assert landed.bad[0][3] == "not valid UTF-8"


GZIP = gzip.compress(TEXT.encode() * 1000, mtime=0)


@pytest.mark.parametrize(
    ("name", "raw", "problem"),
    [
        ("a.csv.gz", GZIP[:-20], "broken: the gzip file is truncated; export it again"),
        ("a.csv.gz", GZIP[:-8] + b"\1\2\3\4" + GZIP[-4:], "broken: CRC check failed"),
        ("a.csv.gz", GZIP + b"rest", "broken: Not a gzipped file"),
        ("a.csv.gz", b"", "broken: its name ends in .gz, but it is no gzip file"),
        ("a.csv.gz", b"\0" + GZIP[1:], "broken: its name ends in .gz, but it is no"),
        ("a.csv.zst", zstd(b"a" * 9999)[:-3], "broken: Truncated compressed stream"),
        ("a.csv", b"PK\3\4....", "is a zip archive; unpack it"),
        ("a.csv", TEXT.encode("utf-16"), 'starts with a UTF-16 mark; set encoding = "'),
    ],
)
def test_a_broken_file_lands_nothing(land, tmp_path, name, raw, problem):
    with pytest.raises(SourceError) as caught:
        land({name: raw})
    line = str(caught.value)
    assert line.startswith(f"sources.shop: {name}: {problem}")
    assert "\n" not in line
    assert [path.name for path in (tmp_path / "out/landing/shop").iterdir()] == [
        ".lock"
    ]


def test_utf_16_without_a_mark_is_not_guessed(land):
    with pytest.raises(SourceError, match=r"a.csv: UTF-16 .* BOM; set the encoding"):
        land({"a.csv": TEXT.encode("utf-16-le")}, encoding="utf-16")


def test_a_line_without_end_is_not_held_in_memory(land, monkeypatch):
    monkeypatch.setattr(window, "BLOCK", 1000)
    monkeypatch.setattr(window, "LONGEST_LINE", 10_000)
    with pytest.raises(SourceError, match=r"a.csv: line 2: longer than 0 MiB; check"):
        land({"a.csv": b"id,note\n" + b"x" * 50_000})
