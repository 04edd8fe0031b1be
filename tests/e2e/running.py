"""Run journeymine as a user does, and read what it published."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from tests.e2e.forks import Fork

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
PROJECTS = Path(__file__).parent / "projects"

Rows = list[tuple[Any, ...]]  # Any: values of all SQL types


@dataclass(frozen=True)
class Published:
    """What a run published in an output folder."""

    output: Path

    @property
    def tables(self) -> Path:
        """The folder with the Parquet tables."""
        return self.output / "current" / "tables"

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.output / "current" / "journeymine.duckdb"

    def rows(self, sql: str, *parameters: object) -> Rows:
        """Return the rows of a query on the published DuckDB file."""
        with duckdb.connect(str(self.database), read_only=True) as con:
            con.execute("set timezone = 'UTC'")
            return con.execute(sql, list(parameters)).fetchall()

    def counts(self, sql: str) -> dict[Any, Any]:
        """Return a query's rows as a dict: the first columns to the last one."""
        return {
            row[0] if len(row) == 2 else row[:-1]: row[-1] for row in self.rows(sql)
        }

    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of every table that must not depend on the files."""
        return {
            path.name: sha256(path)
            for path in sorted(self.tables.glob("*.parquet"))
            if not path.name.startswith("meta_")
        }


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def journeymine(
    *arguments: str | Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, which need not import it first."""
    done = Fork(*arguments, cwd=cwd).ended()
    out, err = (
        stream.decode().replace("\r\n", "\n") for stream in (done.stdout, done.stderr)
    )
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def journeymine_anew(
    *arguments: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a shell does: Python starts. `env` is added to ours."""
    return subprocess.run(
        [sys.executable, "-m", "journeymine", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def ran(
    project: Path, output: Path, *options: str, env: Mapping[str, str] | None = None
) -> Published:
    """Run a project that must succeed, and return what it published.

    With an `env`, Python starts anew: part of it is heeded only then.
    """
    command = ["run", "--project", str(project), "--output", str(output), *options]
    done = journeymine_anew(*command, env=env) if env else journeymine(*command)
    assert done.returncode == 0, done.stderr
    return Published(output)


def filled(project: str, folder: Path, **places: Path) -> Path:
    """Write a project file of `projects/` to a folder, its `{places}` filled in."""
    text = (PROJECTS / f"{project}.toml").read_text("utf-8")
    for name, place in places.items():
        text = text.replace("{" + name + "}", str(place))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "journeymine.toml"
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep the other workers of pytest-xdist out of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def once(folder: Path, make: Callable[[Path], Published]) -> Published:
    """Return what `make` published under a folder: made by the first who asks."""
    with _alone(folder):
        note = folder / "published"
        if not note.exists():
            note.write_text(str(make(folder).output), encoding="utf-8")
        return Published(Path(note.read_text("utf-8")))
