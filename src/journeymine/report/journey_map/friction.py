"""The lane of friction: what journeys meet that slows them or sends them back."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.reader import Row

SHOWN = 2
TOLD = {
    "again": "“{}” again",
    "forbidden": "“{}”, which should not happen",
    "switch": "Another channel after “{}”",
}


@dataclass(frozen=True)
class Friction:
    """One thing that holds journeys up, and how many of the stage meet it."""

    text: str
    share: str
    figures: str


def frictions(rows: list[Row]) -> list[Friction]:
    """Return what most journeys of a stage meet; what should never happen first."""
    return [
        Friction(
            TOLD[row.kind].format(words.label(row.name)),
            words.percent(row.met / row.n, row.n),
            f"{words.count(row.met)} of {words.count(row.n)} {row.unit}",
        )
        for row in rows[:SHOWN]
    ]
