"""PostgreSQL through ADBC: one moment of a database, read only, and its errors."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from journeymine.errors import SourceError

if TYPE_CHECKING:
    from adbc_driver_manager import dbapi

SETTINGS = {
    "application_name": "journeymine",
    "bytea_output": "hex",
    "client_encoding": "UTF8",
    "datestyle": "ISO, YMD",
    "extra_float_digits": "1",
    "intervalstyle": "postgres",
    "timezone": "UTC",
}
"""Whatever the server is set to: values have one text."""

BATCH_BYTES = 4 << 20

REFUSALS = {
    "no password supplied": "wants a password, and the address has none",
    "password authentication failed": "refuses the user or the password",
    "authentication failed": "refuses the user",
    "no pg_hba.conf entry": "lets nobody in from this machine; ask who runs it",
    'role "': "knows no such user",
    'database "': "knows no such database",
    "could not translate host name": "has a host name that nobody knows",
    "Connection refused": "is not listening; is it running, on that host and port?",
    "timeout expired": "does not answer in time",
    "timed out": "does not answer in time",
    "too many clients": "has no connection to spare; try again later",
    "starting up": "is just starting; try again later",
    "SSL": "and this machine do not agree on encryption; see sslmode",
}
"""What libpq says -> our words. Its own may hold parts of the address."""

ENDINGS = {
    "57014": "was stopped by a timeout; index the cursor, or raise statement_timeout",
    "40001": "was in the way of replication; run again, or ask the primary server",
    "25006": "would change the database; it may only read",
}
"""How a query ends, by SQLSTATE -> our words."""


@contextmanager
def snapshot(where: str, variable: str) -> Iterator["dbapi.Cursor"]:
    """Connect, and see the database as it is at this moment, until the end.

    Nothing can be written in it. Neither errors nor logs show the address.

    Parameters
    ----------
    where
        The setting, for errors.
    variable
        Environment variable with the address.

    Raises
    ------
    SourceError
        If the variable is not set, the database lets nobody in, or a query fails.
    """
    driver = _driver(where)
    address = os.environ.get(variable)
    if not address:
        message = (
            f"{where}: the environment variable {variable} is not set;"
            " put the address of the database into it"
        )
        raise SourceError(message)
    try:
        connection = driver.connect(address)
    except driver.Error as error:
        message = f"{where}: {variable}: {_refusal(str(error))}"
        # Without its cause: a traceback would show what libpq says of the address.
        raise SourceError(message) from None
    size = {"adbc.postgresql.batch_size_hint_bytes": str(BATCH_BYTES)}
    try:
        with connection, connection.cursor(adbc_stmt_kwargs=size) as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute(f"select {', '.join(map(_setting, SETTINGS.items()))}")
            cursor.fetchall()
            yield cursor
    except driver.Error as error:
        message = f"{where}: {_ending(str(error), error.sqlstate)}"
        raise SourceError(message) from None


def streamed(cursor: "dbapi.Cursor") -> Iterator[pa.RecordBatch]:
    """Yield the rows of the query that a cursor executed, as they come."""
    # `fetch_record_batch` would raise errors of pyarrow, which have no SQLSTATE.
    from adbc_driver_manager import _reader  # noqa: PLC0415  # an extra

    handle = cursor.fetch_arrow()
    reader = _reader.AdbcRecordBatchReader._import_from_c(handle.address)
    try:
        yield from reader
    finally:
        reader.close()


def _driver(where: str) -> Any:  # noqa: ANN401  # a module, which ships no types
    try:
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415  # an extra
    except ImportError as error:
        message = (
            f"{where}: reading PostgreSQL needs the extra `postgres`;"
            ' pip install "journeymine[postgres]"'
        )
        raise SourceError(message) from error
    return dbapi


def _setting(setting: tuple[str, str]) -> str:
    name, value = setting
    return f"set_config('{name}', '{value}', true)"


def _refusal(told: str) -> str:
    for sign, reason in REFUSALS.items():
        if sign in told:
            return f"the database {reason}"
    return (
        "leads to no database that lets us in; check it: it is written as"
        " postgresql://user:password@host:5432/database"
    )


def _ending(told: str, state: str | None) -> str:
    if state in ENDINGS:
        return f"the query {ENDINGS[state]}"
    found = re.search(r"ERROR:\s+(.+)", told)
    if state and state.startswith("42") and found:  # about the query, not about values
        return f"the query is refused: {found[1].strip()}; mend it, or ask for rights"
    if state and state.startswith("22"):
        return f"the query meets a value that it cannot compute (SQLSTATE {state})"
    return (
        f"the database ended the query (SQLSTATE {state or 'unknown'});"
        " run again: what is fetched stays fetched"
    )
