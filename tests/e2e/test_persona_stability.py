"""Personas outlast runs: on the same data, on more of it, and frozen."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.running import Published, Rows, ran, sha256
from tests.e2e.shuffling import write_shuffled

from journeymine.sample import generate

SEED = 7
MORE = 2100
MODEL = "personas/model.json"


@pytest.fixture(scope="module")
def later(sample, tmp_path_factory):
    """Return the sample's output after a run with a twentieth of new customers."""
    folder = tmp_path_factory.mktemp("later")
    generate(MORE, SEED, folder / "shop")
    return _run_on(sample, folder / "shop" / "journeymine.toml", folder / "output")


def _run_on(before: Published, project: Path, output: Path) -> Published:
    """Run a project in a copy of an output folder."""
    shutil.copytree(before.output, output, symlinks=True)
    return ran(project, output)


def _personas(found: Published) -> dict[str, str]:
    return found.counts("select customer_id, persona from dim_customers")


def _told(found: Published) -> Rows:
    return found.rows("select persona, persona_name from dim_personas order by all")


def _manifest(found: Published) -> dict[str, Any]:  # Any: JSON
    path = found.output / "current" / "manifest.json"
    return dict(json.loads(path.read_text("utf-8")))


def test_shuffled_rows_leave_everyone_and_all_names_as_they_were(sample, tmp_path):
    again = _run_on(sample, write_shuffled(tmp_path / "shop"), tmp_path / "output")
    assert _personas(again) == _personas(sample)
    assert _told(again) == _told(sample)
    assert again.rows("from fct_persona_changes") == []


def test_with_a_twentieth_of_new_customers_nearly_all_keep_their_persona(sample, later):
    before, now = _personas(sample), _personas(later)
    assert len(before) == 2000
    assert len(now) == MORE
    assert sum(now[one] == before[one] for one in before) >= 0.95 * len(before)
    assert _told(later) == _told(sample)


def test_the_manifest_names_the_model_and_the_one_before(sample, later):
    facts, former = _manifest(later), _manifest(sample)
    assert former["persona_model_before_sha256"] is None
    assert facts["persona_model_before_sha256"] == former["persona_model_sha256"]
    assert facts["persona_model_sha256"] == sha256(later.output / "current" / MODEL)
    assert facts["files"][MODEL]["sha256"] == facts["persona_model_sha256"]
    model = facts["persona_model"]
    assert model["seed"] == 0
    assert model["customers_fitted"] > 1000
    assert [moment[:10] for moment in model["window"]] == ["2024-01-01", "2024-06-30"]
    assert model["until"] == ["checkout_started"]


def test_new_customers_are_assigned_by_the_frozen_model(sample, tmp_path):
    generate(MORE, SEED, tmp_path / "shop")
    project = tmp_path / "shop" / "journeymine.toml"
    with project.open("a", encoding="utf-8") as file:
        file.write("\n[personas]\nfrozen = true\ncount = 2\n")
    frozen = _run_on(sample, project, tmp_path / "output")
    facts, former = _manifest(frozen), _manifest(sample)
    assert facts["persona_model_sha256"] == former["persona_model_sha256"]
    before, now = _personas(sample), _personas(frozen)
    assert {now[one] for one in now.keys() - before.keys()} == {"p1", "p2", "p3", "p4"}
    assert sum(now[one] != before[one] for one in before) < 0.01 * len(before)
