"""Landing: each content once, whole or not at all, under one lock."""

import fcntl
import os
import shutil
import subprocess
import sys

import pytest

from journeymine.config import Config
from journeymine.errors import GateError, LockedError, OutputError, SourceError
from journeymine.ingest import content, land_source, read_landed, window

A, B = b"id,note\n1,a\n", b"id,note\n2,b\n"


def landed_files(config: Config) -> list[tuple[str, ...]]:
    contents = read_landed(config.output / "landing", "shop")
    return sorted(content.files for content in contents)


def test_a_second_landing_does_nothing(project, monkeypatch):
    config = project({"a.csv": A, "b.csv": B}, path="*.csv")
    first = land_source(config, "shop")
    monkeypatch.setattr(content, "new_folder", None)  # nothing may be written
    second = land_source(config, "shop")
    assert [load.file for load in first] == ["a.csv", "b.csv"]
    assert [load.is_new for load in first + second] == [True, True, False, False]


def test_the_same_content_under_another_name_is_landed_once(project, tmp_path):
    config = project({"a.csv": A, "b.csv": B}, path="*.csv")
    land_source(config, "shop")
    (tmp_path / "a.csv").rename(tmp_path / "c.csv")
    assert [load.is_new for load in land_source(config, "shop")] == [False, False]
    assert landed_files(config) == [("a.csv", "c.csv"), ("b.csv",)]


def test_new_content_is_added_and_vanished_files_stay(project, tmp_path):
    config = project({"a.csv": A, "b.csv": B}, path="*.csv")
    land_source(config, "shop")
    (tmp_path / "b.csv").unlink()
    (tmp_path / "a.csv").write_bytes(A + b"3,c\n")
    assert [load.is_new for load in land_source(config, "shop")] == [True]
    assert landed_files(config) == [("a.csv",), ("a.csv",), ("b.csv",)]


def test_replace_keeps_the_newest_files_only(project, tmp_path):
    config = project({"a.csv": A, "b.csv": B}, path="*.csv", mode="replace")
    land_source(config, "shop")
    (tmp_path / "b.csv").unlink()
    (tmp_path / "a.csv").write_bytes(A + b"3,c\n")
    (load,) = land_source(config, "shop")
    contents = read_landed(config.output / "landing", "shop")
    assert [content.sha256 for content in contents] == [load.sha256]


def test_a_content_whose_renewal_was_killed_comes_back(project, tmp_path):
    config = project({"a.csv": A, "b.csv": B}, path="*.csv")
    land_source(config, "shop")
    (tmp_path / "a.csv").unlink()
    landed = read_landed(config.output / "landing", "shop")
    place = next(one.folder for one in landed if one.files == ("a.csv",))
    place.rename(place.with_name(f".former-{place.name}"))  # killed right after this
    (place.parent / ".tmp-new").mkdir()
    land_source(config, "shop")
    assert landed_files(config) == [("a.csv",), ("b.csv",)]
    assert list(place.parent.glob(".former-*")) == []


def test_another_framing_lands_the_same_content_again(project):
    raw = "id,note\n1,é\n".encode("latin-1")
    land_source(project({"a.csv": raw}), "shop")
    config = project({"a.csv": raw}, encoding="latin-1")
    (load,) = land_source(config, "shop")
    assert (load.is_new, load.quarantined) == (True, 0)
    assert landed_files(config) == [("a.csv",)]


def test_equal_files_are_landed_as_equal_bytes(project):
    config = project({"a.csv": A * 1000})
    (load,) = land_source(config, "shop")
    folder = config.output / "landing" / "shop" / load.sha256
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    shutil.rmtree(config.output)
    land_source(config, "shop")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_contents_come_in_order_of_their_hash(land):
    landed = land({"a.csv": A, "b.csv": B, "c.csv": A + B}, path="*.csv")
    hashes = [content.sha256 for content in landed.contents]
    assert hashes == sorted(hashes)


def test_a_damaged_content_is_landed_again(project):
    config = project({"a.csv": A})
    (load,) = land_source(config, "shop")
    (config.output / "landing" / "shop" / load.sha256 / "load.json").write_text("{")
    with pytest.raises(SourceError, match="is missing or damaged"):
        read_landed(config.output / "landing", "shop")
    assert land_source(config, "shop")[0].is_new
    assert landed_files(config) == [("a.csv",)]


