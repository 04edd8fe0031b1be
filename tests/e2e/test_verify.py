"""`journeymine verify` finds whatever was changed in what is published."""

import random
import shutil
from pathlib import Path

import pytest
from tests.e2e.running import journeymine

from journeymine.verify import problems_of

FLIPS = 200


def test_what_was_published_is_as_it_was(shop):
    done = journeymine("verify", "--project", shop.project)
    assert done.returncode == 0
    assert "all as they were published" in done.stdout


def test_every_flipped_bit_is_found(shop):
    snapshot = shop.output / "current"
    files = sorted(path for path in snapshot.resolve().rglob("*") if path.is_file())
    dice = random.Random(0)
    for flip in range(FLIPS):
        path = files[flip % len(files)]  # each file, and then again
        whole = path.read_bytes()
        broken = bytearray(whole)
        broken[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        path.write_bytes(broken)
        assert problems_of(snapshot.resolve()), path.name
        path.write_bytes(whole)
    assert problems_of(snapshot.resolve()) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "journeymine.duckdb").unlink(), "duckdb is missing"),
        (lambda folder: (folder / "tables" / "x").write_text("x"), "x was added"),
        (
            lambda folder: (folder / "manifest.json").unlink(),
            "manifest.json is missing",
        ),
        (lambda folder: (folder / "manifest.sha256").unlink(), "sha256 is missing"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "was changed"),
        (
            lambda folder: (folder / "tables" / "fct_events.parquet").write_text("x"),
            "tables/fct_events.parquet was changed",
        ),
    ],
)
def test_damage_is_one_line(shop, damage, said):
    damage((shop.output / "current").resolve())
    done = journeymine("verify", "--project", shop.project)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_link_in_the_place_of_a_file_is_followed_to_its_bytes(shop, tmp_path):
    path = (shop.output / "current").resolve() / "tables" / "fct_events.parquet"
    other: Path = tmp_path / "other"
    shutil.copy(path, other)
    path.unlink()
    path.symlink_to(other)
    assert problems_of((shop.output / "current").resolve()) == []
    other.write_bytes(b"x")
    assert problems_of((shop.output / "current").resolve()) != []


def test_without_a_snapshot_there_is_nothing_to_verify(shop):
    shutil.rmtree(shop.output)
    done = journeymine("verify", "--project", shop.project)
    assert done.returncode == 1
    assert "nothing is published" in done.stderr
