"""Nothing is lost: seeded mutants of valid files against a counter of its own."""

import codecs
import io
import random

import pyarrow as pa
import pytest
from tests.ingest.mutants import FURTHER, check_mutants

from journeymine.ingest.delimited import frame_delimited
from journeymine.ingest.framer import frame_records
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.window import Window

MUTANTS = 300
FURTHER_MUTANTS = 160
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


FRAMES = [
    (csv_file, lambda window: frame_delimited(window, b",")),
    (json_file, frame_json_lines),
]


@pytest.mark.parametrize(("make", "frame"), FRAMES)
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


@pytest.mark.parametrize(("make", "frame"), FRAMES)
def test_every_byte_is_of_the_header_a_blank_line_or_one_record(make, frame):
    for seed in range(MUTANTS):
        dice = random.Random(seed)
        mark = dice.choice([b"", codecs.BOM_UTF8])
        text = mark + mutant(make(dice), dice)
        window = Window(io.BytesIO(text).read, "a")
        parts = list(frame(window))
        sums = [
            sum(getattr(part, name) for part in parts)
            for name in ("header_bytes", "blank_bytes", "record_bytes")
        ]
        assert sum(sums) == len(text) == window.offset, seed
        bad = [record for part in parts for record in part.quarantined]
        places = [part.places for part in parts if part.rows.num_rows]
        sizes = [size for table in places for size in table["bytes"].to_pylist()]
        assert sum(sizes) + sum(len(record.raw) for record in bad) == sums[-1], seed


@pytest.mark.parametrize(("make", "frame"), FRAMES)
def test_every_good_record_can_be_written_as_it_stands(make, frame):
    for seed in range(MUTANTS):
        dice = random.Random(seed)
        text = mutant(make(dice), dice)
        for part in frame(Window(io.BytesIO(text).read, "a")):
            rows = part.rows.to_pylist()
            places = part.places.to_pylist() if rows else []
            for row, place in zip(rows, places, strict=True):
                assert row.pop("record_index") == place["record_index"], seed
                start, size = place["offset"], place["bytes"]
                raw = text[start : start + size]
                assert counted(text[:start]) == place["line"] - 1, seed
                written = ",".join(row.values()).encode()
                if place["raw"] is None:
                    end = {0: b"", 1: b"\n", 2: b"\r\n"}[size - len(written)]
                    assert written + end == raw, seed
                else:
                    assert place["raw"] == raw, seed
                    assert raw not in (written, written + b"\n", written + b"\r\n")


def test_mutants_of_further_formats_lose_nothing(tmp_path):
    sums = check_mutants(tmp_path, FURTHER_MUTANTS, seed=2, formats=FURTHER)
    assert sums["framed"] > 0.8 * FURTHER_MUTANTS
    assert min(sums["good"], sums["bad"]) > FURTHER_MUTANTS


@pytest.mark.parametrize("text", [b"", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n"])
@pytest.mark.parametrize(("make", "frame"), FRAMES)
def test_a_text_of_nothing_but_a_mark_balances_as_well(text, make, frame):
    (part, *others) = list(frame(Window(io.BytesIO(text).read, "a")))
    assert part.header_bytes == 3 * text.startswith(codecs.BOM_UTF8)
    blank = sum(part.blank_bytes for part in [part, *others])
    assert part.header_bytes + blank == len(text)


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
