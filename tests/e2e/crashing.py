"""Kill runs at random moments, read beside them, run again, and compare."""

import json
import random
import shutil
import signal
import time
from pathlib import Path

from tests.e2e.forks import Fork
from tests.e2e.running import Published, ran
from tests.e2e.tiny import EVENTS, PROJECT

from journeymine.verify import problems_of


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
    before, after, whole, seconds = _uninterrupted(folder)
    counts = {"killed": 0, "read": 0, "ended": 0}
    for trial in range(times):
        output = folder / f"output-{trial}"
        shutil.copytree(before, output, symlinks=True)
        moment = dice.uniform(0, 1.05 * seconds)
        run = Fork("run", "--project", after, "--output", output)
        deadline = time.perf_counter() + moment
        while time.perf_counter() < deadline and run.process.is_alive():
            _check_whole(output)
            counts["read"] += 1
        run.process.kill()
        was_killed = run.ended().returncode == -signal.SIGKILL
        counts["killed" if was_killed else "ended"] += 1
        _check_whole(output)
        ran(after, output)
        _check_whole(output)
        assert Published(output).hashes() == whole, f"{trial}: at {moment:.3f} s"
        leftovers = [path.name for path in output.rglob(".tmp-*")]
        assert not leftovers, f"{trial}: {leftovers}"
        shutil.rmtree(output)
    return counts


def _uninterrupted(folder: Path) -> tuple[Path, Path, dict[str, str], float]:
    """Return an output of one file, a project of two, its tables, and its seconds."""
    (folder / "one.csv").write_text(_events(0), encoding="utf-8")
    first, both = folder / "first.toml", folder / "both.toml"
    first.write_text(PROJECT.replace("events.csv", "one.csv"), encoding="utf-8")
    both.write_text(PROJECT.replace("events.csv", "*.csv"), encoding="utf-8")
    before = folder / "before"
    ran(first, before)
    (folder / "two.csv").write_text(_events(1), encoding="utf-8")
    whole = folder / "whole"
    shutil.copytree(before, whole, symlinks=True)
    began = time.perf_counter()
    ran(both, whole)
    seconds = time.perf_counter() - began
    hashes = Published(whole).hashes()
    assert hashes != Published(before).hashes()
    return before, both, hashes, seconds


def _events(part: int) -> str:
    header, *rows = EVENTS.splitlines(keepends=True)
    copies = (
        row.replace("u", f"u{part}-{copy}-", 1) for copy in range(5_000) for row in rows
    )
    return header + "".join(copies)


def _check_whole(output: Path) -> None:
    """Check that what `current` points to is all there, and as it was published."""
    snapshot = (output / "current").resolve()
    assert problems_of(snapshot) == []
    manifest = json.loads((snapshot / "manifest.json").read_text("utf-8"))
    assert manifest["run_id"] == snapshot.name
