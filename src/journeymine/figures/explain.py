"""One published figure explained: its row, its meaning, and the query that gives it."""

import math
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import partial

from journeymine.config import Config
from journeymine.errors import QueryError
from journeymine.figures.registry import load_figures, reason_of
from journeymine.models import Model, load_models
from journeymine.query import Answer, answer
from journeymine.records import quoted
from journeymine.table_docs import column_comment, sources_of

NEAR = 1e-8
"""How far a number counted again may be off: sums of fractions are rounded."""

NOT_SHARED = (
    "The rows behind it are withheld, as [privacy] min_cell asks; whoever may see them"
    " counts it again with --restricted."
)

Ask = Callable[[str], AbstractContextManager[Answer]]
"""Answers a query from the published tables."""


@dataclass(frozen=True)
class Explained:
    """A figure of one row of a published table.

    Attributes
    ----------
    table, column
        What was asked for.
    key
        The row: the first that matches.
    matching
        How many rows match.
    value
        What is published.
    meaning
        What it is.
    how
        How it is counted; without a query, why there is none, and what gives it.
    query
        What counts it again, ready to run; None without one.
    counted
        What that gives.
    """

    table: str
    column: str
    key: Mapping[str, object]
    matching: int
    value: object
    meaning: str
    how: str
    query: str | None = None
    counted: object = None

    @property
    def is_same(self) -> bool:
        """Whether the query gives what is published."""
        return same(self.value, self.counted)


def explain(
    config: Config,
    asked: str,
    where: str | None,
    seconds: float,
    *,
    is_restricted: bool = False,
) -> Explained:
    """Explain a published figure, `table.column`, of the first row that matches.

    Parameters
    ----------
    where
        A condition of SQL; None takes the table's first row.
    seconds
        How long each query may take.
    is_restricted
        Whether the full tables are asked, not those that withhold small cells.

    Raises
    ------
    QueryError
        If there is no such table, column or row, or the condition is wrong.
    """
    model, column = _found(asked)
    ask: Ask = partial(answer, config, seconds=seconds, is_restricted=is_restricted)
    told = _told(ask, model, column, where or "true")
    figure = load_figures().get(model.name)
    if figure is None or column not in figure.columns:
        return told
    if config.privacy and config.privacy.min_cell and not is_restricted:
        return replace(told, how=f"{told.how} {NOT_SHARED}")
    return _counted(ask, told, filled(figure, told.key))


def filled(figure: Model, key: Mapping[str, object]) -> str:
    """Return the query of a figure for one row: no header, no parameter."""
    _, _, body = figure.sql.partition("\n\n")
    return re.sub(r"(?<!')\$([a-z_]+)", lambda name: literal(key[name[1]]), body)


def literal(value: object) -> str:
    """Return a value of a key as SQL writes it."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case date():
            return f"date '{value.isoformat()}'"
        case int() | float() | Decimal():
            return str(value)
    return quoted(str(value))


def same(published: object, counted: object) -> bool:
    """Whether two values are equal, but for how fractions are rounded."""
    if isinstance(published, float) and isinstance(counted, (int, float, Decimal)):
        return math.isclose(published, counted, rel_tol=NEAR, abs_tol=NEAR)
    return published == counted


def _told(ask: Ask, model: Model, column: str, where: str) -> Explained:
    key = ", ".join(model.key)
    matching = (
        f"select {key}, {column}, count(*) over () from {model.name} where {where}"
        f" order by {key} limit 1"
    )
    with ask(matching) as rows:
        row = next(rows.rows, None)
    if row is None:
        message = (
            f"explain: no row of {model.name} matches; choose one with --where, as"
            f" `journeymine query {model.name}` shows them"
        )
        raise QueryError(message)
    *values, value, count = row
    return Explained(
        table=model.name,
        column=column,
        key=dict(zip(model.key, values, strict=True)),
        matching=int(str(count)),
        value=value,
        meaning=column_comment(column, model.columns[column]),
        how=_how(model, column),
    )


def _counted(ask: Ask, told: Explained, query: str) -> Explained:
    with ask(query) as again:
        row = next(again.rows, None)
    counted = None if row is None else row[again.columns.index(told.column)]
    return replace(told, query=query, counted=counted)


def _how(model: Model, column: str) -> str:
    figure, reason = load_figures().get(model.name), reason_of(model.name, column)
    if figure is not None and column in figure.columns:
        return f"{figure.description} {column}: {figure.columns[column]}"
    if reason is not None:
        return f"{reason.why} See {reason.source}."
    return f"Read from {', '.join(sources_of(model))}."


def _found(asked: str) -> tuple[Model, str]:
    table, _, column = asked.partition(".")
    marts = {n: model for n, model in load_models().items() if model.layer == "marts"}
    if table not in marts:
        message = f"explain: there is no table {table}; {_near(table, marts)}"
        raise QueryError(message)
    columns = marts[table].columns
    if column not in columns:
        message = f"explain: {table} has no column {column}; {_near(column, columns)}"
        raise QueryError(message)
    return marts[table], column


def _near(name: str, names: Mapping[str, object]) -> str:
    near = get_close_matches(name, names, 1)
    return f"did you mean {near[0]}?" if near else f"name one of {', '.join(names)}"
