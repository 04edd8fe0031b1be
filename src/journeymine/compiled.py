"""Loops that are compiled to machine code, and kept compiled between processes.

Importing numba takes half a second: import a module that uses this one only where
its loops are run.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from numba import njit

Loop = Callable[..., Any]  # what numba makes of a function has no static type


def compiled(loop: Loop) -> Loop:
    """Compile a function when it is first called, and keep the code on disk.

    It lets other threads run: they must not write what it reads. Where no folder
    can be written, it is compiled anew in each process.
    """
    try:
        found: Loop = njit(cache=True, nogil=True)(loop)
    except RuntimeError:
        found = njit(nogil=True)(loop)
    return found


def forget_old_code(folder: Path) -> None:
    """Remove what was compiled before one of the files under `folder` was changed.

    numba looks at the file of a function, not at those of the functions that it calls,
    and would go on with what these were.
    """
    sources = [file for file in folder.rglob("*.py") if "@compiled" in file.read_text()]
    changed = max((file.stat().st_mtime for file in sources), default=0.0)
    for kept in folder.rglob("__pycache__/*.nbi"):
        # Another process may remove it too, or the folder may not be ours to write.
        with suppress(OSError):
            if kept.stat().st_mtime < changed:
                kept.unlink()


forget_old_code(Path(__file__).parent)
