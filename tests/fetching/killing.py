"""Kill a fetch at one of its steps, and let the next one go on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

import pytest
from tests.fetching.shop import Shop

from journeymine.ingest import content

ROWS, PAGE = 40, 8

PROJECT = """
[project]
name = "Shop"
output = "out"

[sources.orders]
format = "postgres"
columns = { event_id = "id", occurred_at = "updated_at", activity = "status" }
identifiers = { email = "email" }

[sources.orders.database]
connection = "SHOP_DSN"
table = "orders"
key = "id"
cursor = "updated_at"
"""

RUNNER = f"""
import os, signal, sys
from pathlib import Path
import adbc_driver_postgresql.dbapi
from journeymine import load_config
from journeymine.ingest.fetching import pages
from journeymine.ingest import land_source

pages.ROWS = {PAGE}
steps, sync = 0, os.fsync

def step(handle):
    global steps
    steps += 1
    if steps == last:
        os.kill(os.getpid(), signal.SIGKILL)
    sync(handle)

for line in sys.stdin:
    last = int(line)
    child = os.fork()
    if child == 0:
        os.fsync = step
        land_source(load_config(Path("journeymine.toml")), "orders")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""
"""Whatever a fetch leaves behind, it syncs: each step ends with that."""


def fill(shop: Shop) -> None:
    """Write the project file, and orders of which five at a time change at once."""
    (shop.folder / "journeymine.toml").write_text(PROJECT)
    shop.do(
        "insert into orders select n, 'c' || n % 7 || '@example.com', 'open',"
        " timestamptz '2024-03-01 09:00Z' + n / 5 * interval '1 hour', n"
        f" from generate_series(1, {ROWS}) as n"
    )


def kill_fetches(shop: Shop, steps: Iterable[int]) -> int:
    """Kill a fetch at each of some steps; return how many were.

    What the next fetch leaves is compared with what the database holds, which has
    changed a little in between.
    """
    killed = 0
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=shop.folder,
        env=dict(os.environ),
        text=True,
    ) as runner:
        for step in steps:
            shutil.rmtree(shop.folder / "out", ignore_errors=True)
            killed += _ended(runner, step) == -9
            shop.do(f"insert into orders values ({ROWS + step}, 'd', 'open', now(), 1)")
            assert _ended(runner, 0) == 0
            expected = shop.database.table("select id from orders")["id"].to_pylist()
            assert sorted(shop.ids()) == sorted(expected), step
    return killed


def break_at(patch: pytest.MonkeyPatch, page: int) -> None:
    """Let the landing of a page raise an error, as Ctrl-C may at any time."""
    calls = iter(range(1, page))
    real = content.land_content

    def land(*arguments):
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return real(*arguments)

    patch.setattr("journeymine.ingest.landing.land_content", land)


def _ended(runner: "subprocess.Popen[str]", step: int) -> int:
    assert runner.stdin is not None
    assert runner.stdout is not None
    runner.stdin.write(f"{step}\n")
    runner.stdin.flush()
    return int(runner.stdout.readline())
