"""Notes of the team: what they may say, and that adding one spoils nothing."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from journeymine.errors import ConfigError
from journeymine.notes import Note, add_note, read_notes, settle_note

PEOPLE = """
# Written by hand: keep my words.

# What Ada saw.
[notes.5aaaaa]
stage = "purchase"      # at the till
text = "Fees come late."

[notes."by hand"]
persona = "p1"
owner = "Shop team"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "notes.toml"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def test_a_file_that_is_not_there_has_no_notes(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "notes.toml") == {}


def test_a_note_hangs_where_it_says() -> None:
    assert Note(text="x").anchor.words == "journey"
    assert Note(text="x", persona="p1").anchor.words == "persona p1"
    assert Note(text="x", stage="purchase", persona="p2").anchor.words == (
        "persona p2, stage purchase"
    )
    note = Note(text="x", transition=" cart->  payment ")
    assert note.anchor[:3] == ("transition", "cart", "payment")
    assert note.anchor.words == "transition cart -> payment"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('stage = "a"', "notes.n1: it says nothing"),
        ('text = " "', "notes.n1.text: "),
        ('text = "x"\nstage = "a"\ntouchpoint = "b"', "notes.n1: stage and touchpoint"),
        ('text = "x"\ntransition = "a b"', 'write it as "cart -> payment"'),
        ('text = "x"\neffort = "huge"', "notes.n1.effort: "),
        ('text = "x"\nautor = "Ada"', "did you mean 'author'?"),
        ('text = "x"\ndate = "today"', "notes.n1.date: "),
        ("text = ", "not valid TOML"),
    ],
)
def test_a_wrong_note_is_one_line(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.toml"
    path.write_text(f"[notes.n1]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        read_notes(path)
    assert told in str(error.value)
    assert "\n" not in str(error.value).strip()


def test_adding_keeps_what_people_wrote(file: Path) -> None:
    note = Note(text='Say "now"\nor never \\', effort="S", date=date(2024, 6, 3))
    number = add_note(file, note)
    text = file.read_text("utf-8")
    rest = [line for line in text.splitlines() if line not in PEOPLE.splitlines()]
    assert all(line in text for line in PEOPLE.splitlines())
    assert len(rest) <= 6
    assert read_notes(file)[number] == note
    assert len(read_notes(file)) == 3


def test_a_comment_stays_with_the_note_under_it(file: Path) -> None:
    numbers = [add_note(file, Note(text=f"note {number}")) for number in range(40)]
    lines = file.read_text("utf-8").splitlines()
    assert lines[lines.index("# What Ada saw.") + 1] == "[notes.5aaaaa]"
    ours = [line[7:-1] for line in lines if line.startswith("[notes.")]
    assert [one for one in ours if one in numbers] == sorted(numbers)


def test_a_note_that_is_there_is_not_added_again(file: Path) -> None:
    first = add_note(file, Note(text="once"))
    before = file.read_bytes()
    assert add_note(file, Note(text="once")) == first
    assert file.read_bytes() == before


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
def test_notes_of_two_people_merge(tmp_path: Path) -> None:
    path, base = tmp_path / "notes.toml", tmp_path / "base.toml"
    for number in range(30):
        add_note(path, Note(text=f"known {number}"))
    path.rename(base)
    for name in ("Ada", "Bob"):
        shutil.copy(base, path)
        add_note(path, Note(text=f"of {name}"))
        path.rename(tmp_path / name)
    merge = ["git", "merge-file", "-p", str(tmp_path / "Ada")]
    merged = subprocess.run(
        [*merge, str(base), str(tmp_path / "Bob")], capture_output=True, check=True
    )
    path.write_bytes(merged.stdout)
    texts = {note.text for note in read_notes(path).values()}
    assert texts == {*(f"known {number}" for number in range(30)), "of Ada", "of Bob"}


def test_many_at_once_all_arrive(tmp_path: Path) -> None:
    path = tmp_path / "notes.toml"
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda n: add_note(path, Note(text=f"note {n}")), range(40)))
    assert len(read_notes(path)) == 40


def test_settling_changes_one_line(file: Path) -> None:
    note = settle_note(file, "5aaaaa", "done")
    assert note.status == "done"
    text = file.read_text("utf-8")
    added = [line for line in text.splitlines() if line not in PEOPLE.splitlines()]
    assert added == ['status = "done"']
    assert settle_note(file, "by hand", "planned").owner == "Shop team"


def test_settling_an_unknown_note_names_the_nearest(file: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean '5aaaaa'"):
        settle_note(file, "5aaaab", "done")
