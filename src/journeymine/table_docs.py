"""What the published tables hold, told from the headers of their models."""

import re
from collections.abc import Iterator

from journeymine.models import Model, load_models

TABLE = "(raw|stg|int|py|cfg|dim|fct|meta)_"
UNITS = (
    (r"_at$", "UTC"),
    (r"_us$", "microseconds"),
    (r"(^|_)seconds(_|$)", "seconds"),
    (r"(^|_)days(_|$)", "days"),
    (r"(^|_)(rate|share|incidence)(_low|_high|_of_previous)?$", "0 to 1"),
    (r"^(rate|conversion_rate)_(observed|mature|km)(_low|_high)?$", "0 to 1"),
)


def unit_of(column: str) -> str:
    """Return the unit that a column's name says; empty where it says none."""
    return next((unit for mark, unit in UNITS if re.search(mark, column)), "")


def sources_of(model: Model) -> list[str]:
    """Return the tables that a model reads, by name."""
    return sorted(word for word in model.words - {model.name} if re.match(TABLE, word))


def table_comment(model: Model) -> str:
    """Return grain, key and source of a table, for its comment in a database."""
    key, sources = ", ".join(model.key), ", ".join(sources_of(model))
    return f"{model.description} Key: {key}. Source: {sources}."


def column_comment(column: str, meaning: str) -> str:
    """Return what a column means, and its unit where its name alone says it."""
    unit = unit_of(column)
    return f"{meaning} [{unit}]" if unit and unit not in meaning else meaning


def markdown() -> str:
    """Return docs/tables.md: grain, key, source and columns of each published table."""
    models = [model for model in load_models().values() if model.layer == "marts"]
    links = (f"[{model.name}](#{model.name})" for model in models)
    sections = (line for model in models for line in _section(model))
    return "\n".join([*INTRODUCTION, " · ".join(links), *sections, ""])


INTRODUCTION = (
    "# The published tables",
    "",
    "Made by `make docs` from the headers in `sql/marts/`. The same words stand in the",
    "comments of the DuckDB file. A slice is `persona, segment, segment_value`; `all`",
    "stands for the whole. `journeymine query NAME` shows a table.",
    "",
)


def _section(model: Model) -> Iterator[str]:
    key = ", ".join(f"`{column}`" for column in model.key)
    yield from ("", f"## {model.name}", "", model.description, "", f"Key: {key}.")
    yield from (f"Source: {', '.join(sources_of(model))}.", "")
    yield from ("| column | unit | meaning |", "|---|---|---|")
    for column, meaning in model.columns.items():
        escaped = meaning.replace("|", "\\|")
        yield f"| `{column}` | {unit_of(column)} | {escaped} |"
