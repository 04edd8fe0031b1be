"""The command line: what each command prints, and that help comes at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.e2e.running import journeymine, journeymine_anew, ran

HEAVY = {
    "duckdb",
    "jinja2",
    "numpy",
    "pandas",
    "pm4py",
    "prefect",
    "pyarrow",
    "pydantic",
    "scipy",
    "sklearn",
}


def test_json_tells_machines_the_places(shop):
    done = journeymine_anew("run", "--json", "--project", shop.project)
    told = json.loads(done.stdout)
    assert set(told) == {"report", "database", "tables", "loads", "warnings"}
    assert all(Path(told[name]).exists() for name in ("report", "database", "tables"))
    fates = {"accepted": 4, "duplicate": 0, "quarantined": 0, "erased": 0}
    assert told["loads"] == {"records": 4, **fates}
    assert told["warnings"] == []
    assert done.stderr == ""


def test_a_run_tells_people_the_places_and_its_progress(shop):
    done = journeymine("run", "--project", shop.project)
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "records",
        "report",
        "database",
        "tables",
    ]
    assert "100% done" in done.stderr


def test_a_run_warns_of_a_source_that_stopped(shop):
    days = [f"u9,2024-01-{day:02}T10:00:00Z,view\n" for day in range(1, 9)]
    days.append("u9,2024-03-01T10:00:00Z,view\n")
    support = shop.folder / "support.csv"
    support.write_text("user_id,at,what\n" + "".join(days[:-1]), encoding="utf-8")
    shop.events.write_text("user_id,at,what\n" + "".join(days), encoding="utf-8")
    text = shop.project.read_text("utf-8")
    web = text[text.index("[sources.web]") : text.index("[journey]")]
    more = web.replace("web", "support").replace("events", "support")
    shop.change(web, web + more)
    done = journeymine("run", "--project", shop.project)
    line = "Warning: sources.support: no event since 2024-01-08, its longest silence"
    assert line in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "models",
        "connectors",
        "query",
        "paths view",
        "verify",
        "report",
        "quarantine list",
        "export --to xes log.xes",
    ],
)
def test_a_command_needs_no_other_one_to_be_loaded(shop, command):
    is_of_a_project = command not in ("models", "connectors")
    project = ("--project", shop.project) if is_of_a_project else ()
    done = journeymine_anew(*command.split(), *project, cwd=shop.folder)
    assert done.returncode == 0, done.stderr


def test_models_lists_the_marts_with_their_keys():
    listed = json.loads(journeymine("models", "--json").stdout)
    assert {"layer", "name", "key", "grain"} == set(listed[0])
    assert "fct_events" in {model["name"] for model in listed}
    assert ["event_id"] in [m["key"] for m in listed if m["name"] == "fct_events"]


def test_connectors_lists_what_a_project_may_name():
    assert "segment" in journeymine("connectors").stdout


def test_init_writes_a_project_file_once(tmp_path):
    assert journeymine_anew("init", cwd=tmp_path).returncode == 0
    again = journeymine("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr
    # It is valid: only its exports are missing.
    assert journeymine("run", "--json", cwd=tmp_path).returncode == 5


def test_report_draws_the_published_tables_again(shop):
    done = journeymine("report", "--project", shop.project)
    assert done.returncode == 0, done.stderr
    page = (shop.output / "report" / "index.html").read_text("utf-8")
    assert "Tiny" in page


def test_report_without_a_run_is_refused(shop, tmp_path):
    done = journeymine("report", "--project", shop.project, "--output", tmp_path / "no")
    assert done.returncode == 1
    assert "nothing is published" in done.stderr


def test_sample_makes_a_project_that_runs(tmp_path):
    made = tmp_path / "made"
    size = ("--customers", "40", "--seed", "3")
    done = journeymine_anew("sample", *size, "--output", made)
    assert done.returncode == 0, done.stderr
    run = ran(made / "journeymine.toml", tmp_path / "out")
    assert run.rows("select count(*) from dim_customers") == [(40,)]


def test_help_imports_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "journeymine", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {
        line.rpartition("|")[2].strip().partition(".")[0]
        for line in done.stderr.splitlines()
        if line.startswith("import time:")
    }
    assert "typer" in imported
    assert imported & HEAVY == set()
