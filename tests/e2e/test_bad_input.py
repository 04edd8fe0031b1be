"""A user's mistake is one line and an exit code, and `current` stays as it was."""

import gzip
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.e2e.running import journeymine
from tests.e2e.tiny import EVENTS, Shop

# Give up root's power to write where permissions say no; others have none to give.
HEED_PERMISSIONS = "import ctypes; ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)"
HAVE_LITTLE_SPACE = (
    "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))"
)


def test_a_missing_file_is_named(shop):
    shop.events.unlink()
    assert _refused(shop, 5) == (
        "Error: sources.web: events.csv: no such file;"
        " check the path, or set required = false"
    )


def test_an_unknown_key_gets_the_nearest_known_one(shop):
    shop.change("goal =", "gaol =")
    assert "journey.gaol: unknown setting; did you mean 'goal'?" in _refused(shop, 2)


def test_a_column_that_is_not_there_gets_those_that_are(shop):
    shop.change('activity = "what"', 'activity = "event"')
    line = _refused(shop, 5)
    assert "sources.web: events.csv: no column 'event'" in line
    assert "user_id, at, what" in line


@pytest.mark.parametrize("content", ["", "user_id,at,what\n"])
def test_an_empty_source_is_refused(shop, content):
    shop.events.write_text(content, encoding="utf-8")
    assert "sources.web: events.csv: " in _refused(shop, 5)


def test_an_empty_source_that_is_not_required_is_none(shop):
    shop.events.write_text("user_id,at,what\n", encoding="utf-8")
    shop.change('path = "events.csv"', 'path = "events.csv"\nrequired = false')
    assert _run(shop).returncode == 0


def test_a_broken_gzip_is_refused(shop):
    shop.change("events.csv", "events.csv.gz")
    whole = gzip.compress((EVENTS * 50).encode())
    (shop.folder / "events.csv.gz").write_bytes(whole[:-20])
    assert "sources.web: events.csv.gz: " in _refused(shop, 5)


def test_a_gzip_that_is_none_is_refused(shop):
    shop.change("events.csv", "events.csv.gz")
    (shop.folder / "events.csv.gz").write_bytes(b"\x1f\x8b" + b"no gzip" * 9)
    assert "sources.web: events.csv.gz: " in _refused(shop, 5)


def test_a_locked_output_is_left_alone(shop):
    with _locked(shop.output / ".lock"):
        line = _refused(shop, 4)
    assert "another run is writing here" in line


def test_a_read_only_output_is_refused(shop):
    before = shop.current
    shop.output.chmod(0o555)
    try:
        done = _run_under(HEED_PERMISSIONS, shop)
    finally:
        shop.output.chmod(0o755)
    assert done.returncode == 1
    assert "cannot be written" in _error_of(done)
    assert shop.current == before


def test_an_output_below_a_file_is_refused(shop):
    line = _refused(shop, 1, "--output", shop.events / "out")
    assert "cannot be written" in line


def test_a_full_disk_ends_the_run(shop):
    before = shop.current
    done = _run_under(HAVE_LITTLE_SPACE, shop)
    assert done.returncode == 1
    assert "File too large" in _error_of(done)
    assert shop.current == before
    assert not (shop.output / ".work").exists()


def test_a_file_that_is_not_toml_is_refused(shop):
    shop.change("[journey]", "[journey")
    assert "not valid TOML" in _refused(shop, 2)


def test_a_project_file_that_is_not_there_is_refused(shop):
    done = journeymine("run", "--project", shop.folder / "none.toml")
    assert done.returncode == 2
    assert "no such project file" in _error_of(done)
    assert "journeymine init" in _error_of(done)


def test_too_much_quarantined_stops_at_the_gate(shop):
    bad = "u4,yesterday,view\n"
    shop.events.write_text(EVENTS + bad, encoding="utf-8")
    line = _refused(shop, 3)
    assert "sources.web" in line
    assert "time not readable" in line
    assert "max_quarantined_share" in line


def test_an_unknown_connector_gets_the_known_ones(shop):
    shop.change('format = "csv"', 'connector = "segmnt"')
    line = _refused(shop, 2)
    assert "segmnt" in line
    assert "segment" in line


@pytest.mark.parametrize("arguments", [["rnu"], ["run", "--threads", "0"]])
def test_wrong_arguments_are_refused(arguments):
    done = journeymine(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def _run(shop: Shop, *options: str | Path) -> subprocess.CompletedProcess[str]:
    return journeymine("run", "--json", "--project", shop.project, *options)


def _run_under(restriction: str, shop: Shop) -> subprocess.CompletedProcess[str]:
    """Run in a process that has restricted itself before."""
    command = [sys.executable, "-m", "journeymine", "run", "--project"]
    restrict = f"{restriction}; import os, sys; os.execv(sys.argv[1], sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", restrict, *command, str(shop.project)],
        capture_output=True,
        text=True,
        check=False,
    )


def _refused(shop: Shop, exit_code: int, *options: str | Path) -> str:
    """Return the line of a run that fails, publishes nothing and leaves no trace."""
    before = shop.current
    done = _run(shop, *options)
    assert done.returncode == exit_code, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert shop.current == before
    assert shop.published.rows("select count(*) from fct_events") == [(4,)]
    assert not (shop.output / ".work").exists()
    return _error_of(done)


def _error_of(done: subprocess.CompletedProcess[str]) -> str:
    line = done.stderr.splitlines()[-1]
    assert line.startswith("Error: ")
    return line


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of an output folder in another process."""
    hold = (
        "import fcntl, sys; file = open(sys.argv[1], 'a');"
        " fcntl.flock(file, fcntl.LOCK_EX); print('held', flush=True);"
        " sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.communicate()
