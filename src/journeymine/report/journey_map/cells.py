"""The written cells of the journey map."""

from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.journey_map.emotion import FEW_ANSWERS, Mood
from journeymine.report.journey_map.spans import draw_span
from journeymine.report.losses import Loss
from journeymine.report.reader import Row

QUOTE_LETTERS = 90
TOUCHPOINTS = 3


@dataclass(frozen=True)
class Quote:
    """What one customer said; `side` is how it was meant."""

    text: str
    whole: str
    side: str
    origin: str


@dataclass(frozen=True)
class Touchpoint:
    """A touchpoint and its channel, with the share of the stage's customers."""

    name: str
    channel: str
    share: str
    customers: str


@dataclass(frozen=True)
class DropOff:
    """Who left at a step of the stage."""

    share: float
    step: str
    rate: str
    interval: str
    left: str
    rank: int | None


@dataclass(frozen=True)
class Stay:
    """How long a journey stays in a stage."""

    drawing: Markup
    median: str
    p90: str
    journeys: str


@dataclass(frozen=True)
class Company:
    """What the company did; `who` is the system that acted, if one is known."""

    name: str
    events: str
    who: str = ""


def quotes(rows: list[Row], mood: Mood) -> list[Quote]:
    """Return one quote: the one on the side of the stage's emotion."""
    if mood.answers < FEW_ANSWERS or not rows:
        return []
    bad = (mood.emotion or 0) < 0
    best = max(rows, key=lambda row: (row.emotion < 0) == bad)
    side = "neg" if best.emotion < 0 else "pos" if best.emotion > 0 else "neu"
    said = best.answered_at
    origin = f"{words.label(best.feedback or 'feedback')}, {said.day} {said:%b %Y}"
    text = " ".join(best.text.split())
    return [Quote(words.shorten(text, QUOTE_LETTERS), text, side, origin)]


def touchpoints(rows: list[Row], customers: int) -> tuple[list[Touchpoint], int]:
    """Return the touchpoints that most customers met, and how many there are more."""
    shown = [
        Touchpoint(
            words.label(row.name),
            words.label(row.channel or "several channels").lower(),
            words.rough(row.customers / customers) if customers else "",
            words.count(row.customers),
        )
        for row in rows[:TOUCHPOINTS]
    ]
    return shown, max(0, len(rows) - TOUCHPOINTS)


def drop_offs(rows: list[Row], losses: list[Loss]) -> list[DropOff]:
    """Return the drop-offs at the stage's steps, with their rank by cost."""
    ranks = {loss.step_index: loss.rank for loss in reversed(losses)}
    return [
        DropOff(
            row.drop_rate,
            words.label(row.step),
            words.percent(row.drop_rate, row.at_risk),
            words.interval(row.drop_rate_low, row.drop_rate_high, row.at_risk),
            f"{words.count(row.dropped_at_risk)} of {words.count(row.at_risk)} left, "
            f"{words.count(row.in_progress)} in progress",
            ranks.get(row.step_index),
        )
        for row in rows
        if row.drop_rate is not None
    ]


def stay(rows: list[Row]) -> Stay | None:
    """Return the time in a stage, if any journey stayed."""
    if not rows:
        return None
    row = rows[0]
    return Stay(
        draw_span(row.p50_seconds, row.p90_seconds),
        words.duration(row.p50_seconds),
        words.duration(row.p90_seconds),
        words.count(row.journeys),
    )


def company_acts(rows: list[Row], most: int) -> list[Company]:
    """Return what the company did most."""
    return [
        Company(
            words.label(row.name), words.count(row.events), words.label(row.who or "")
        )
        for row in rows[:most]
    ]
