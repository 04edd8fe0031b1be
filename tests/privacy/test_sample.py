"""The sample under `[privacy]`: no address anywhere, and the numbers that it had."""

import shutil
from pathlib import Path

import pytest
from tests.e2e.running import SAMPLE, Published, once, ran
from tests.privacy.scanning import scan_for_personal

from journeymine.privacy import stitched
from journeymine.project_file import load_config

KEY = "a key of the tests alone"


@pytest.fixture(scope="session")
def project(shared_folder: Path) -> Path:
    """The sample's project file, with privacy."""
    folder = shared_folder / "private_sample"
    folder.mkdir(parents=True, exist_ok=True)
    text = (SAMPLE / "journeymine.toml").read_text("utf-8")
    text = text.replace('path = "', f'path = "{SAMPLE}/')
    path = folder / "journeymine.toml"
    path.write_text(text + '\n[privacy]\nkey_file = "key"\n', encoding="utf-8")
    (folder / "key").write_text(KEY, encoding="utf-8")
    shutil.copy(SAMPLE / "notes.toml", folder)
    return path


@pytest.fixture(scope="session")
def private(project: Path, shared_folder: Path) -> Published:
    """The sample, run with privacy."""
    place = shared_folder / "private_run"
    return once(place, lambda folder: ran(project, folder / "output"))


def test_no_file_of_the_output_holds_an_address(private, sample):
    assert scan_for_personal(private.output) == {}
    found = scan_for_personal(sample.output / "landing")
    assert sum(map(len, found.values())) > 5000
    kinds = {path.rpartition("/")[2] for path in found}
    assert kinds == {"records.parquet", "places.parquet", "quarantine.parquet"}


def test_all_tables_are_byte_for_byte_as_without_privacy_but_for_the_names(
    private, sample
):
    tokens, plain = private.hashes(), sample.hashes()
    others = {name for name in plain if tokens[name] != plain[name]}
    assert others == {"dim_identities.parquet"}
    assert tokens.keys() == plain.keys()


def test_each_identifier_is_of_the_customer_that_it_was_of(private, sample, project):
    config = load_config(project)
    query = "select identifier_type, identifier, customer_id from dim_identities"
    expected = {
        (kind, stitched(config, kind, value), customer)
        for kind, value, customer in sample.rows(query)
    }
    assert set(private.rows(query)) == expected
    assert len(expected) == len(sample.rows(query))
