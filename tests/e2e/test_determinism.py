"""The same records give the same bytes of every table, however they arrive."""

import pytest
from tests.e2e.running import SAMPLE, ran
from tests.e2e.shuffling import write_shuffled

PROJECT = SAMPLE / "journeymine.toml"
ELSEWHERE = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4711", "LC_ALL": "C"}


@pytest.fixture(scope="module")
def hashes(sample):
    found = sample.hashes()
    assert len(found) > 18
    return found


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory):
    return write_shuffled(tmp_path_factory.mktemp("shuffled"))


def test_a_second_run_in_another_zone_locale_and_hash_seed_gives_the_same_tables(
    hashes, tmp_path
):
    again = ran(PROJECT, tmp_path / "out", env=ELSEWHERE)
    assert _differing(again.hashes(), hashes) == []


def test_order_of_files_and_rows_does_not_change_the_tables(hashes, shuffled):
    found = ran(shuffled, shuffled.parent / "out", "--threads", "2")
    assert _differing(found.hashes(), hashes) == []


def test_one_thread_on_what_is_landed_gives_the_same_tables(hashes, shuffled):
    again = ran(shuffled, shuffled.parent / "out", "--threads", "1")
    assert _differing(again.hashes(), hashes) == []


def _differing(found: dict[str, str], told: dict[str, str]) -> list[str]:
    assert found.keys() == told.keys()
    return [table for table in told if found[table] != told[table]]
