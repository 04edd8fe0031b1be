"""What a person sees while a run goes on: on stderr, and only there."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress(*, is_shown: bool) -> Iterator[Callable[[str, float], None]]:
    """Give a function that shows what is being done, and how much of it is done.

    On a terminal it is a bar; elsewhere (a log) a line for each tenth of the run.
    """
    if not is_shown:
        yield lambda _what, _done: None
        return
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines().tell
        return
    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda what, done: bar.update(task, description=what, completed=done)


class _Lines:
    """A line per tenth of the run, for logs."""

    def __init__(self) -> None:
        self.told = -1

    def tell(self, what: str, done: float) -> None:
        if int(done * 10) > self.told:
            self.told = int(done * 10)
            sys.stderr.write(f"{done:4.0%} {what}\n")
