"""The generator remakes the committed sample, whatever else is asked of it."""

import tomllib
import tracemalloc
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.sample.reading import SAMPLE, TIME_COLUMNS, table, text_of, truth_of

from journeymine.errors import ConfigError, OutputError
from journeymine.project_file import load_config
from journeymine.sample import files, generate, truth

FULL = Path("/dev/full")


def test_the_committed_sample_is_remade_byte_for_byte(tmp_path):
    generate(2000, 7, tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.*"))
    kept = sorted(path.relative_to(SAMPLE) for path in SAMPLE.rglob("*.*"))
    assert made == kept
    for name in made:
        if name.suffix == ".gz":
            assert text_of(tmp_path / name) == text_of(SAMPLE / name), name
        elif name.suffix == ".parquet":
            assert pq.read_table(tmp_path / name) == pq.read_table(SAMPLE / name), name
        else:
            assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_the_committed_sample_is_small():
    size = sum(path.stat().st_size for path in SAMPLE.rglob("*") if path.is_file())
    assert size < 5_000_000


def test_a_customer_is_the_same_however_many_others_there_are(tmp_path):
    generate(60, 7, tmp_path)
    for path in tmp_path.rglob("*.gz"):
        whole = text_of(SAMPLE / path.relative_to(tmp_path))
        assert whole.startswith(text_of(path)), path
    for name in ("identities", "personas", "drop_offs", "churners", "customers"):
        first = [row for row in truth_of(SAMPLE, name) if row["customer"] <= 60]
        assert truth_of(tmp_path, name) == first


def test_another_seed_makes_another_shop(tmp_path):
    generate(60, 8, tmp_path)
    assert truth_of(tmp_path, "personas") != truth_of(SAMPLE, "personas")[:60]


def test_two_runs_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        generate(30, 1, tmp_path / name)
    for path in (tmp_path / "one").rglob("*.*"):
        twin = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == twin.read_bytes(), path


def test_the_size_of_the_blocks_written_changes_no_byte(tmp_path, monkeypatch):
    for size in (1, 7, 1_000_000):
        monkeypatch.setattr(files, "_BLOCK", size)
        generate(60, 1, tmp_path / str(size))
    for path in (tmp_path / "1").rglob("*.*"):
        name = path.relative_to(tmp_path / "1")
        assert path.read_bytes() == (tmp_path / "7" / name).read_bytes(), name
        assert path.read_bytes() == (tmp_path / "1000000" / name).read_bytes(), name


def test_memory_does_not_grow_with_the_customers(tmp_path, monkeypatch):
    monkeypatch.setattr(truth, "_BATCH", 50)
    monkeypatch.setattr(files, "_BLOCK", 50)

    def peak(customers: int) -> int:
        tracemalloc.start()
        generate(customers, 1, tmp_path / str(customers))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is imported and built once
    assert peak(600) < 1.5 * peak(150)


@pytest.mark.skipif(not FULL.exists(), reason="there is no full disk to write to")
def test_a_disk_that_runs_full_is_one_clear_line(tmp_path):
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "events-2024-06.ndjson.gz").symlink_to(FULL)
    with pytest.raises(OutputError, match=r"sample \(No space left"):
        generate(300, 1, tmp_path)


@pytest.mark.parametrize(("customers", "seed"), [(0, 1), (-3, 1), (1, -1)])
def test_impossible_numbers_are_refused(tmp_path, customers, seed):
    with pytest.raises(ConfigError, match="--customers starts at 1"):
        generate(customers, seed, tmp_path)


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(OutputError, match="cannot write the sample"):
        generate(1, 1, tmp_path / "taken")


def test_the_project_file_fits_and_its_stages_cover_all_activities(files, calls):
    config = load_config(SAMPLE / "journeymine.toml")
    staged = {name for stage in config.stages.values() for name in stage}
    found = {call["activity"] for call in calls} - {None}
    found |= {f"ticket_{row['status']}" for row in table(files, "tickets")}
    found |= {f"deal_{row['stage']}" for row in table(files, "deals")}
    found |= {row["activity"] for row in table(files, "survey")}
    found |= {row["event"] for row in table(files, "campaigns")}
    found |= {"contact_created", "lead_qualified", "customer_won", "review_written"}
    assert found - staged == set()
    # Screens that hardly anybody opens may be missing in a small sample.
    assert {name for name in staged - found if not name.startswith("screen_")} == set()
    settings = tomllib.loads((SAMPLE / "journeymine.toml").read_text())
    assert set(settings["sources"]) == {"web", *TIME_COLUMNS}
