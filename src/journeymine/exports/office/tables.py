"""What a hand-out shows, before it is a cell of a spreadsheet or of a slide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from journeymine.exports import xml_pen
from journeymine.report.facts import Facts

TURNING = re.compile("[\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}]")
"""Marks that would turn round the words after a name."""

Value = str | int | float | bool | date | None

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""No text of the data becomes anything but text."""

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Cell:
    """A value that is written in another way than the rest of its column."""

    value: Value
    kind: str


@dataclass(frozen=True)
class Column:
    """A column: its heading, the kind of its values, its width in letters.

    `kind` is text, count, number, share, signed, money, days or day.
    """

    name: str
    kind: str = "text"
    wide: int = 12


@dataclass(frozen=True)
class Block:
    """A table under its heading; `empty` is said where it has no rows."""

    heading: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value | Cell]]
    empty: str = "Nothing to show."


@dataclass(frozen=True)
class Sheet:
    """A sheet: its finding, what it counts, its tables one below the other."""

    name: str
    title: str
    lead: str
    blocks: Sequence[Block]


def clean(text: str) -> str:
    """Return text that XML can hold, and that turns no words after it round."""
    return TURNING.sub("", xml_pen.clean(text))


def made_at(facts: Facts) -> datetime:
    """Return when a hand-out says it was made: when its data end, not by a clock."""
    return (facts.as_of or EPOCH).astimezone(UTC).replace(microsecond=0, tzinfo=None)
