"""What customers said in their own words: up to two good and two bad answers."""

from collections import defaultdict
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables
from journeymine.report.voice import queries
from journeymine.report.voice.blocks import touchpoint_name

LETTERS = 160


@dataclass(frozen=True)
class Quote:
    """One answer: what stands on the page, the whole of it, and where it is from."""

    text: str
    whole: str
    side: str
    about: str
    origin: str


def read_quotes(tables: Tables, facts: Facts) -> dict[str, list[Quote]]:
    """Return the quotes of each persona, the bad ones first."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for row in tables.rows(queries.QUOTES):
        found[row.persona].append(_quote(row, facts))
    return found


def _quote(row: Row, facts: Facts) -> Quote:
    text = " ".join(row.text.split())
    name = words.label(row.feedback)
    origin = [
        name if row.is_solicited else f"{name}, unasked",
        "a good answer" if row.is_good else "a bad answer",
        words.day(row.answered_at, facts.zone),
    ]
    return Quote(
        text=words.shorten(text, LETTERS),
        whole=text,
        side="pos" if row.is_good else "neg",
        about=_about(row),
        origin=", ".join(origin),
    )


def _about(row: Row) -> str:
    if row.touchpoint:
        return touchpoint_name(row.touchpoint)
    return words.label(row.stage) if row.stage else "About no single touchpoint"
