"""Kill runs at random moments, read beside them, run again, and compare."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.running import Published
from tests.e2e.tiny import EVENTS, PROJECT

from journeymine.verify import problems_of

RUNNER = """
import os, sys
from pathlib import Path
from journeymine import load_config, workflow

for line in sys.stdin:
    project, output = line.split()
    child = os.fork()
    if child == 0:
        os.setsid()
        workflow.run(load_config(Path(project), Path(output)))
        os._exit(0)
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""
"""Runs projects in children of a process that has imported everything already."""


class Runner:
    """A process that runs a project on request, so that killing costs no start-up."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, project: Path, output: Path) -> int:
        """Start a run, and return its process id."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{project} {output}\n")
        self.process.stdin.flush()
        return int(self._line())

    def wait(self) -> int:
        """Return how the run ended."""
        return int(self._line())

    def run(self, project: Path, output: Path) -> float:
        """Run to the end; return the seconds that it took."""
        began = time.perf_counter()
        self.start(project, output)
        assert self.wait() == 0
        return time.perf_counter() - began

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


def kill_runs(folder: Path, times: int, seed: int) -> dict[str, int]:
    """Kill so many runs, each at a random moment of its duration; check each time.

    Every run meets an output that published the first of two files, and lands the
    second. Beside it snapshots are read as `current` shows them.

    Returns
    -------
    dict
        How many runs were killed, snapshots read, and runs that had ended before.
    """
    dice = random.Random(seed)
    runner = Runner()
    try:
        before, after, whole, seconds = _uninterrupted(runner, folder)
        counts = {"killed": 0, "read": 0, "ended": 0}
        for trial in range(times):
            output = folder / f"output-{trial}"
            shutil.copytree(before, output, symlinks=True)
            moment = dice.uniform(0, 1.05 * seconds)
            process = runner.start(after, output)
            deadline = time.perf_counter() + moment
            while time.perf_counter() < deadline and _is_there(process):
                _check_whole(output)
                counts["read"] += 1
            if _is_there(process):
                os.kill(process, signal.SIGKILL)
            was_killed = runner.wait() == -signal.SIGKILL
            counts["killed" if was_killed else "ended"] += 1
            _check_whole(output)
            runner.run(after, output)
            _check_whole(output)
            assert Published(output).hashes() == whole, f"{trial}: at {moment:.3f} s"
            leftovers = [path.name for path in output.rglob(".tmp-*")]
            assert not leftovers, f"{trial}: {leftovers}"
            shutil.rmtree(output)
        return counts
    finally:
        runner.close()


def _uninterrupted(
    runner: Runner, folder: Path
) -> tuple[Path, Path, dict[str, str], float]:
    """Return an output of one file, a project of two, its tables, and its seconds."""
    (folder / "one.csv").write_text(_events(0), encoding="utf-8")
    first, both = folder / "first.toml", folder / "both.toml"
    first.write_text(PROJECT.replace("events.csv", "one.csv"), encoding="utf-8")
    both.write_text(PROJECT.replace("events.csv", "*.csv"), encoding="utf-8")
    before = folder / "before"
    runner.run(first, before)
    (folder / "two.csv").write_text(_events(1), encoding="utf-8")
    whole = folder / "whole"
    shutil.copytree(before, whole, symlinks=True)
    seconds = runner.run(both, whole)
    hashes = Published(whole).hashes()
    assert hashes != Published(before).hashes()
    return before, both, hashes, seconds


def _events(part: int) -> str:
    header, *rows = EVENTS.splitlines(keepends=True)
    copies = (
        row.replace("u", f"u{part}-{copy}-", 1) for copy in range(5_000) for row in rows
    )
    return header + "".join(copies)


def _is_there(process: int) -> bool:
    """Return whether a process runs; one that has ended is a zombie, or gone."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def _check_whole(output: Path) -> None:
    """Check that what `current` points to is all there, and as it was published."""
    snapshot = (output / "current").resolve()
    assert problems_of(snapshot) == []
    manifest = json.loads((snapshot / "manifest.json").read_text("utf-8"))
    assert manifest["run_id"] == snapshot.name
