"""One run at a time: a lock of the operating system, freed when its holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from journeymine.errors import LockedError, OutputError

_held: ContextVar[frozenset[Path]] = ContextVar("_held", default=frozenset())


@contextmanager
def output_lock(output: Path) -> Iterator[None]:
    """Hold the output folder's lock; make the folder if it is not there.

    Whoever holds it already may ask for it again: the command line takes it before it
    imports what a run needs, so that of many runs the others end at once.

    Raises
    ------
    LockedError
        If another run holds it.
    OutputError
        If the folder cannot be written.
    """
    if output in _held.get():
        yield
        return
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
        before = _held.set(_held.get() | {output})
        try:
            yield
        finally:
            _held.reset(before)
