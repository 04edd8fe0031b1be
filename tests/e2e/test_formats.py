"""Further formats through the command line: events, and the bytes of what is bad."""

import json
from pathlib import Path

import pytest
from tests.e2e.running import Published, journeymine

PROJECT = """
[project]
name = "Formats"
output = "out"
as_of = 2024-02-01T00:00:00Z

[ingest]
max_quarantined_share = 1.0

[sources.tickets]
format = "json"
path = "tickets.json"
records = "data.tickets"
columns = { event_id = "id", occurred_at = "at", activity = "what.kind" }
identifiers = { user_id = "user" }

[sources.tracker]
format = "tsv"
path = "tracker.tsv"
header = ["at", "what", "user", "page"]
quote = false
columns = { occurred_at = "at", activity = "what" }
identifiers = { user_id = "user" }
attributes = ["page"]

[sources.survey]
format = "csv"
path = "survey.csv"
header_rows = 2
header_names = "joined"
columns = { occurred_at = "Date", activity = "How was it? / Kind" }
identifiers = { user_id = "User" }

[sources.log]
format = "ocel"
path = "log.json"
identifiers = { user_id = "customer" }
"""
BAD = {
    "tickets": (2, '{"id": 2,,}', 3, "not valid JSON"),
    "tracker": (1, "2024-01-01\tview\n", 1, "too few fields"),
    "survey": (2, "2024-01-06,x\n", 4, "too few fields"),
    "log": (2, '{"type": "x"}', 4, "an event without an id"),
}
FILES = {
    "tickets.json": """{"next": [], "data": {"tickets": [
{"id": 1, "at": "2024-01-02T00:00:00Z", "user": 1, "what": {"kind": "asked"}},
BAD]}}""",
    "tracker.tsv": """BAD2024-01-03T00:00:00Z\tview\t1\t"{"a": 1}""",
    "survey.csv": """Date,User,How was it?,
,,Kind,"Other, (2024)"
2024-01-05T00:00:00Z,1,good,
BAD""",
    "log.json": """{"objects": [{"id": "1", "type": "customer"}], "events": [
{"id": "e1", "type": "paid", "time": "2024-01-04T00:00:00.000001Z",
"relationships": [{"objectId": "1", "qualifier": "by"}]},
BAD]}""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a source of each format, run once."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "journeymine.toml").write_text(PROJECT, encoding="utf-8")
    for (_, raw, *_), (name, text) in zip(BAD.values(), FILES.items(), strict=True):
        (folder / name).write_text(text.replace("BAD", raw), encoding="utf-8")
    done = journeymine("run", "--project", folder / "journeymine.toml")
    assert done.returncode == 0, done.stderr
    return folder


def test_events_of_all_formats_are_one_journey(folder):
    assert Published(folder / "out").rows(
        "select source_name, activity, strftime(occurred_at, '%d %f'), customer_id ="
        " first(customer_id) over (order by occurred_at)"
        " from fct_events order by occurred_at"
    ) == [
        ("tickets", "asked", "02 000000", True),
        ("tracker", "view", "03 000000", True),
        ("log", "paid", "04 000001", True),
        ("survey", "good", "05 000000", True),
    ]


def test_every_byte_of_them_is_accounted_for(folder):
    rows = Published(folder / "out").rows(
        "select source, file, text_bytes, header_bytes + blank_bytes + record_bytes,"
        " records, accepted, quarantined from meta_loads order by source"
    )
    for source, file, size, accounted, *records in rows:
        assert (
            size
            == accounted
            == (0 if source == "log" else (folder / file).stat().st_size)
        )
        assert records == [2, 1, 1]
    assert len(rows) == len(BAD)


def test_what_was_set_aside_is_shown_as_it_stood(folder):
    project = folder / "journeymine.toml"
    listed = json.loads(
        journeymine("quarantine", "list", "--json", "--project", project).stdout
    )
    found = {
        one["id"].partition("/")[0]: (
            int(one["id"].rpartition("/")[2]),
            one["line"],
            one["reason"],
        )
        for one in listed
    }
    assert found == {name: (index, *why) for name, (index, _, *why) in BAD.items()}
    shown = journeymine("quarantine", "show", "--project", project).stdout
    for _, raw, _, reason in BAD.values():
        assert f"{reason}\n{raw}" in shown
