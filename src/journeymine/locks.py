"""One run at a time: a lock of the operating system, freed when its holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from journeymine.errors import LockedError, OutputError


@contextmanager
def output_lock(output: Path) -> Iterator[None]:
    """Hold the output folder's lock; make the folder if it is not there.

    Raises
    ------
    LockedError
        If another run holds it.
    OutputError
        If the folder cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        file = (output / ".lock").open("a")
    except OSError as error:
        message = (
            f"{output}: cannot be written: {error.strerror}; choose another output"
        )
        raise OutputError(message) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"{output}: another run is writing here; wait until it has ended"
            raise LockedError(message) from error
        yield
