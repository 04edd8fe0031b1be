"""JSON documents: an array of objects, wherever it stands, however it is laid out."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.errors import SourceError
from journeymine.ingest import (
    json_source,
    land_source,
    mend_records,
    raw_records,
    read_landed,
)
from journeymine.ingest.json_documents import DAMAGED, NO_COMMA, frame_json_document
from journeymine.ingest.json_elements import elements_of
from journeymine.ingest.json_source import JsonText

TICKETS = [{"id": n, "tags": ["a", {"b": "],[{"}], "note": 'x "\\'} for n in range(5)]
TEXT = st.text(st.sampled_from('ab"\\\n[]{},:é'), max_size=8)
VALUES = st.recursive(
    TEXT | st.none() | st.integers(),
    lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(TEXT, deeper),
    max_leaves=5,
)
LAYOUTS: list[dict[str, Any]] = [{}, {"indent": 2}, {"separators": (",", ":")}]


def landed_objects(landed: Any) -> list[Any]:
    return [json.loads(payload) for (payload,) in landed.rows]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("wrap", ["array", "object", "deep"])
def test_each_object_of_the_array_is_a_record(land, wrap, layout):
    around = {"count": 5, "no": [], "tags": ["x", 1], "page": {"of": [{"id": 9}]}}
    page: Any = {**around, "tickets": TICKETS, "next": None, "more": {"users": [1]}}
    document = {"array": TICKETS, "object": page, "deep": {"a": 1, "data": page}}[wrap]
    records = "data.tickets" if wrap == "deep" else None
    text = json.dumps(document, **layout).encode()
    landed = land({"a.json": text}, format="json", records=records)
    assert landed_objects(landed) == TICKETS
    (content,) = landed.contents
    assert (content.lines, content.records, content.header) == (5, 5, 0)
    assert (
        content.text_bytes
        == len(text)
        == (content.header_bytes + content.blank_bytes + content.record_bytes)
    )
    assert content.keys == ("id", "tags", "note")


def test_a_record_has_the_place_where_it_begins(land):
    text = b'\xef\xbb\xbf{"t": [\n {"a": 1},\n\n{"a":\n2}, 3, {"a": 4}\n]}\n'
    landed = land({"a.json": text}, format="json")
    assert landed.rows == [('{"a": 1}',), ('{"a":\n2}',), ('{"a": 4}',)]
    assert landed.indexes == [1, 2, 4]
    assert landed.bad == [(3, text.index(b"3"), 5, "not a JSON object", b"3")]
    (content,) = landed.contents
    raw = raw_records(content, [1, 2, 3, 4])
    assert list(raw.values()) == [b'{"a": 1}', b'{"a":\n2}', b'{"a": 4}', b"3"]


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        (b'[{"a": 1}, {"a": 2}, {"a', 2, [(3, DAMAGED, b', {"a')]),
        (b'[{"a": 1}, {"a": 2}', 1, [(2, DAMAGED, b', {"a": 2}')]),
        (b'[{"a": 1},', 1, [(2, DAMAGED, b",")]),
        (b'{"t": [{"a": 1}', 0, [(1, DAMAGED, b'{"a": 1}')]),
        (b'{"t": [{"a": 1}]', 1, [(2, DAMAGED, b"]")]),
        (b'{"t": [{"a": 1}], "b": tr', 1, [(2, DAMAGED, b"r")]),
        (b'{"t": [{"a": 1}], oh}', 1, [(2, DAMAGED, b"oh}")]),
        (b'[{"a": 1}] [{"a": 2}]', 1, [(2, DAMAGED, b'[{"a": 2}]')]),
        (
            b'[{"a": 1}, {"a": "2}, {"a": 3}]',
            1,
            [(2, DAMAGED, b', {"a": "2}, {"a": 3}]')],
        ),
        (b'[{"a": 1}} ]', 1, [(2, DAMAGED, b"} ]")]),
        (b"[", 0, [(1, DAMAGED, b"[")]),
        (b'[{"a": 1} {"a": 2}, {}]', 1, [(1, NO_COMMA, b'{"a": 1} {"a": 2}')]),
        (b'[{"a": 1,\n}, {}]', 1, [(1, "not valid JSON", b'{"a": 1,\n}')]),
        (b'[{"a": 1, "a": 2}, {}]', 1, [(1, "key repeated", b'{"a": 1, "a": 2}')]),
        (b'[{"a": "\xff"}, {}]', 1, [(1, "not valid UTF-8", b'{"a": "\xff"}')]),
        (b'[{}, {"a": "\0"}, {}]', 2, [(2, "NUL byte", b'{"a": "\0"}')]),
        (b"[{},, {},]", 2, []),
        (b"", 0, []),
        (b"  \n", 0, []),
        (b'{"t": []}', 0, []),
    ],
)
def test_what_is_damaged_is_set_aside(land, text, good, bad):
    landed = land({"a.json": text}, format="json")
    assert len(landed.rows) == good
    assert [(index, why, raw) for index, _, _, why, raw in landed.bad] == bad
    for _, offset, line, _, raw in landed.bad:
        assert text[offset : offset + len(raw)] == raw
        assert line == text[:offset].count(b"\n") + 1


@pytest.mark.parametrize(
    ("text", "records", "problem"),
    [
        (
            b'{"a": 1}\n{"a": 2}\n',
            None,
            "holds no array; if each line is an object, set",
        ),
        (
            b'{"a": [{}], "b": [{}]}',
            None,
            "holds objects in 'a' and 'b'; set records to",
        ),
        (
            b'{"a": [{}], "b": []}',
            "c.d",
            "holds no array at 'c.d'; set records to one of: a, b",
        ),
        (b"[{}]", "a", "is an array by itself; remove records"),
        (b"id,note\n", None, "is no JSON document; check path and format"),
    ],
)
def test_a_document_without_the_array_is_one_line(land, text, records, problem):
    with pytest.raises(SourceError) as caught:
        land({"a.json": text}, format="json", records=records)
    assert str(caught.value).startswith(f"sources.shop: a.json: {problem}")


def test_an_array_may_be_chosen(land):
    text = {"a.json": b'{"a": [{"x": 1}], "b": [{"y": 2}, 1]}'}
    assert land(text, format="json", records="a").rows == [('{"x": 1}',)]
    landed = land(text, format="json", records="b")
    assert (landed.rows, len(landed.bad)) == ([('{"y": 2}',)], 1)


def test_a_mended_record_stands_in_its_place(project):
    config = project({"a.json": b'[{"at": 1}, {"at": 2, "at": 3}, {"a'}, format="json")
    land_source(config, "shop")
    landing = config.output / "landing"
    (content,) = read_landed(landing, "shop")
    for bad, why in ((b'{"a": 1}, {"a": 2}', "more than one"), (b"{", "document ends")):
        with pytest.raises(SourceError, match=why):
            mend_records(landing, "shop", {content.sha256: {2: bad}})
    mended = {2: b'{"at":\n3}', 3: b'{"a": 1}'}
    mend_records(landing, "shop", {content.sha256: mended})
    (content,) = read_landed(landing, "shop")
    assert raw_records(content, [2, 3]) == mended


@settings(max_examples=80, deadline=None)
@given(st.lists(VALUES, min_size=1), st.sampled_from(LAYOUTS), st.integers(0, 30))
def test_elements_end_where_a_decoder_says(values, layout, cut):
    text = json.dumps(values, ensure_ascii=False, **layout).encode()
    found = elements_of(text[1:])
    begins = [0, *(found.ends[:-1] + 1)]
    pieces = [found.text[a:b] for a, b in zip(begins, found.ends, strict=True)]
    assert [json.loads(piece) for piece in pieces] == values
    assert (found.is_closed, len(found.text)) == (True, len(text) - 2)
    part = elements_of(text[1 : max(len(text) - 1 - cut, 1)])
    assert not part.is_closed
    assert found.ends.tolist()[: len(part.ends)] == part.ends.tolist()


def test_small_pieces_of_a_document_make_the_same_records(monkeypatch):
    dice = random.Random(7)
    text = json.dumps(
        {"n": {"u": [1, "]\\"]}, "c": -12345.5e6, "t": TICKETS, "z": ["q", {}]}
    ).encode()
    for number in range(15):
        at = dice.randrange(len(text)) if number else len(text)
        cut = text[:at] + dice.choice([b"", b"\\", b'"', b"}", b"]"]) + text[at + 1 :]
        whole = framed(cut, 1 << 20, monkeypatch)
        assert framed(cut, dice.randrange(5, 99), monkeypatch) == whole, number


def framed(text: bytes, size: int, patch: pytest.MonkeyPatch) -> list[Any]:
    """Return all that is said of a text that is read so many bytes at a time."""
    patch.setattr(json_source, "CHUNK", size)
    found: list[Any] = []
    sizes = 0
    ends = iter(range(0, len(text) + 2 * size, size))
    read = JsonText(lambda _: text[(at := next(ends)) : at + size], "a")
    try:
        for part in frame_json_document(read, None, "a"):
            found += part.rows.to_pylist() + list(part.quarantined)
            found += part.places.to_pylist() if part.places else []
            sizes += part.header_bytes + part.blank_bytes + part.record_bytes
    except SourceError as error:
        return [str(error)]
    assert sizes == read.size == len(text)
    return sorted(map(repr, found))


def test_a_value_that_does_not_end_is_refused_in_bounded_memory(land, monkeypatch):
    monkeypatch.setattr(json_source, "CHUNK", 100)
    monkeypatch.setattr(json_source, "LONGEST_ELEMENT", 1000)
    with pytest.raises(SourceError, match="line 1: a value does not end within 0 MiB"):
        land({"a.json": b'[{},\n{"a": "' + b"x" * 9000}, format="json")


def test_large_arrays_that_nobody_asks_for_are_passed_over(land, monkeypatch):
    monkeypatch.setattr(json_source, "CHUNK", 100)
    monkeypatch.setattr(json_source, "LONGEST_ELEMENT", 1000)
    users = [{"name": "x" * 50, "of": [1, 2]}] * 100
    text = json.dumps({"users": users, "t": TICKETS, "last": users}).encode()
    landed = land({"a.json": text}, format="json", records="t")
    assert landed_objects(landed) == TICKETS
