"""JSON lines: one line, one record, one object."""

import io
import json
import random
import time

import duckdb
import pytest

from journeymine.ingest import json_records
from journeymine.ingest.json_lines import frame_json_lines
from journeymine.ingest.parts import Part
from journeymine.ingest.strict_json import DEEPEST, is_deep
from journeymine.ingest.window import Window


def lines(*texts: bytes) -> dict[str, bytes]:
    return {"a.jsonl": b"".join(text + b"\n" for text in texts)}


def test_payloads_are_the_lines_as_they_stand(land):
    text = '\ufeff{"a": 1}\r\n\n \t\n  {"b": "ä"} \n{"c": 1.10}'
    landed = land({"a.jsonl": text.encode()}, format="jsonl")
    assert landed.columns == ("payload",)
    assert landed.rows == [('{"a": 1}',), ('{"b": "ä"}',), ('{"c": 1.10}',)]
    assert (landed.load.lines, landed.load.blank, landed.load.records) == (5, 2, 3)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"a": 1', "not valid JSON"),
        (b'{"a": 1} {"a": 2}', "more than one JSON value on the line"),
        (b'{"a": 1}}', "more than one JSON value on the line"),
        (b"[1]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"a": "\xff"}', "not valid UTF-8"),
        (b'{"a": "\0"}', "NUL byte"),
        (b'{"a": ' + b"[" * 200_000, "JSON nested too deeply"),
        (b'{"a": 1,}', "not valid JSON"),
        (b'{"a": [1, ]}', "not valid JSON"),
        (b'{"a": {"b": 1 ,\t}}', "not valid JSON"),
        (b'{"a": NaN}', "not valid JSON"),
        (b'{"a":-Infinity}', "not valid JSON"),
        (b'{"a": [1,nan]}', "not valid JSON"),
        (b'{"a":\t-iNf}', "not valid JSON"),
        (b'{"a": [INF]}', "not valid JSON"),
        (b'{"a": 1} {"b": NaN}', "more than one JSON value on the line"),
        (b'{"a": 1, "a": 2}', "key repeated"),
        (rb'{"a\u0062": 1, "ab": 2}', "key repeated"),
        (rb'{"a": "\ud800"}', "not valid JSON"),
        (rb'{"a": "\udc00x"}', "not valid JSON"),
        (rb'{"\ud800\u0041": 1}', "not valid JSON"),
    ],
)
def test_a_line_that_is_no_object_is_quarantined(land, bad, reason):
    landed = land(lines(b'{"a": 0}', bad, b'{"a": 2}'), format="jsonl")
    assert landed.rows == [('{"a": 0}',), ('{"a": 2}',)]
    assert landed.indexes == [1, 3]
    assert landed.bad == [(2, 9, 2, reason, bad + b"\n")]


def test_a_pretty_printed_object_is_as_many_bad_records_as_lines(land):
    landed = land(lines(b"{", b' "a": 1', b"}"), format="jsonl")
    assert (landed.rows, landed.load.quarantined) == ([], 3)


def test_an_empty_file_is_landed_empty(land):
    landed = land({"a.jsonl": b""}, format="jsonl")
    assert (landed.rows, landed.load.lines) == ([], 0)


@pytest.mark.parametrize(
    "good",
    [
        '{"a": "NaN, [1,], inf, \\", Infinity"}',
        '{"a": [], "b": {}, "c": "men, ]"}',
        '{"a": {"b": 1, "b": 2}}',
        '{"a": 1, "A": 2, "": 3}',
        '{"a": 1e999, "b": 1' + "0" * 5000 + ', "c": ",}"}',
        '{"a": "\\u0000", "b\\u0000": 1}',
        '{"a": "\\ud83d\\ude00"}',
        '{"a": "' + "[" * 5000 + '"}',
        "{}",
    ],
)
def test_an_object_by_the_standard_is_good(land, good):
    landed = land(lines(good.encode()), format="jsonl")
    assert (landed.rows, landed.bad) == ([(good,)], [])
    for (payload,) in landed.rows:  # and its values can be asked for
        found = duckdb.execute("select ? ->> '$.a', json_keys(?)", [payload] * 2)
        assert found.fetchall()