def test_what_a_killed_run_left_is_cleared(project):
    config = project({"a.csv": A})
    left = config.output / "landing" / "shop" / ".tmp-left"
    left.mkdir(parents=True)
    (left / "records.parquet").write_bytes(b"half")
    land_source(config, "shop")
    names = {path.name[:5] for path in left.parent.iterdir()}
    assert not any(name.startswith(".tmp") for name in names)


def test_a_run_killed_while_it_lands_leaves_no_content(project, tmp_path):
    config = project({"a.csv": A, "b.csv": B}, path="*.csv")
    settings = config.model_dump_json(exclude_unset=True)
    code = f"""
import os
from journeymine.config import Config
from journeymine.ingest import content, land_source
content.write_json = lambda *_: os._exit(9)  # killed with all of the data written
land_source(Config.model_validate_json({settings!r}), "shop")
"""
    path = os.pathsep.join(sys.path)
    killed = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path})
    assert killed.returncode == 9
    assert read_landed(config.output / "landing", "shop") == []
    assert [load.is_new for load in land_source(config, "shop")] == [True, True]


def test_a_source_is_landed_by_one_run_at_a_time(project):
    config = project({"a.csv": A})
    land_source(config, "shop")
    lock = config.output / "landing" / "shop" / ".lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(LockedError, match=r"^sources.shop: .*; wait until"):
            land_source(config, "shop")
    assert land_source(config, "shop")


def test_the_landing_folder_is_private(project):
    config = project({"a.csv": A})
    (load,) = land_source(config, "shop")
    landing = config.output / "landing"
    for folder in (landing, landing / "shop", landing / "shop" / load.sha256):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_progress_adds_up_to_the_bytes_of_the_files(project):
    config = project({"a.csv": A, "b.csv": B * 99}, path="*.csv")
    told: list[int] = []
    for _ in range(2):
        land_source(config, "shop", told.append)
    assert sum(told) == 2 * (len(A) + len(B) * 99)


def test_a_name_with_signs_of_a_pattern_is_that_file(land):
    assert land({"a[1].csv": A, "a1.csv": B}).rows == [("1", "a")]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("b.csv", "no such file; check the path, or set required = false"),
        ("*.tsv", "no such file; check the path, or set required = false"),
        ("data", "is a folder; name its files, for example data/*"),
    ],
)
def test_a_missing_file_is_one_line(land, path, problem):
    with pytest.raises(SourceError) as caught:
        land({"data/a.csv": A}, path=path)
    assert str(caught.value) == f"sources.shop: {path}: {problem}"


def test_a_source_that_is_not_required_may_be_missing(land):
    assert land({}, required=False).loads == []


@pytest.mark.parametrize(
    ("name", "rows"), [("a.csv", [("1", "a")]), ("a.tsv", [("1,a",)])]
)
def test_a_connector_leaves_the_format_to_the_name(land, name, rows):
    assert land({name: A}, format=None, connector="crm").rows[0] == rows[0]


def test_an_unknown_format_is_one_line(land):
    with pytest.raises(SourceError, match=r"^sources.shop: a.txt: .*; set format$"):
        land({"a.txt": A}, format=None, connector="crm")


def test_an_output_that_cannot_be_written_is_one_line(project, tmp_path):
    config = project({"a.csv": A})
    (tmp_path / "out").write_bytes(b"a file")
    with pytest.raises(OutputError, match=r"cannot be written: [^\n]+; check space"):
        land_source(config, "shop")


def test_a_file_that_changes_while_it_is_read_is_not_landed(project, monkeypatch):
    config = project({"a.csv": A})
    states = iter([(1, 1), (2, 2)])
    monkeypatch.setattr(content, "_state", lambda _: next(states))
    with pytest.raises(SourceError, match=r"a.csv: changed while it was read; run"):
        land_source(config, "shop")
    assert landed_files(config) == []


def test_lines_that_do_not_add_up_stop_the_run(project, monkeypatch):
    config = project({"a.csv": A})
    monkeypatch.setattr(window, "_lines_in", lambda *_: 7)
    with pytest.raises(GateError, match=r"a.csv: 14 lines, but 2 in header, blanks"):
        land_source(config, "shop")
    assert landed_files(config) == []


def test_a_damaged_ledger_is_one_line(project):
    config = project({"a.csv": A})
    land_source(config, "shop")
    (config.output / "landing" / "shop" / "ledger.json").write_text("{")
    with pytest.raises(
        SourceError, match=r"ledger.json: is damaged; remove the folder"
    ):
        land_source(config, "shop")
