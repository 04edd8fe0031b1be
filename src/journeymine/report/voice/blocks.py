"""Points of emotion, one per touchpoint: asked and unasked apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.whiskers import Whisker, draw_whiskers
from journeymine.report.reader import Row
from journeymine.report.voice.measures import EMOTION, FEW_ANSWERS

SHOWN = 5  # on each side
LETTERS = 48  # of a touchpoint's name
BETWEEN = " \N{MIDDLE DOT} "  # activity and channel, in the name of a touchpoint


@dataclass(frozen=True)
class Place:
    """One touchpoint of a drawing, with its figures."""

    name: str
    side: str
    value: str
    evidence: str
    response: str


@dataclass(frozen=True)
class Block:
    """The touchpoints that customers were asked about, or spoke of unasked."""

    name: str
    caption: str
    drawn: Markup
    places: list[Place]


def read_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """Yield what was said asked and unasked, where there is any."""
    for name, is_asked in (("Asked", True), ("Unasked", False)):
        some = [row for row in rows if row.is_solicited == is_asked]
        if not any(row.answers or row.sent for row in some):
            continue
        known = known_of(some)
        shown = known if len(known) <= 2 * SHOWN else known[:SHOWN] + known[-SHOWN:]
        yield Block(
            name=name,
            caption=" ".join(_remarks(some, known, shown)),
            drawn=_draw(shown, name),
            places=[_place(row) for row in shown],
        )


def known_of(rows: Sequence[Row]) -> list[Row]:
    """Return what has enough answers, worst first."""
    known = [row for row in rows if EMOTION.value(row) is not None]
    return sorted(known, key=lambda row: (row.emotion, row.name, not row.is_solicited))


def touchpoint_name(name: str) -> str:
    """Return how a touchpoint is called: `Ticket new (email)`."""
    activity, _, channel = name.partition(BETWEEN)
    told = words.label(activity)
    if channel:
        told += f" ({channel.replace('_', ' ')})"
    return words.shorten(told, LETTERS)


def side_of(row: Row) -> str:
    """Return the side of zero that the whole interval is on, if it is on one."""
    if row.emotion_high is not None and row.emotion_high < 0:
        return "neg"
    if row.emotion_low is not None and row.emotion_low > 0:
        return "pos"
    return "neu"


def _remarks(
    rows: Sequence[Row], known: Sequence[Row], shown: Sequence[Row]
) -> Iterator[str]:
    """Say what is not drawn, and why."""
    if len(shown) < len(known):
        yield f"The {SHOWN} lowest and the {SHOWN} highest of {len(known)}."
    few = sum(0 < (row.answers or 0) < FEW_ANSWERS for row in rows)
    if few:
        told = words.plural(few, "touchpoint has", "touchpoints have")
        yield f"{told} fewer than {FEW_ANSWERS} answers."
    silent = sum(row.answers == 0 and bool(row.sent) for row in rows)
    if silent:
        told = words.plural(silent, "touchpoint", "touchpoints")
        yield f"Nobody answered about {told}."
    hidden = sum(row.answers is None for row in rows)
    if hidden:
        yield f"{words.plural(hidden, 'touchpoint is', 'touchpoints are')} withheld."


def _draw(rows: Sequence[Row], block: str) -> Markup:
    if not rows:
        return Markup("")
    whiskers = [
        Whisker(
            row.emotion,
            row.emotion_low,
            row.emotion_high,
            _told(row),
            kind=side_of(row),
        )
        for row in rows
    ]
    label = f"{block}: emotion by touchpoint, worst first; the figures stand beside"
    return draw_whiskers(whiskers, -1, 1, label, zero=0)


def _told(row: Row) -> str:
    name = touchpoint_name(row.name)
    return f"{name}: {EMOTION.told(row)} ({EMOTION.evidence(row)})"


def _place(row: Row) -> Place:
    return Place(
        name=touchpoint_name(row.name),
        side=side_of(row),
        value=EMOTION.told(row),
        evidence=EMOTION.evidence(row),
        response=words.percent(row.response_rate, row.sent) if row.sent else "",
    )
