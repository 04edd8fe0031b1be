"""What was set aside can be listed, shown and mended, as if it had never been bad."""

import json
import shutil
from pathlib import Path

import pytest
from tests.e2e.forks import Fork
from tests.e2e.running import Published, journeymine
from tests.e2e.tiny import PROJECT

GOOD = """\
user_id,at,what
u1,2024-01-01T10:00:00Z,view
u1,2024-01-01T10:05:00Z,buy
"u2",2024-01-02T10:00:00Z,view
u2,2024-01-02T11:00:00Z,"buy"
u3,2024-01-03T10:00:00Z,view
"""
BAD = """\
user_id,at,what
u1,2024-01-01T10:00:00Z,view
u1,yesterday,buy
"u2,2024-01-02T10:00:00Z,view
u2,2024-01-02T11:00:00Z,buy,more
u3,2024-01-03T10:00:00Z,\xff
"""
MENDED = dict(enumerate(GOOD.splitlines(keepends=True)[1:], start=1))


class Project:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "journeymine.toml"

    def does(self, *arguments: str | Path, exit_code: int = 0) -> str:
        done = journeymine(*arguments, "--project", self.file)
        assert done.returncode == exit_code, done.stderr
        return done.stdout if exit_code == 0 else done.stderr.splitlines()[-1]

    def listed(self) -> list[dict[str, str]]:
        found = json.loads(self.does("quarantine", "list", "--json"))
        assert isinstance(found, list)
        return found

    def mend(self, path: Path) -> None:
        """Write the records to mend, and mend them."""
        self.does("quarantine", "show", "--to", path)
        lines = []
        for line in path.read_text("ascii").splitlines():
            record = json.loads(line)
            index = int(record["id"].rpartition("/")[2])
            lines.append(json.dumps({**record, "raw": MENDED[index]}))
        path.write_text("\n".join(lines), encoding="utf-8")

    @property
    def published(self) -> Published:
        return Published(self.folder / "out")


def written(folder: Path, csv: str) -> Project:
    folder.mkdir()
    project = Project(folder)
    limit = "[ingest]\nmax_quarantined_share = 1.0\n"
    project.file.write_text(PROJECT + limit, encoding="utf-8")
    (folder / "events.csv").write_bytes(csv.encode("latin-1"))
    return project


@pytest.fixture(scope="module")
def published_bad(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = written(tmp_path_factory.mktemp("published") / "bad", BAD)
    project.does("run")
    return project


@pytest.fixture
def bad(published_bad: Project, tmp_path: Path) -> Project:
    """A copy of one's own of what was published."""
    copy = shutil.copytree(published_bad.folder, tmp_path / "bad", symlinks=True)
    return Project(copy)


def test_each_record_set_aside_is_listed_with_its_place_and_reason(bad):
    found = [(r["file"], r["line"], r["reason"]) for r in bad.listed()]
    assert found == [
        ("events.csv", 3, "time not readable"),
        ("events.csv", 4, "unterminated quote"),
        ("events.csv", 5, "too many fields"),
        ("events.csv", 6, "not valid UTF-8"),
    ]
    text = bad.does("quarantine", "list", "--limit", "1")
    assert "1  web: too many fields" in text
    assert "... and 3 more" in text


def test_each_record_set_aside_is_shown_byte_for_byte(bad):
    lines = BAD.encode("latin-1").splitlines()
    for record in bad.listed():
        told = ("show", record["id"], "--project", bad.file)
        shown = Fork("quarantine", *told).ended()
        assert shown.stdout.splitlines() == [
            f"{record['id']}  {record['reason']}".encode(),
            lines[int(record["line"]) - 1],
        ]


def test_mended_records_give_the_tables_of_a_clean_load(bad, tmp_path):
    clean = written(tmp_path / "clean", GOOD)
    clean.does("run")
    assert bad.published.hashes() != clean.published.hashes()
    bad.mend(tmp_path / "mend.jsonl")
    said = bad.does("quarantine", "replay", tmp_path / "mend.jsonl")
    assert "4 records mended, 0 still set aside" in said
    assert bad.published.hashes() == clean.published.hashes()
    loads = "select accepted, duplicate, quarantined, mended from meta_loads"
    assert bad.published.rows(loads) == [(5, 0, 0, 4)]
    bad.does("run")  # the file is still the bad one
    assert bad.published.hashes() == clean.published.hashes()


def test_a_record_that_is_still_bad_changes_nothing(bad, tmp_path):
    path = tmp_path / "mend.jsonl"
    bad.mend(path)
    path.write_text(path.read_text("utf-8").replace(",buy", ",buy,buy", 1), "utf-8")
    before = bad.listed()
    line = bad.does("quarantine", "replay", path, exit_code=5)
    assert "too many fields" in line
    assert bad.listed() == before
    assert not list((bad.folder / "out" / "landing").rglob("mended*"))


def test_a_mended_mapping_needs_no_file(tmp_path):
    """The time was in another column all along; meanwhile the export has gone."""
    rows = [f"{row},{row.split(',')[1]}" for row in GOOD.splitlines()[1:]]
    text = "\n".join(["user_id,stamp,what,at", *rows, ""])
    wrong = written(
        tmp_path / "wrong", text.replace("2024-01-01T10:05:00Z,buy", "x,buy")
    )
    wrong.file.write_text(
        wrong.file.read_text("utf-8").replace('"at"', '"stamp"'), encoding="utf-8"
    )
    wrong.does("run")
    assert [record["reason"] for record in wrong.listed()] == ["time not readable"]
    (wrong.folder / "events.csv").unlink()
    wrong.file.write_text(
        wrong.file.read_text("utf-8").replace('"stamp"', '"at"'), encoding="utf-8"
    )
    wrong.does("quarantine", "replay")
    assert wrong.listed() == []
    assert wrong.published.rows("select count(*) from fct_events") == [(5,)]


def test_what_a_gate_stopped_is_listed(tmp_path):
    project = written(tmp_path / "bad", BAD)
    project.file.write_text(PROJECT, encoding="utf-8")
    assert "max_quarantined_share" in project.does("run", exit_code=3)
    assert len(project.listed()) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--source", "wbe"], "no such source"),
        (["show", "web/000000000000/1"], "no such record"),
        (["show", "nonsense"], "no such record"),
        (["replay", "none.jsonl"], "cannot be read"),
    ],
)
def test_what_is_not_there_is_one_line(bad, arguments, said):
    assert said in bad.does("quarantine", *arguments, exit_code=2)


def test_a_line_that_is_no_record_is_named(bad, tmp_path):
    path = tmp_path / "mend.jsonl"
    path.write_text('{"id": 1}\n', encoding="utf-8")
    line = bad.does("quarantine", "replay", path, exit_code=2)
    assert "mend.jsonl: line 1: no object with id and raw" in line


def test_without_a_run_there_is_nothing_to_list(tmp_path):
    project = written(tmp_path / "new", GOOD)
    assert "start with `journeymine run`" in project.does(
        "quarantine", "list", exit_code=1
    )
