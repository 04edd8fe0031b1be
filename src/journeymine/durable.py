"""Files that are on disk when a step says so, whatever happens after it."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Have the operating system write a file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(temporary: Path, path: Path) -> None:
    """Put a file in the place of another, in one step, once it is on disk."""
    sync(temporary)
    temporary.replace(path)
    sync(path.parent)
