"""Mutants of valid files, and a count of what is in them that uses none of our code."""

import gzip
import random
from pathlib import Path

import pyarrow as pa

from journeymine.config_dialect import Dialect
from journeymine.errors import SourceError
from journeymine.ingest.formats import Framing, framed
from journeymine.ingest.parts import Part

FORMATS = ("csv", "jsonl", "tsv", "gzip of csv", "broken gzip of jsonl")
FURTHER = ("lines", "json", "tsv without quotes", "csv of two header rows")
DIALECTS = {
    "tsv without quotes": Dialect(header=("id", "note", "score"), quote=False),
    "csv of two header rows": Dialect(header_rows=2, header_names="joined"),
}
PIECES = [
    *(b'"', b'""', b",", b"\t", b"\n", b"\r\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf"),
    *(b"{", b"}", b"[", b"\\", b" ", b'","', b'"\n"', b"\xe2\x82"),
]


def mutant(text: bytes, dice: random.Random) -> bytes:
    """Return a text with some bytes dropped, put in, swapped, doubled or flipped."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        to = min(len(text), at + dice.choice([0, 1, 1, 5, 40]))
        flipped = bytes(byte ^ 1 << dice.randrange(8) for byte in text[at:to])
        middle = dice.choice([b"", dice.choice(PIECES), text[at:to] * 2, flipped])
        text = text[:at] + middle + text[to:]
    return text


def check_mutants(
    folder: Path, times: int, seed: int, formats: tuple[str, ...] = FORMATS
) -> dict[str, int]:
    """Frame so many mutants of files of some formats, and check each balance.

    Returns
    -------
    dict
        How many files were framed, how many refused, and their good and bad records.
    """
    dice = random.Random(seed)
    sums = {"framed": 0, "refused": 0, "good": 0, "bad": 0}
    for number in range(times):
        kind = formats[number % len(formats)]
        found = _check(folder, kind, dice, f"{kind}, seed {seed}, mutant {number}")
        for name, count in found.items():
            sums[name] += count
    return sums


def _check(folder: Path, kind: str, dice: random.Random, where: str) -> dict[str, int]:
    name = kind.partition(" ")[0] if kind in DIALECTS else kind.rpartition(" ")[2]
    valid = _json_file(dice) if name in ("json", "jsonl") else _table(dice, name)
    if name == "json":
        valid = b'{"n": ["], {"],\n"t": [%b]}' % valid.strip().replace(b"\n", b",\n ")
    text = content = valid if kind.startswith("broken") else mutant(valid, dice)
    if kind.startswith("gzip"):
        content = gzip.compress(text, mtime=0)
    if kind.startswith("broken"):
        content = mutant(gzip.compress(text, mtime=0), dice)
    path = folder / "mutant"
    path.write_bytes(content)
    try:
        framing = Framing(name, "utf-8", dialect=DIALECTS.get(kind, Dialect()))
        with framed(path, framing, "", None) as file:
            parts = list(file.parts)
            size = file.size()
    except SourceError:
        # Only what is broken as a whole is refused, and says so.
        assert kind.startswith("broken") or b"\0" in text or name == "json", where
        return {"refused": 1}
    if kind.startswith("broken") and content[:2] != b"\x1f\x8b":
        text = content  # not to be told from a text
    assert size.bytes == len(text), where
    if name != "json":  # there a record is a line
        assert size.lines == _lines(text), where
        lines = sum(part.header + part.blank + part.record_lines for part in parts)
        assert lines == _lines(text), where
    return {"framed": 1, **_check_balance(parts, text, where)}


def _check_balance(parts: list[Part], text: bytes, where: str) -> dict[str, int]:
    """Check that each byte is of the header, blank, or part of one record."""
    total = sum(p.header_bytes + p.blank_bytes + p.record_bytes for p in parts)
    assert total == len(text), where
    bad = [record for part in parts for record in part.quarantined]
    good = pa.concat_tables(
        [p.places for p in parts if p.places is not None] or [_NONE]
    )
    pieces = [(record.offset, len(record.raw), record.line) for record in bad]
    pieces += zip(
        *(good[name].to_pylist() for name in ("offset", "bytes", "line")), strict=True
    )
    assert sum(size for _, size, _ in pieces) == sum(p.record_bytes for p in parts), (
        where
    )
    end = 0
    for offset, size, line in sorted(pieces):
        assert offset >= end, where  # no byte is in two records
        assert not text[end:offset].strip(b"\r\n ,\t") or end == 0, where
        assert line == text.count(b"\n", 0, offset) + 1, where
        end = offset + size
    assert all(text[r.offset : r.offset + len(r.raw)] == r.raw for r in bad), where
    rows = sum(part.rows.num_rows for part in parts)
    assert rows == good.num_rows, where
    return {"good": rows, "bad": len(bad)}


_NONE = pa.table({"offset": [], "bytes": [], "line": []})


def _lines(text: bytes) -> int:
    return text.count(b"\n") + bool(text and not text.endswith(b"\n"))


def _table(dice: random.Random, name: str) -> bytes:
    rows = [
        b'%d,"said ""x"", and\nleft",%d' % (n, dice.randrange(9)) for n in range(10)
    ]
    rows += [b"%d,plain,%d" % (n, dice.randrange(9)) for n in range(20)]
    rows += [b'%d,"quoted",%d' % (n, dice.randrange(9)) for n in range(10)]
    dice.shuffle(rows)
    end = dice.choice([b"\n", b"\r\n"])
    text = end.join([b"id,note,score", *rows]) + dice.choice([b"", end])
    text = text.replace(b",", b"\t") if name == "tsv" else text
    return dice.choice([b"", b"", b"\xef\xbb\xbf"]) + text


def _json_file(dice: random.Random) -> bytes:
    rows = [b'{"id": %d, "note": "x,\\n"}' % dice.randrange(9) for _ in range(40)]
    return b"\n".join(rows) + dice.choice([b"", b"\n"])
