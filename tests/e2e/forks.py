"""The command line in forks of a process that has imported everything already.

Importing takes longer than a small run, and only that is saved: each command has a
process of its own, with its arguments, folder, environment and streams.
"""

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

PRELOADED = [
    "journeymine.cli",
    "journeymine.workflow",
    "journeymine.mining.alignment_loops",
    "pm4py",
    "sklearn.cluster",
    "sklearn.metrics",
]
"""One that is not installed is passed over."""

SECONDS = 600.0

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(PRELOADED)


class Fork:
    """`journeymine` with some arguments, in a folder; it runs as soon as it is made."""

    def __init__(self, *arguments: str | Path, cwd: Path | None = None) -> None:
        self.arguments = [str(one) for one in arguments]
        self.streams = TemporaryDirectory()
        self.out, self.err = (Path(self.streams.name, name) for name in ("out", "err"))
        for stream in (self.out, self.err):  # it may be killed before it writes
            stream.touch()
        self.process = forks.Process(
            target=_command,
            args=(
                self.arguments,
                cwd or Path.cwd(),
                dict(os.environ),
                (self.out, self.err),
            ),
        )
        self.process.start()

    def ended(self) -> subprocess.CompletedProcess[bytes]:
        """Return how it ended, once it has."""
        self.process.join(SECONDS)
        if self.process.exitcode is None:
            self.process.kill()
            raise subprocess.TimeoutExpired(self.arguments, SECONDS)
        out, err = self.out.read_bytes(), self.err.read_bytes()
        self.streams.cleanup()
        return subprocess.CompletedProcess(
            self.arguments, self.process.exitcode, out, err
        )


def _command(
    arguments: list[str],
    folder: Path,
    environment: dict[str, str],
    streams: tuple[Path, Path],
) -> None:
    for path, stream in zip(streams, (sys.stdout, sys.stderr), strict=True):
        with path.open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["journeymine", *arguments]
    from journeymine.cli import main  # noqa: PLC0415  the tests need not import it

    main()
