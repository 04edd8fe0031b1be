"""What the README says can be done, can be done."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published

from journeymine.config_sources import Contract
from journeymine.models import load_models
from journeymine.project_file import load_config

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INGESTION = (ROOT / "docs" / "ingestion.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
RULES = re.findall(r"```(\w*)\n(.*?)```", INGESTION, re.DOTALL)
LINES = [line for kind, block in BLOCKS if not kind for line in block.splitlines()]
COMMANDS = [line for line in LINES if line.startswith("journeymine ")]
PROJECT = next(block for kind, block in BLOCKS if kind == "toml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the README's project and an export that fits it."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "journeymine.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "exports").mkdir()
    (folder / "exports" / "web.csv").write_text(
        "timestamp,event,user_id\n"
        "2024-01-01 10:00:00,product_view,ada\n"
        "2024-01-01 10:05:00,order_placed,ada\n"
        "2024-01-02 09:00:00,product_view,bob\n",
        encoding="utf-8",
    )
    return folder


def test_the_commands_run_in_their_order(folder: Path) -> None:
    assert COMMANDS
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(command)],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout


def test_the_make_targets_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {line.split()[1] for line in LINES if line.startswith("make ")}
    assert named == {"demo", "test"}
    assert named <= targets


def test_the_ten_lines_are_a_project(folder: Path) -> None:
    assert len(PROJECT.strip().splitlines()) <= 10
    assert load_config(folder / "journeymine.toml").journey.goal == ("order_placed",)


def test_every_table_is_listed() -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    listed = set(re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in rows)))
    published = {
        name for name, model in load_models().items() if model.layer == "marts"
    }
    assert listed == published


def test_the_contract_of_the_rules_is_one() -> None:
    (text,) = (block for kind, block in RULES if kind == "toml")
    contract = tomllib.loads(text)["sources"]["web"]["contract"]
    assert Contract.model_validate(contract).mode == "freeze"


def test_the_queries_run_on_the_sample(sample: Published) -> None:
    query = next(block for kind, block in BLOCKS if kind == "sql")
    with duckdb.connect(str(sample.database), read_only=True) as con:
        assert len(con.execute(query).fetchall()) == 5
        (rule,) = (block for kind, block in RULES if kind == "sql")
        loads = con.execute(rule).fetchall()
        assert len(loads) == len(con.execute("from meta_loads").fetchall())


def test_the_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
