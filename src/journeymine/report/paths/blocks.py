"""A question about paths with its answer: a finding as title, a compact table."""

from dataclasses import dataclass, field

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables

CLEAR = 0.05
"""A difference with a smaller q-value is taken for one."""


START, END, OPEN = "$start", "$end", "$open"
NAMES = {
    START: "Journey begins",
    END: "Journey ends",
    OPEN: "Still in progress",
    "$none": "Nothing",
}
SUBJECTS = {
    "fct_channel_switches": "Who switches channels",
    "fct_comparison_totals": "What differs",
    "fct_conformance": "How many keep to the expected journey",
    "fct_drift": "When the process changed",
    "fct_patterns": "Who follows the named patterns",
    "fct_rework": "What is done again",
    "fct_subsequences": "What goes with conversion",
}


@dataclass(frozen=True)
class Block:
    """One question: what was found, the rows behind it, and how they are counted.

    Attributes
    ----------
    title
        The finding, as a sentence.
    told
        What the rows are, or why there is none.
    """

    title: str
    told: str
    head: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    explained: str = ""
    queries: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def missing(tables: Tables, facts: Facts, table: str, title: str, why: str) -> Block:
    """Return a block without rows: they are withheld, or there is none, and why."""
    if tables.is_withheld(table):
        people = f"fewer than {facts.min_cell} people"
        told = f"Withheld: it would tell of {people}."
        return Block(f"{SUBJECTS[table]} is withheld", told)
    return Block(title, why)


def points(value: float | None) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    return words.NOTHING if value is None else words.signed(100 * value, 1)


def points_between(low: float | None, high: float | None) -> str:
    """Return the interval of a difference of shares, in percentage points."""
    if low is None or high is None:
        return words.NOTHING
    return words.between(100 * low, 100 * high, 1)


def certainty(value: float | None) -> str:
    """Return a q-value as it is written."""
    if value is None:
        return words.NOTHING
    return "<0.001" if value < 0.001 else f"{value:.3f}"


def is_clear(row: Row) -> bool:
    """Whether a row's difference is no chance."""
    return row.q_value is not None and row.q_value < CLEAR


def activity(name: str) -> str:
    """Return the name of an activity, or of where a journey begins or ends."""
    return NAMES.get(name, words.label(name))


def way(pattern: str) -> str:
    """Return the activities of a path as words, with arrows between them."""
    direct = " → ".join(_plain(part) for part in pattern.split(" -> "))
    return direct.replace("_", " ")


def _plain(part: str) -> str:
    return " … ".join(words.label(name) for name in part.split(" ... "))
