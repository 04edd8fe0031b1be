"""Transitions and variants beside pm4py, retentioneering, chDB and r4pm.

Each tool runs in a process of its own, loads the same log, and is then asked in turns,
so that all meet the same load. Loading is shown apart: each starts from what it itself
keeps (ours: the sorted log with the next step beside each, `int_steps`).

Compared are counts and median waiting times of all transitions. r4pm has no times:
it only counts. pm4py and retentioneering need a second call for the counts, which is
left out of what they are measured by. What all find must be equal.

Peers are installed into `.venv-peers`; one that cannot be is passed over, and said so.
pm4py is AGPL-3.0-or-later: it is only run, in that environment of its own.
`JOURNEYMINE_EVENTS="1_000_000 10_000_000"` chooses the sizes, `JOURNEYMINE_SIZES` those
of the last test (in millions; 50 needs 40 GB of disk, so it only runs when asked for).
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from tests.benchmarks.paths.log import drawn
from tests.benchmarks.test_funnels import PEERS

SIZES = [
    int(size)
    for size in os.environ.get("JOURNEYMINE_EVENTS", "1_000_000 10_000_000").split()
]
MILLIONS = [int(size) for size in os.environ.get("JOURNEYMINE_SIZES", "").split()]
ROUNDS = 5
GIGABYTES = 4
GROWTH = 1.5
"""An event of the largest log may cost so many times what one of the smallest does."""

FASTER: dict[str, dict[str, float]] = {
    "transitions": {"pm4py": 10, "retentioneering": 5, "chdb": 2, "r4pm": 2},
    "variants": {"pm4py": 4, "r4pm": 1.5},
}
LEANER = ("pm4py", "retentioneering", "r4pm")
TOOLS = {"pm4py", "retentioneering", "chdb", "r4pm"}
PINS = Path(__file__).with_name("paths_peers.txt")

Process = subprocess.Popen[str]


@pytest.fixture(scope="module")
def peers() -> Path:
    """Install what is compared with, once; what cannot be is not there."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    for pin in PINS.read_text("utf-8").splitlines():
        done = subprocess.run(
            [*pip, pin],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            print(f"\n{pin} cannot be installed: {done.stderr.splitlines()[-1]}")
    return python.absolute()


@pytest.fixture(params=SIZES, ids=[f"{size // 1000}k" for size in SIZES])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return drawn(request.param, tmp_path)


@pytest.fixture
def tools(peers: Path, log: Path) -> Iterator[dict[str, Process]]:
    """Start every tool there is, and let each load the log, one after the other."""
    with ExitStack() as stack:
        started = {"ours": stack.enter_context(tool("ours", sys.executable, log))}
        told = {"ours": loaded(started["ours"])}
        for name in sorted(TOOLS):
            process = stack.enter_context(tool(f"{name}_paths", peers, log))
            told[name] = loaded(process)
            if told[name]:
                started[name] = process
        for name, one in told.items():
            cost = (
                f"loads in {one[0]:.2f} s, {one[1]:.2f} GB" if one else "is not there"
            )
            print(f"\n{name:>16} {cost}", end="")
        print(f"\nload of the machine: {os.getloadavg()[0]:.1f}")
        yield started
        for process in started.values():
            process.kill()


def test_paths_are_found_faster_and_in_less_memory(tools: dict[str, Process]) -> None:
    slower, peaks = [], {}
    for measure, wanted in FASTER.items():
        same = {
            name: answer(tools[name], measure, "wanted")
            for name in tools
            if (name == "ours" or name in wanted)
        }
        assert_equal(tools, same, measure)
        rounds = [
            {name: answer(tools[name], measure) for name in same} for _ in range(ROUNDS)
        ]
        for name in same:
            seconds, cpu = (
                statistics.median(one[name][of] for one in rounds)
                for of in ("seconds", "cpu")
            )
            ratio = statistics.median(
                one[name]["seconds"] / one["ours"]["seconds"] for one in rounds
            )
            peaks[name] = rounds[-1][name]["gigabytes"]
            least = wanted.get(name, 1)
            print(
                f"{measure:>12} {name:>16} {seconds:7.3f} s ({cpu:.3f} s of CPU)",
                end="",
            )
            print(f" {ratio:6.1f} x, at least {least}")
            if ratio < least:
                slower.append((measure, name, ratio))
    print({name: f"{gigabytes:.2f} GB" for name, gigabytes in peaks.items()})
    assert slower == []
    assert all(peaks["ours"] < peaks[name] for name in LEANER if name in peaks)


def assert_equal(
    tools: dict[str, Process], found: dict[str, dict[str, Any]], measure: str
) -> None:
    """Assert that all tools counted the same, and chDB found our medians."""
    for name, told in found.items():
        if "counts" not in told:
            told = answer(tools[name], "counted", "wanted")
        assert told["counts"] == found["ours"]["counts"], name
    if measure == "transitions" and "chdb" in found:
        assert found["chdb"]["medians"] == found["ours"]["medians"]


@pytest.mark.skipif(not MILLIONS, reason="set JOURNEYMINE_SIZES, such as '1 10 50'")
def test_the_cost_of_an_event_does_not_grow(tmp_path: Path) -> None:
    cost = {}
    for millions in MILLIONS:
        path = drawn(millions * 1_000_000, tmp_path / str(millions))
        with tool("ours", sys.executable, path) as process:
            seconds, _ = loaded(process) or (0, 0)
            told = [answer(process, one) for one in FASTER]
            process.kill()
        gigabytes = max(one["gigabytes"] for one in told)
        cost[millions] = sum(one["seconds"] for one in told) / millions
        print(f"\n{millions} million: {cost[millions]:.3f} s each, {gigabytes:.2f} GB;")
        print(f"loading {seconds / millions:.3f} s each")
        assert gigabytes < GIGABYTES
    assert cost[MILLIONS[-1]] <= GROWTH * cost[MILLIONS[0]]


def tool(module: str, python: Path | str, log: Path) -> Process:
    return subprocess.Popen(
        [python, "-m", f"tests.benchmarks.paths.{module}", log],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def loaded(process: Process) -> tuple[float, float] | None:
    """Wait until a tool has loaded; return seconds and GB, or nothing if it failed."""
    assert process.stdout
    line = process.stdout.readline()
    if not line.startswith("{"):
        return None
    told = json.loads(line)
    return told["seconds"], told["gigabytes"]


def answer(process: Process, measure: str, wants: str = "") -> dict[str, Any]:
    """Let a tool measure once, and return what it says."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{measure} {wants}\n")
    process.stdin.flush()
    found: dict[str, Any] = json.loads(process.stdout.readline())
    return found
