"""SQL models: the files under sql/, read as they are.

A model is a file. Its name is the table it makes, its folder is its layer, and its
header comment states the grain, the key and the columns.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

LAYERS = ("staging", "intermediate", "marts")
PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "meta_"),
}
ROUND_MODELS = (
    "int_pattern_round",
    "int_lifecycle_round",
    "int_stage_round",
)
"""Models that a step in Python runs several times; the build passes them over."""

ROUNDS = "int_log_rounds"
"""The parts of the event log."""

VIEWS = ("int_kept", "int_kpi_cases", "int_kpi_units", "int_unit_events")
"""Models that are not stored: read once, or by each reader other columns."""

COMPLETED = ("stg_table__events", "stg_connectors__events")
"""The staging models that are stored; the others are views, which they read."""


@dataclass(frozen=True)
class Model:
    """One SQL file.

    Attributes
    ----------
    name
        Table the model makes, and the stem of its file.
    layer
        The folder of its file: one of `LAYERS`, or that of queries which make no table.
    sql
        The query, comments included.
    """

    name: str
    layer: str
    sql: str

    @cached_property
    def header(self) -> str:
        """The comment that opens the file, without its dashes."""
        head = self.sql.split("\n\n", 1)[0]
        return "\n".join(line.removeprefix("--") for line in head.splitlines())

    @cached_property
    def description(self) -> str:
        """What one row is, in words."""
        return " ".join(self.header.split(" key: ")[0].split())

    @cached_property
    def key(self) -> tuple[str, ...]:
        """Columns that identify a row, from the `-- key:` line."""
        match = re.search(r"^ key: (.+)$", self.header, re.MULTILINE)
        return tuple(match[1].split(", ")) if match else ()

    @cached_property
    def columns(self) -> dict[str, str]:
        """Columns that the header documents, in order, with their meaning."""
        found: dict[str, str] = {}
        for line in self.header.splitlines():
            named = re.match(r" (\w+)  +(\S.*)", line)
            if named:
                found[named[1]] = named[2]
            elif found and line.startswith("   "):
                last = next(reversed(found))
                found[last] += " " + line.strip()
        return found

    @cached_property
    def code(self) -> str:
        """The query without its comments."""
        return re.sub(r"--.*", "", self.sql)

    @cached_property
    def words(self) -> frozenset[str]:
        """Names and keywords of the query; no comments, texts and qualified columns."""
        code = re.sub("'[^']*'", "''", self.code)
        return frozenset(re.findall(r"(?<![.\w])\w+", code))

    @property
    def is_view(self) -> bool:
        """Whether its rows are not stored."""
        return self.name in VIEWS or (
            self.layer == "staging" and self.name not in COMPLETED
        )

    @cached_property
    def parameters(self) -> frozenset[str]:
        """Names of the `$name` parameters; a text may begin with a dollar sign."""
        return frozenset(re.findall(r"(?<!')\$([a-z_]+)", self.code))

    @cached_property
    def is_in_rounds(self) -> bool:
        """Whether it is run per part of the event log, and its rows are stacked."""
        return "$first_event" in self.code

    def mentions(self, table: str) -> bool:
        """Whether the query, comments aside, names a table, or is run by its rows."""
        return table in self.words or (self.is_in_rounds and table == ROUNDS)


@cache
def load_models() -> dict[str, Model]:
    """Read every model, by layer and name."""
    return {
        name: model for layer in LAYERS for name, model in load_folder(layer).items()
    }


def load_folder(folder: str) -> dict[str, Model]:
    """Read the files of a folder of sql/, by name."""
    return {
        file.name.removesuffix(".sql"): Model(
            name=file.name.removesuffix(".sql"),
            layer=folder,
            sql=file.read_text(encoding="utf-8"),
        )
        for file in sorted(
            (sql_folder() / folder).iterdir(), key=lambda file: file.name
        )
        if file.name.endswith(".sql")
    }


def load_macros() -> str:
    """Read the expressions that the models share."""
    return (sql_folder() / "macros.sql").read_text(encoding="utf-8")


def sql_folder() -> Traversable:
    """Return sql/ inside the wheel, or beside src/ in a checkout."""
    packaged = files("journeymine") / "sql"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "sql"