@pytest.mark.parametrize("brackets", ["[]", '{"a":}'])
def test_a_thousand_levels_are_good_and_one_more_is_not(brackets):
    opening, closing = brackets[:-1], brackets[-1]

    def nested(depth: int) -> bytes:
        inner = opening * (depth - 1) + "1" + closing * (depth - 1)
        return f'{{"]": {inner}, "b": "}}"}}'.encode()

    good, bad = nested(DEEPEST), nested(DEEPEST + 1)
    part = framed(good + b"\n" + bad)[1]
    assert part.rows["payload"].to_pylist() == [good.decode()]
    assert part.quarantined[0].reason == "JSON nested too deeply"


@pytest.mark.parametrize(
    "raw", [b"[" * (4 << 20), b'["' + rb"\"" * (2 << 20) + b"\\", b'"' * (4 << 20)]
)
def test_depth_is_found_in_time_that_grows_as_the_text(raw):
    began = time.process_time()
    is_deep(b"[" * (DEEPEST + 1) + raw)
    assert time.process_time() - began < 5


def test_a_record_that_is_too_long_is_quarantined(land, monkeypatch):
    monkeypatch.setattr(json_records, "LONGEST_RECORD", 20)
    fits = b'{"a": "123456789"}\n'
    assert len(fits) == 19
    long = fits.replace(b"9", b"9000")
    landed = land({"a.jsonl": fits + long + b" " * 99 + b"\n"}, format="jsonl")
    assert landed.rows == [(fits.decode().strip(),)]
    assert [bad[3] for bad in landed.bad] == ["record longer than 8 MiB"]
    assert landed.load.blank == 1


def framed(text: bytes) -> list[Part]:
    return list(frame_json_lines(Window(io.BytesIO(text).read, "a")))


MARKED = '\ufeff{"b": 1}\r\n\n {"a": "é"}\n{"b": 2} \n\r\nbad\n{"c": 1}\r'.encode()


def test_places_give_the_bytes_of_each_record_back():
    parts = framed(MARKED)[1:]
    rows = [row for part in parts for row in part.rows.to_pylist()]
    (part,) = parts
    assert part.places is not None
    places = part.places.to_pylist()
    assert [place["raw"] is None for place in places] == [True, False, False, False]
    assert [place["line"] for place in places] == [1, 3, 4, 7]
    for row, place in zip(rows, places, strict=True):
        end = place["offset"] + place["bytes"]
        stands = MARKED[place["offset"] : end]
        payload = row["payload"].encode()
        ends = [payload + end for end in (b"", b"\n", b"\r\n")]
        assert stands == (place["raw"] or stands)
        assert (stands in ends) == (place["raw"] is None)
        assert row["record_index"] == place["record_index"]


def test_every_byte_is_of_a_record_a_blank_or_the_mark():
    parts = framed(MARKED)
    assert sum(part.header_bytes for part in parts) == 3
    assert sum(part.blank_bytes for part in parts) == 3
    counted = [
        part.header_bytes + part.blank_bytes + part.record_bytes for part in parts
    ]
    assert sum(counted) == len(MARKED)
    assert sum(part.header_bytes for part in framed(b"\xef\xbb\xbf")) == 3


def test_keys_are_those_of_good_objects_as_they_appear():
    text = b'{"b": 1}\n{"z": 1,}\n{"y": 1, "y": 2}\n{"x": \n{"a": {"c": 1}, "b": 2}\n'
    assert framed(text)[-1].keys == ("b", "a")


def none(name: str) -> None:
    raise ValueError(name)


def test_what_is_good_is_what_a_strict_reader_takes():
    """Random texts of JSON's signs, against Python's reader as the oracle."""
    signs = ["{", "}", "[", "]", ",", ":", '"', '"a"', '"b":', "1", "NaN", "inf", "-"]
    signs += [" ", "\t", "null", "\\", "Infinity", "e5", "0", ".", "nan", '{"a":1']
    dice = random.Random(7)
    texts = [
        '{"k":' + "".join(dice.choices(signs, k=dice.randrange(6))) + "}"
        for _ in range(20_000)
    ]
    part = framed("\n".join(texts).encode())[1]
    good = set(part.rows["record_index"].to_pylist())
    for index, text in enumerate(texts, start=1):
        assert (index in good) == is_strict(text), text
    assert len(good) > 500


def is_strict(text: str) -> bool:
    try:
        pairs = json.loads(text, parse_constant=none, object_pairs_hook=tuple)
    except ValueError:
        return False
    keys = [key for key, _ in pairs]
    return len(set(keys)) == len(keys)
