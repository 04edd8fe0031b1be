"""Nothing is lost: seeded mutants of valid files against a counter of its own."""

import io
import random

import pyarrow as pa
import pytest

from journeymine.ingest.delimited import frame_delimited
from journeymine.ingest.framer import frame_records
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.window import Window

MUTANTS = 300
PIECES = [
    b'"',
    b'""',
    b",",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\t",
    b"{",
    b"}",
    b" ",
]


def csv_file(dice: random.Random) -> bytes:
    rows = [
        b'%d,"said ""x"", and\nleft",%d' % (n, dice.randrange(9)) for n in range(20)
    ]
    rows += [b"%d,plain,%d" % (n, dice.randrange(9)) for n in range(20)]
    dice.shuffle(rows)
    return b"id,note,score\n" + b"\n".join(rows) + dice.choice([b"", b"\n"])


def json_file(dice: random.Random) -> bytes:
    rows = [b'{"id": %d, "note": "x,\\n"}' % dice.randrange(9) for _ in range(40)]
    return b"\n".join(rows) + dice.choice([b"", b"\n"])


def mutant(text: bytes, dice: random.Random) -> bytes:
    """Return a text with some bytes dropped, put in, swapped or doubled."""
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        to = min(len(text), at + dice.choice([0, 1, 1, 5, 40]))
        middle = dice.choice([b"", dice.choice(PIECES), text[at:to] * 2])
        text = text[:at] + middle + text[to:]
    return text


def counted(text: bytes) -> int:
    """Count lines without any code of the package."""
    return sum(1 for _ in io.BytesIO(text))


@pytest.mark.parametrize(
    ("make", "frame"),
    [
        (csv_file, lambda window: frame_delimited(window, b",")),
        (json_file, frame_json_lines),
    ],
)
def test_every_line_is_header_blank_or_part_of_one_record(make, frame):
    for seed in range(MUTANTS):
        dice = random.Random(seed)
        text = mutant(make(dice), dice)
        window = Window(io.BytesIO(text).read, "a")
        parts = list(frame(window))
        lines = sum(part.header + part.blank + part.record_lines for part in parts)
        assert lines == counted(text) == window.lines, seed
        bad = [record for part in parts for record in part.quarantined]
        good = pa.concat_tables([part.rows for part in parts])["record_index"]
        indexes = sorted([*good.to_pylist(), *(record.record_index for record in bad)])
        assert indexes == list(range(1, len(indexes) + 1)), seed
        for record in bad:  # where it says that it is
            end = record.offset + len(record.raw)
            assert text[record.offset : end] == record.raw, seed
            assert counted(text[: record.offset]) == record.line - 1, seed


def test_every_byte_is_in_exactly_one_record():
    for seed in range(MUTANTS):
        dice = random.Random(seed)
        text = mutant(csv_file(dice), dice)
        records = list(frame_records(text, is_last=True, delimiter=b","))
        pieces = [text[record.start : record.end] for record in records]
        assert b"".join(pieces) == text, seed
        lines = [counted(piece) for piece in pieces]
        assert lines == [record.lines for record in records], seed


def test_good_records_round_trip():
    """What the framer calls good and quoted, written back, is framed to the same."""
    for seed in range(MUTANTS):
        dice = random.Random(seed)
        text = mutant(csv_file(dice), dice)
        found = frame_records(text, is_last=True, delimiter=b",")
        fields = [record.fields for record in found if record.fields]
        written = b"".join(quoted(record) for record in fields)
        again = frame_records(written, is_last=True, delimiter=b",")
        assert [record.fields for record in again] == fields, seed


def quoted(fields: list[bytes]) -> bytes:
    return b",".join(b'"%b"' % field.replace(b'"', b'""') for field in fields) + b"\n"
