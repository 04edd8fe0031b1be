"""The flow runs on its schedule, and does what the command line does."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.flows.local_prefect import CHECKOUT, Prefect

pytestmark = [pytest.mark.flows, pytest.mark.slow]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project file of a small sample that writes beside itself."""
    folder = tmp_path_factory.mktemp("project")
    size = ("--customers", "100", "--seed", "3")
    _journeymine("sample", *size, "--output", str(folder))
    return _copy(folder / "journeymine.toml", "scheduled", {})


def test_the_flow_and_the_command_line_publish_equal_tables(
    prefect: Prefect, project: Path
) -> None:
    by_flow = _copy(project, "by_flow", {})

    ran = prefect.python("pipelines/daily.py", str(by_flow))
    by_command = project.parent / "by_command"
    _journeymine("run", "--project", str(project), "--output", str(by_command))

    assert ran.returncode == 0, ran.stderr
    assert _hashes(project.parent / "by_flow") == _hashes(by_command)


def test_a_source_that_is_missing_fails_the_flow_with_its_message(
    prefect: Prefect, project: Path
) -> None:
    lost = _copy(
        project, "lost", {r'(\[sources\.contacts\][^[]*?path = ")': r"\1missing/"}
    )

    ran = prefect.python("pipelines/daily.py", str(lost))

    assert ran.returncode != 0
    (message,) = {
        line for line in ran.stderr.splitlines() if line.startswith("journeymine.")
    }
    assert "sources.contacts" in message
    assert not (lost.parent / "lost" / "current").exists()


# Last, because from then on a run starts every minute.
def test_a_scheduled_run_publishes_a_snapshot(prefect: Prefect, project: Path) -> None:
    every_minute = prefect.folder / "prefect.yaml"
    settings = (CHECKOUT / "prefect.yaml").read_text()
    settings = settings.replace('"0 3 * * *"', '"* * * * *"')
    settings = settings.replace("data/sample/journeymine.toml", str(project))
    every_minute.write_text(settings)

    deployed = prefect.python(
        *("-m", "prefect", "--no-prompt"),
        *("deploy", "--all", "--prefect-file", str(every_minute)),
    )

    # A deployment that Prefect finds wrong is skipped, and the command succeeds.
    (deployment,) = prefect.found("deployments")
    assert deployment["name"] == "daily", deployed.stdout + deployed.stderr
    (schedule,) = deployment["schedules"]
    assert schedule["schedule"]["timezone"] == "Europe/Berlin"
    assert deployment["global_concurrency_limit"]["limit"] == 1

    assert deployment["concurrency_options"]["collision_strategy"] == "ENQUEUE"

    prefect.wait_for(lambda: bool(_ended(prefect)), "a scheduled run that ends")

    assert _ended(prefect)[0]["state"]["type"] == "COMPLETED", prefect.logs()
    assert (project.parent / "scheduled" / "current" / "manifest.json").is_file()


def _ended(prefect: Prefect) -> list[dict[str, Any]]:  # Any: JSON as it comes
    """Return the runs that the schedule, nobody else, has set off, and that ended."""
    runs = prefect.found("flow_runs")
    return [run for run in runs if run["auto_scheduled"] and run["end_time"]]


def _copy(project: Path, output: str, changes: dict[str, str]) -> Path:
    """Write a project file that differs in its output folder and by `changes`."""
    text = project.read_text()
    for old, new in {r"(?m)^output = .*$": f'output = "{output}"', **changes}.items():
        text, replaced = re.subn(old, new, text)
        assert replaced == 1, old
    copy = project.with_name(f"{output}.toml")
    copy.write_text(text)
    return copy


def _journeymine(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "journeymine", *arguments], cwd=CHECKOUT, check=True
    )


def _hashes(output: Path) -> dict[str, str]:
    """Return the sha256 of each published table that describes no files."""
    hashes = {
        table.name: hashlib.sha256(table.read_bytes()).hexdigest()
        for table in sorted((output / "current" / "tables").rglob("*.parquet"))
        if not table.name.startswith("meta_")
    }
    assert hashes
    return hashes
