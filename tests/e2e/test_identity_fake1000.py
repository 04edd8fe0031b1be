"""A thousand mistyped records of 181 persons: customers are found again.

The records and who is meant by them come with Splink (MIT).
"""

import csv
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import pytest
from tests.e2e.running import Published, once, ran

pytestmark = pytest.mark.skipif(
    find_spec("splink") is None, reason="the extra `linkage` is missing"
)

PROJECT = """\
[project]
name = "Persons"

[sources.crm]
format = "csv"
path = "records.csv"
columns = { occurred_at = "at" }
constants = { activity = "sign_up" }
identifiers = { contact_id = "unique_id" }
attributes = ["first_name", "surname", "dob", "city", "email"]

[identity.linkage]
identifier = "contact_id"
compare = { first_name = "name", surname = "name", dob = "date", city = "text", \
email = "email" }
"""

Pairs = set[frozenset[str]]


@pytest.fixture(scope="module")
def records(logs):
    file = logs / "identity_fake1000" / "fake_1000.csv"
    if not file.is_file():
        pytest.skip(f"no {file}")
    with file.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


@pytest.fixture(scope="module")
def run(records, shared_folder):
    return once(shared_folder / "fake1000", lambda folder: linked(folder, records))


def linked(folder: Path, records: Iterable[dict[str, str]]) -> Published:
    """Run a project on the records, all of the same moment."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{**record, "at": "2024-01-01T00:00:00Z"} for record in records]
    with (folder / "records.csv").open("w", newline="", encoding="utf-8") as text:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    project = folder / "journeymine.toml"
    project.write_text(PROJECT, encoding="utf-8")
    return ran(project, folder / "output")


def pairs(of: Iterable[tuple[str, str]]) -> Pairs:
    """Return the pairs of records that stand in one group."""
    groups: dict[str, list[str]] = {}
    for group, record in of:
        groups.setdefault(group, []).append(record)
    return {
        frozenset(pair) for group in groups.values() for pair in combinations(group, 2)
    }


def test_customers_are_the_persons(run, records):
    true = pairs((record["cluster"], record["unique_id"]) for record in records)
    found = pairs(run.rows("select customer_id, identifier from dim_identities"))
    right = found & true
    assert len(right) / len(found) >= 0.95
    assert len(right) / len(true) >= 0.75


def test_tables_are_the_same_in_any_order_of_records(run, records, tmp_path):
    backwards = linked(tmp_path, reversed(records))
    assert backwards.hashes() == run.hashes()
