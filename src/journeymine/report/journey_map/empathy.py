"""The empathy map of a persona: what it does, says, feels and struggles with."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts, Persona
from journeymine.report.journey_map.action import title
from journeymine.report.journey_map.cells import Quote
from journeymine.report.journey_map.emotion import Mood
from journeymine.report.journey_map.friction import frictions
from journeymine.report.journey_map.placed import Placed
from journeymine.report.reader import Row

SHOWN = 3
Lines = list[tuple[str, str]]
"""What is told, each with the evidence for it."""


@dataclass(frozen=True)
class Empathy:
    """Four lists of lines, each line with its evidence."""

    does: Lines
    says: Lines
    feels: Lines
    struggles: Lines


def does(rows: list[Row], persona: Persona, everyone: int) -> Lines:
    """Return what sets a persona apart in what it does; of everyone, what most do."""
    others = everyone - persona.customers

    def apart(row: Row) -> float:
        own = float(row.customers / persona.customers)
        if persona.key == "all" or others <= 0:
            return own
        return own - float((row.all_customers - row.customers) / others)

    if not persona.customers:
        return []
    known = sorted(rows, key=lambda row: (-apart(row), row.activity))
    return [
        (
            words.label(row.activity),
            f"{words.percent(row.customers / persona.customers, persona.customers)}, "
            f"{words.count(row.customers)} of {words.count(persona.customers)}",
        )
        for row in known[:SHOWN]
        if apart(row) > 0
    ]


def says(quotes: list[list[Quote]]) -> Lines:
    """Return what some said, of each stage one."""
    told = [(f"“{one.text}”", one.origin) for group in quotes for one in group]
    return told[:SHOWN]


def feels(nps: list[Row], moods: list[tuple[str, Mood]]) -> Lines:
    """Return whether they would recommend it, and where it feels best and worst."""
    lines = [
        (
            f"NPS {words.signed(row.nps, 0)}",
            _evidence(words.between(row.nps_low, row.nps_high, 0), row.nps_answers),
        )
        for row in nps[:1]
    ]
    felt = sorted(
        (
            (mood.emotion, stage, mood)
            for stage, mood in moods
            if mood.emotion is not None
        ),
        key=lambda one: one[0],
    )
    ends = (
        list(zip(("Worst", "Best"), (felt[0], felt[-1]), strict=True)) if felt else []
    )
    if len(felt) == 1:
        ends = [("Known only", felt[0])]
    return lines + [
        (
            f"{which} in {words.label(stage)}: {words.signed(value)}",
            _evidence(words.between(mood.low, mood.high), mood.answers),
        )
        for which, (value, stage, mood) in ends
    ]


def struggles(placed: Placed, facts: Facts, persona: str) -> Lines:
    """Return a persona's first pain points, and what it meets that should not be."""
    rows = [row for group in placed.pains.values() for row in group]
    hurts = [row for row in rows if persona in ("all", row.persona)]
    hurts.sort(key=lambda row: int(row.rank))
    groups = ((key, found) for (key, _), found in placed.friction.items())
    met = [row for key, found in groups if key == persona for row in found]
    wrong = [row for row in met if row.kind == "forbidden"]
    wrong.sort(key=lambda row: (-row.met / row.n, row.name))
    lines = [(title(row, placed, facts, persona), _cases(row)) for row in hurts[:2]]
    return lines + [
        (one.text, f"{one.share}, {one.figures}") for one in frictions(wrong)
    ]


def _cases(row: Row) -> str:
    if row.kind == "feeling":
        return words.cases(row.at_risk)
    return f"{words.count(row.observed)} of {words.count(row.at_risk)}"


def _evidence(bounds: str, answers: int) -> str:
    return ", ".join(part for part in (bounds, words.cases(answers)) if part)
