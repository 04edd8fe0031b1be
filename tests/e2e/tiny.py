"""The smallest project that publishes something in every step of a run."""

import shutil
from pathlib import Path

from tests.e2e.running import Published, ran

EVENTS = """\
user_id,at,what
u1,2024-01-01T10:00:00Z,view
u1,2024-01-01T10:05:00Z,buy
u2,2024-01-02T10:00:00Z,view
u3,2024-01-03T10:00:00Z,view
"""

PROJECT = """\
[project]
name = "Tiny"
output = "out"
keep = 2

[sources.web]
format = "csv"
path = "events.csv"
columns = { occurred_at = "at", activity = "what" }
identifiers = { user_id = "user_id" }

[journey]
goal = ["buy"]

[funnels.sale]
steps = ["view", "buy"]
"""


def publish_tiny(folder: Path) -> Published:
    """Write the project to a folder, and run it once."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "events.csv").write_text(EVENTS, encoding="utf-8")
    project = folder / "journeymine.toml"
    project.write_text(PROJECT, encoding="utf-8")
    return ran(project, folder / "out")


class Shop:
    """A copy of the tiny project, published once; tests break it."""

    def __init__(self, original: Path, folder: Path) -> None:
        shutil.copytree(original, folder, symlinks=True)
        self.folder = folder
        self.output = folder / "out"
        self.project = folder / "journeymine.toml"
        self.events = folder / "events.csv"
        self.published = Published(self.output)

    @property
    def current(self) -> Path:
        """What `current` points to."""
        return (self.output / "current").readlink()

    def change(self, old: str, new: str) -> None:
        """Change the project file."""
        text = self.project.read_text("utf-8")
        assert old in text
        self.project.write_text(text.replace(old, new), encoding="utf-8")
