"""A drawing under its finding, and the rows that drawings are made of."""

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report.reader import Row, Tables


@dataclass(frozen=True)
class Drawn:
    """A drawing under its finding, and the table behind; `answer` is the whole's."""

    answer: str
    title: str
    caption: str
    drawn: Markup
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def by_persona(tables: Tables, query: str) -> dict[str, list[Row]]:
    """Return the rows of a query, by persona."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(query):
        found[row.persona].append(row)
    return found
