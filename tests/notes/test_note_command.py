"""`journeymine note`: from the command line into the file and the tables."""

import json

import pytest
from tests.e2e.running import journeymine, ran

PROJECT = """
[project]
name = "Shop"
[sources.web]
path = "web.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
identifiers = { user_id = "who" }
[stages]
purchase = ["cart", "payment"]
[journey]
goal = ["payment"]
"""
EVENTS = """at,what,who
2024-05-01T09:00:00Z,cart,ann
2024-05-01T09:01:00Z,payment,ann
2024-05-01T10:00:00Z,cart,bob
"""


NOTES = "select kind, text, is_lost from fct_notes order by text"


@pytest.fixture
def note(tmp_path):
    (tmp_path / "journeymine.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "web.csv").write_text(EVENTS, encoding="utf-8")
    return lambda *arguments: journeymine("note", *arguments, cwd=tmp_path)


def test_a_note_survives_runs_and_is_told_when_its_place_is_gone(note, tmp_path):
    kept = note("add", "Fees come late", "--stage", "purchase", "--author", "Ada")
    lost = note("add", "Redo it", "--idea", "--transition", "payment -> cart")
    assert (kept.returncode, lost.returncode) == (0, 0)
    for _ in range(2):
        published = ran(tmp_path / "journeymine.toml", tmp_path / "build")
        assert published.rows(
            "select kind, text, is_lost from fct_notes order by 2"
        ) == [
            ("observation", "Fees come late", False),
            ("idea", "Redo it", True),
        ]
    listed = note("list").stdout.splitlines()
    assert len(listed) == 2
    assert [line for line in listed if "is gone" in line] == [
        line for line in listed if "payment -> cart" in line
    ]


def test_a_settled_note_is_listed_only_when_asked_for(note):
    number = note("add", "Slow", "--effort", "S").stdout.split()[0]
    assert note("resolve", number).stdout.split() == [number, "done"]
    assert note("list").stdout == "no notes\n"
    (told,) = json.loads(note("list", "--all", "--json").stdout)
    assert (told["note_id"], told["status"], told["effort"]) == (number, "done", "S")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add"], "note: it says nothing; give a text, an owner or an effort"),
        (["add", "x", "--effort", "huge"], "note: effort: "),
        (["resolve", "n1"], "no note 'n1'"),
        (["resolve", "n1", "--status", "gone"], "--status gone: not known"),
    ],
)
def test_a_mistake_is_one_line(note, arguments, told):
    done = note(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_wrong_file_stops_a_run_before_it_reads(note, tmp_path):
    (tmp_path / "notes.toml").write_text('[notes.n1]\ntext = ""\n', encoding="utf-8")
    done = journeymine("run", cwd=tmp_path)
    assert done.returncode == 2
    assert "notes.n1.text" in done.stderr
    assert not (tmp_path / "build").exists()
