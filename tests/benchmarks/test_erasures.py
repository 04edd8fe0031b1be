"""Erase customers of the sample; kill erasures at random moments, and go on."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.e2e.running import SAMPLE, Published, journeymine, ran
from tests.erasing.drawn import draw, land

from journeymine import workflow
from journeymine.erasing.register import Identifier
from journeymine.erasing.scanning import Scanner
from journeymine.verify import problems_of

KILLS = 20
CONTACT, ADDRESS = "C-500646", "ben646@example.net"
"""Somebody of the sample with two browsers, tickets, orders and a review."""

KEY = "0123456789abcdef0123456789abcdef"
TABLES_OF_CUSTOMERS = """
select table_name
from duckdb_columns()
where column_name = 'customer_id'
order by table_name
"""


@pytest.mark.parametrize("privacy", ["", '\n[privacy]\nkey_file = "key"\n'])
def test_an_erased_customer_of_the_sample_leaves_nothing(
    privacy: str, tmp_path: Path
) -> None:
    folder = tmp_path / "sample"
    shutil.copytree(SAMPLE, folder)
    project = folder / "journeymine.toml"
    (folder / "key").write_text(KEY, encoding="utf-8")
    with project.open("a", encoding="utf-8") as file:
        file.write(privacy)
    published = ran(project, tmp_path / "out")
    ((customer,),) = published.rows(
        "select customer_id from dim_identities where identifier = ?", CONTACT
    )
    identifiers = [
        Identifier(*row)
        for row in published.rows(
            "select identifier_type, identifier from dim_identities"
            " where customer_id = ?",
            customer,
        )
    ]
    scanner = Scanner(identifiers, [customer])
    assert len(scanner.look_through(tmp_path / "out").hits) > 15
    before = _rows_of_others(published, customer)
    began = time.perf_counter()
    done = journeymine(
        "erase",
        *("--identifier", f"email={ADDRESS.upper()}", "--yes", "--json"),
        *("--project", project, "--output", tmp_path / "out"),
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    print(f"\n{told['proof']}: {time.perf_counter() - began:.1f} s")
    assert told["proof"]["hits"] == {}
    clear = [Identifier("email", ADDRESS)]
    again = Scanner([*identifiers, *clear], [customer])
    assert again.look_through(tmp_path / "out").hits == {}
    assert _rows_of_others(published, customer) == before
    assert sum(map(len, before.values())) > 50_000


def test_killed_erasures_are_completed_and_readers_see_whole_snapshots(
    tmp_path: Path,
) -> None:
    dice = random.Random(0)
    config = draw(tmp_path / "shop")
    land(config)
    workflow.publish_run(config)
    whole, seconds = _erased(config.folder, tmp_path / "whole")
    counts = {"killed": 0, "begun": 0}
    for trial in range(KILLS):
        folder = tmp_path / f"shop-{trial}"
        shutil.copytree(config.folder, folder, symlinks=True)
        process = subprocess.Popen(
            _command(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(dice.uniform(0.2, 1) * seconds)
        process.send_signal(signal.SIGKILL)
        counts["killed"] += process.wait() == -signal.SIGKILL
        assert problems_of((folder / "out" / "current").resolve()) == []
        is_begun = (folder / "out" / "landing" / "erasing.json").exists()
        counts["begun"] += is_begun
        named = () if is_begun else ("--identifier", "email=ann@shop.example")
        project = folder / "journeymine.toml"
        again = journeymine("erase", "--yes", *named, "--project", project)
        assert again.returncode == 0, again.stderr
        assert Published(folder / "out").hashes() == whole, trial
        shutil.rmtree(folder)
    print(f"\n{counts}")
    assert counts["killed"] >= 0.8 * KILLS
    assert counts["begun"] >= 0.3 * KILLS


def _rows_of_others(published: Published, customer: str) -> dict[str, list[object]]:
    """Return the rows of all other customers, without what is theirs by comparison."""
    tables = [name for (name,) in published.rows(TABLES_OF_CUSTOMERS)]
    return {
        name: list(
            published.rows(
                f"select columns(lambda name: not starts_with(name, 'persona'))"
                f" from {name} where customer_id <> ? order by all",
                customer,
            )
        )
        for name in tables
    }


def _erased(shop: Path, folder: Path) -> tuple[dict[str, str], float]:
    """Return the tables after an erasure that nothing stops, and its seconds."""
    shutil.copytree(shop, folder, symlinks=True)
    began = time.perf_counter()
    subprocess.run(_command(folder), check=True, capture_output=True)
    return Published(folder / "out").hashes(), time.perf_counter() - began


def _command(folder: Path) -> list[str]:
    return [
        *(sys.executable, "-m", "journeymine", "erase", "--yes"),
        *("--identifier", "email=ann@shop.example"),
        *("--project", str(folder / "journeymine.toml")),
    ]
