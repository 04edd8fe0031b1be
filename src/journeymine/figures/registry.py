"""The queries of sql/figures/, and the reasons where a figure has none.

A file has the name of a table and its key. Its query gives, for one row of that table,
the columns that its header names, counted again from other published tables.
"""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

from journeymine.models import Model, load_folder

FOLDER = "figures"


@dataclass(frozen=True)
class Reason:
    """Why figures are not counted again by a query.

    Attributes
    ----------
    columns
        Patterns of `table.column`.
    why
        In plain words, what gives them.
    source
        Where that is told or can be seen.
    """

    columns: tuple[str, ...]
    why: str
    source: str


@cache
def load_figures() -> dict[str, Model]:
    """Read the queries that count figures again, by table."""
    return load_folder(FOLDER)


@cache
def load_reasons() -> tuple[Reason, ...]:
    """Read why some figures have no query; of several, the first one holds."""
    text = (files(__package__) / "reasons.toml").read_text(encoding="utf-8")
    return tuple(
        Reason(tuple(one["columns"]), one["why"], one["source"])
        for one in tomllib.loads(text)["reasons"]
    )


def reason_of(table: str, column: str) -> Reason | None:
    """Return why a figure has no query; None if it has one, or nobody said."""
    if table in load_figures() and column in load_figures()[table].columns:
        return None
    name = f"{table}.{column}"
    return next(
        (
            reason
            for reason in load_reasons()
            if any(fnmatchcase(name, pattern) for pattern in reason.columns)
        ),
        None,
    )
