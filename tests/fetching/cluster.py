"""A PostgreSQL of our own: in a folder that is thrown away, reached by a socket."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyarrow as pa
import pytest

dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi", reason="extra `postgres`")

PASSWORD = "s3cret-Pa55word"


def programs() -> Path | None:
    """Return the folder of `initdb` and `postgres`; Debian keeps them off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return folders[-1].parent if folders else None


class Database:
    """A schema of its own in a database, empty at first; or the whole of one."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self._connection = dbapi.connect(dsn, autocommit=True)

    def do(self, *statements: str) -> None:
        """Run statements, each in a transaction of its own."""
        for statement in statements:
            with self._connection.cursor() as cursor:
                cursor.execute(statement)

    def table(self, query: str) -> pa.Table:
        """Return what a query gives, with the types of Arrow."""
        with self._connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetch_arrow_table()

    def close(self) -> None:
        self._connection.close()


class Cluster:
    """A running PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def dsn(self, database: str = "postgres", **options: str) -> str:
        """Return the address of a database; `password` is one of the options."""
        password = quote(options.pop("password", PASSWORD))
        more = urlencode({"host": str(self.folder), **options}, quote_via=quote)
        return f"postgresql://shop:{password}@/{database}?{more}"

    @contextmanager
    def schema(self) -> Iterator[Database]:
        """Make a schema, which is where tables without a schema are looked for."""
        name = f"shop{next(self._numbers)}"
        database = Database(self.dsn(options=f"-csearch_path={name}"))
        try:
            database.do(f"create schema {name}")
            yield database
        finally:
            database.close()


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a cluster, and stop it by the id of its process."""
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip("no PostgreSQL: install the package `postgresql`")
    # Not under pytest's folders: those are for one user, and PostgreSQL is no root.
    folder = Path(tempfile.mkdtemp(prefix="journeymine-"))
    try:
        (folder / "password").write_text(PASSWORD)
        user = _user(folder)
        options = ["-U", "shop", "-A", "password", "-E", "UTF8", "--locale=C"]
        options += [f"--pwfile={folder / 'password'}", "--no-sync"]
        _run([bin_folder / "initdb", "-D", folder / "data", *options], user)
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    *(bin_folder / "postgres", "-D", folder / "data", "-k", folder),
                    *("-c", "listen_addresses=", "-c", "fsync=off"),
                ],
                stdout=log,
                stderr=log,
                **user,
            )
        try:
            started = Cluster(folder)
            _await(started, server)
            yield started
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user(folder: Path) -> dict[str, Any]:
    """Return who is to run it: another user than root, who then owns the folder."""
    if os.getuid() != 0:
        return {}
    known = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in known else "nobody")
    for path in (folder, folder / "password"):
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(command: list[Any], user: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, cwd="/", **user)
    assert done.returncode == 0, done.stderr.decode()


def _await(started: Cluster, server: "subprocess.Popen[Any]") -> None:
    for _ in range(300):
        try:
            dbapi.connect(started.dsn()).close()
        except dbapi.Error:
            assert server.poll() is None, (started.folder / "log").read_text()
            time.sleep(0.05)
        else:
            return
    pytest.fail((started.folder / "log").read_text())
