"""JSON lines: one line, one record, one object."""

import pytest


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
