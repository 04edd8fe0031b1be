"""What a format is, and the two things that formats are written from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from journeymine.config import Config
from journeymine.exports.snapshot import Snapshot, opened
from journeymine.marts import DATABASE
from journeymine.publish import newest
from journeymine.report.ground import Ground, read_ground
from journeymine.report.reader import open_tables

Counts = dict[str, int]
"""What was written, in words, by how much of it."""

Write = Callable[[Config, Path], Counts]


@dataclass(frozen=True)
class Format:
    """A format to export to.

    Attributes
    ----------
    title
        What it is, in a few words.
    write
        Writes the newest snapshot to a new file, and returns what it wrote.
    """

    title: str
    write: Write


def of_events(write: Callable[[Snapshot, Path], Counts]) -> Write:
    """Return how events are written: from the full tables, for who may see them."""

    def written(config: Config, path: Path) -> Counts:
        with opened(config, path.parent) as snapshot:
            return write(snapshot, path)

    return written


def of_report(write: Callable[[Ground, Path], Counts]) -> Write:
    """Return how a hand-out is written: from the shared tables, as the report is.

    What they withhold for the sake of few people is in no hand-out either.
    """

    def written(config: Config, path: Path) -> Counts:
        # The snapshot itself, not the link: a run may swap it meanwhile.
        tables = open_tables(newest(config.output, DATABASE).resolve())
        try:
            return write(read_ground(tables), path)
        finally:
            tables.con.close()

    return written
