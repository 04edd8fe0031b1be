"""Compression and encoding: known by content or setting, never guessed silently."""

import gzip
import io
import random
import zipfile

import pyarrow as pa
import pytest

from journeymine.config import Ingest
from journeymine.errors import SourceError
from journeymine.ingest import text as text_module
from journeymine.ingest import window
from journeymine.ingest.text import Text

TEXT = "id,note\n1,Grüße\n2,€\n"
ROWS = [("1", "Grüße"), ("2", "€")]


def zstd(raw: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(raw, asbytes=True)
    return packed


def zipped(raw: bytes, name: str = "../../a.csv") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/", b"")
        archive.writestr(name, raw)
        archive.writestr("__MACOSX/._a.csv", b"what macOS adds")
    return file.getvalue()


PACKED = [bytes, gzip.compress, zstd, zipped]


@pytest.mark.parametrize("pack", PACKED)
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
        ("a.csv.gz", GZIP[:-20], "broken: it is truncated; export it again"),
        ("a.csv.gz", GZIP[:-8] + b"\1\2\3\4" + GZIP[-4:], "broken: CRC check failed"),
        ("a.csv.gz", GZIP + b"rest", "broken: Not a gzipped file"),
        ("a.csv.gz", b"", "broken: its name ends in .gz, but it is no gzip file"),
        ("a.csv.gz", b"\0" + GZIP[1:], "broken: its name ends in .gz, but it is no"),
        ("a.csv.zst", zstd(b"a" * 9999)[:-3], "broken: Truncated compressed stream"),
        ("a.csv", b"PK\3\4....", "broken: File is not a zip file; export it again"),
        ("a.csv", b"\xfd7zXZ....", "is a xz archive; unpack it, or compress it with"),
        ("a.csv", b"BZh9....", "is a bzip2 archive; unpack it, or compress it with"),
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


@pytest.mark.parametrize("pack", PACKED)
@pytest.mark.parametrize("mark", ["\ufeff", ""])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_in_the_order_of_its_mark_or_letters(land, pack, mark, codec):
    raw = (mark + TEXT).encode(codec)
    assert land({"a.csv": pack(raw)}, encoding="utf-16").rows == ROWS


@pytest.mark.parametrize("pack", PACKED)
@pytest.mark.parametrize(
    ("raw", "encoding", "problem"),
    [
        (TEXT.encode("utf-16-le"), "utf-8", "looks like UTF-16; set encoding ="),
        (TEXT.encode("utf-16-be"), "utf-8", "looks like UTF-16; set encoding ="),
        (TEXT.encode("utf-16-le"), "latin-1", "looks like UTF-16; set encoding ="),
        (TEXT.encode("utf-16"), "utf-8", "starts with a UTF-16 mark; set encoding ="),
        (TEXT.encode("utf-16"), "windows-1252", "starts with a UTF-16 mark; set"),
        (TEXT.encode("utf-8-sig"), "latin-1", "starts with a UTF-8 mark; set enc"),
        (
            TEXT.encode("utf-8"),
            "utf-16",
            "has no UTF-16 mark (BOM), and its start does",
        ),
        ("\u0100".encode("utf-16-le"), "utf-16", "has no UTF-16 mark (BOM), and its"),
    ],
)
def test_a_text_in_another_encoding_is_refused(land, pack, raw, encoding, problem):
    with pytest.raises(SourceError) as caught:
        land({"a.csv": pack(raw)}, encoding=encoding)
    assert str(caught.value).startswith(f"sources.shop: a.csv: {problem}")


def test_one_nul_byte_does_not_make_a_text_utf_16(land):
    landed = land({"a.csv": b"id,note\n1,\0\n2,b\n"})
    assert (landed.rows, landed.bad[0][3]) == ([("2", "b")], "NUL byte")


def restored(text: bytes, codec: str) -> tuple[bytes, int]:
    """Return the bytes that became a text, and how many of them are marked in it."""
    letters = text.decode("utf-8", "surrogatepass")
    is_marked = ["\udc00" <= letter <= "\udcff" for letter in letters]
    pieces = [
        bytes([ord(letter) & 0xFF]) if marked else letter.encode(codec)
        for letter, marked in zip(letters, is_marked, strict=True)
    ]
    return b"".join(pieces), sum(is_marked)


@pytest.mark.parametrize(
    ("encoding", "codec", "mark"),
    [
        ("utf-16", "utf-16-le", b"\xff\xfe"),
        ("utf-16", "utf-16-be", b"\xfe\xff"),
        ("latin-1", "latin-1", b""),
        ("windows-1252", "windows-1252", b""),
    ],
)
def test_no_byte_vanishes_in_decoding(tmp_path, monkeypatch, encoding, codec, mark):
    monkeypatch.setattr(text_module, "CHUNK", 7)
    path = tmp_path / "a"
    marked = 0
    for seed in range(200):
        dice = random.Random(seed)
        letters = ["a,b", "é", "\n", *(["\U0001f600"] if mark else [])]
        pieces = [dice.choice([letter.encode(codec) for letter in letters]) * 2]
        pieces += [b"a,b\n".decode().encode(codec)]
        pieces += [dice.randbytes(dice.randrange(4)) for _ in range(dice.randrange(9))]
        pieces += ["x\n".encode(codec), dice.randbytes(dice.randrange(2))]
        raw = mark + b"".join(pieces)
        path.write_bytes(raw)
        with Text(path, encoding, "a", Ingest()) as text:
            read = text.read(10) + text.read(1 << 20)
            assert text.size == len(raw), seed
        assert restored(read, codec)[0] == raw, seed
        marked += restored(read, codec)[1]
    assert (marked > 0) == (encoding != "latin-1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1", "windows-1252"])
def test_an_undecodable_byte_ends_in_quarantine(land, encoding):
    """Only what decodes whole, by Python's own decoder, may be good."""
    for seed in range(40):
        dice = random.Random(seed)
        codec = "utf-16-le" if encoding == "utf-16" else encoding
        start, end = '{"a": "'.encode(codec), '"}'.encode(codec)
        notes = [dice.randbytes(2 * dice.randrange(4)) for _ in range(20)]
        newline = "\n".encode(codec)
        notes = [note for note in notes if not any(byte in note for byte in b"\n\r\0")]
        lines = [start + note + end for note in notes]
        raw = newline.join(lines) + dice.choice([b"", newline, b"\xd8"])
        if encoding == "utf-16":
            raw = b"\xff\xfe" + raw
        how = {"format": "jsonl", "encoding": encoding, "mode": "replace"}
        landed = land({"a.jsonl": raw}, **how)
        broken = [line for line in lines if not decodes(line, codec)]
        reasons = [bad[3] for bad in landed.bad].count("not valid UTF-8")
        assert reasons in (len(broken), len(broken) + 1), (
            seed
        )  # the odd byte at the end
        for (payload,) in landed.rows:
            assert payload.encode(codec) in lines, seed


def decodes(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def test_a_line_without_end_is_not_held_in_memory(land, monkeypatch):
    monkeypatch.setattr(window, "BLOCK", 1000)
    monkeypatch.setattr(window, "LONGEST_LINE", 10_000)
    with pytest.raises(SourceError, match=r"a.csv: line 2: longer than 0 MiB; check"):
        land({"a.csv": b"id,note\n" + b"x" * 50_000})
