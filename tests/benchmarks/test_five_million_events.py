"""A full run on five million generated events: how long, how much memory, and where."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tomlkit

from journeymine.sample import generate

CUSTOMERS = 200_000
"""About 25 records each."""

SECONDS = {"everything": 360, "without what is asked for": 240}
GIGABYTES = 3

ASKED_FOR = (
    *("attribution", "comparisons", "drift", "drivers", "efforts", "expected"),
    *("objects", "pain_points", "prediction"),
)
"""Sections that cost nothing where they are absent; the sample's project has all."""

TIMED_RUN = """
import sys, time
from pathlib import Path
from journeymine import load_config, workflow

spent, last = {}, ["start", time.perf_counter()]

def tell(what, done):
    now = time.perf_counter()
    spent[last[0]] = spent.get(last[0], 0) + now - last[1]
    last[:] = [what, now]

workflow.run(load_config(Path(sys.argv[1]), Path(sys.argv[2])), tell)
for what, seconds in sorted(spent.items(), key=lambda item: -item[1])[:20]:
    print(f"{seconds:7.1f} s  {what}")
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    generate(CUSTOMERS, 7, folder)
    return folder


@pytest.mark.parametrize("sections", SECONDS)
def test_a_run_on_five_million_events_stays_within_its_bounds(
    sections: str, shop: Path, tmp_path: Path
) -> None:
    project = shop / "journeymine.toml"
    if sections != "everything":
        settings = tomlkit.parse(project.read_text("utf-8"))
        for name in ASKED_FOR:
            del settings[name]
        project = shop / "less.toml"
        project.write_text(tomlkit.dumps(settings), encoding="utf-8")
    began = time.perf_counter()
    command = [sys.executable, "-c", TIMED_RUN, str(project), str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        parts = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    gigabytes = usage.ru_maxrss / 1e6
    cpu = usage.ru_utime + usage.ru_stime
    print(f"\n{sections}: {seconds:.0f} s of {SECONDS[sections]}, {cpu:.0f} s of CPU")
    print(f"{gigabytes:.2f} GB of {GIGABYTES}\n{parts}")
    assert process.returncode == 0
    assert gigabytes < GIGABYTES
    assert seconds < SECONDS[sections]
