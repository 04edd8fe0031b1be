"""A real Prefect server and worker, apart from any other on this machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

CHECKOUT = Path(__file__).parents[2]
PATIENCE = 300.0  # seconds: a busy machine of two cores starts a server slowly


@dataclass(frozen=True)
class Prefect:
    """A local server: its folder, address, and the environment of its clients."""

    folder: Path
    url: str
    environment: dict[str, str]

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python with these arguments from the checkout, as a client."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `prefect` with these arguments, logging to `<name>.log`."""
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "prefect", *arguments],
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, to be stopped as one
            )

    def found(self, kind: str) -> list[dict[str, Any]]:  # Any: JSON as it comes
        """Return all objects of one kind, as the server describes them."""
        request = Request(
            f"{self.url}/{kind}/filter",
            data=b"{}",
            headers={"Content-Type": "application/json"},
        )
        with urlopen(request, timeout=30) as response:
            objects: list[dict[str, Any]] = json.load(response)
        return objects

    def is_up(self) -> bool:
        """Tell whether the server answers."""
        try:
            with urlopen(f"{self.url}/health", timeout=5) as response:
                return bool(response.status == 200)
        except (URLError, OSError):
            return False

    def has_pool(self) -> bool:
        """Tell whether a worker has made its work pool."""
        return bool(self.found("work_pools"))

    def wait_for(self, happened: Callable[[], bool], what: str) -> None:
        """Return when something has happened; fail with all logs if it never does."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            if time.monotonic() > deadline:
                pytest.fail(f"{what}: not within {PATIENCE:.0f} s\n{self.logs()}")
            time.sleep(1)

    def logs(self) -> str:
        """Return the ends of what all processes have logged."""
        return "\n".join(
            f"--- {log.name}\n{log.read_text(errors='replace')[-6000:]}"
            for log in sorted(self.folder.glob("*.log"))
        )


@contextmanager
def started_prefect(folder: Path) -> Iterator[Prefect]:
    """Start a server and a worker in a folder; stop both, and their children."""
    prefect = _local_prefect(folder)
    processes = []
    try:
        port = prefect.url.removesuffix("/api").rpartition(":")[2]
        processes.append(prefect.start("server", "server", "start", "--port", port))
        prefect.wait_for(prefect.is_up, "a server that answers")
        pool = ("--pool", "journeymine", "--type", "process")
        processes.append(prefect.start("worker", "worker", "start", *pool))
        prefect.wait_for(prefect.has_pool, "a worker with its pool")
        yield prefect
    finally:
        for process in reversed(processes):
            _stop(process)


def _local_prefect(folder: Path) -> Prefect:
    """Choose a free port, and an environment that shares nothing with the user's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/api"
    own = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    settings = {
        "DO_NOT_TRACK": "1",
        "PREFECT_API_URL": url,
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
    }
    return Prefect(folder, url, own | settings)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process with its group: politely, then not.

    A worker that is asked politely ends the runs that it has started.
    """
    for patience, kind in ((30, signal.SIGTERM), (10, signal.SIGKILL)):
        try:
            os.killpg(process.pid, kind)
            process.wait(patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
