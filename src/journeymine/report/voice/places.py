"""Where it feels good and bad: touchpoint by touchpoint, asked and unasked apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.reader import Row
from journeymine.report.voice.blocks import (
    Block,
    known_of,
    read_blocks,
    side_of,
    touchpoint_name,
)
from journeymine.report.voice.measures import (
    CES,
    CSAT,
    EMOTION,
    FEW_ANSWERS,
    NPS,
    Measure,
)

LISTED = 40
HEAD = (
    "Touchpoint", "Asked", "Answers", "Emotion", "95% interval", "Sent", "Answered",
    "NPS", "CSAT", "CES",
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """What customers feel about touchpoints; `answer` is empty if none is bad."""

    answer: str
    title: str
    caption: str
    blocks: list[Block]
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def read_places(rows: Sequence[Row]) -> Places | None:
    """Return the touchpoints by emotion; None if nobody said anything about one."""
    if not any(row.answers for row in rows):
        return None
    told = sorted(
        (row for row in rows if row.answers or row.sent),
        key=lambda row: (-(row.answers or 0), row.name, not row.is_solicited),
    )
    worst = clearly_worst(rows)
    return Places(
        answer=answer(worst) if worst else "",
        title=title(rows),
        caption=caption(worst),
        blocks=list(read_blocks(rows)),
        head=HEAD,
        rows=[_row(row) for row in told[:LISTED]],
    )


def clearly_worst(rows: Sequence[Row]) -> Row | None:
    """Return the lowest emotion of those whose whole interval is below zero."""
    bad = [row for row in known_of(rows) if side_of(row) == "neg"]
    return bad[0] if bad else None


def answer(worst: Row) -> str:
    """Say about what customers feel worst, and how sure that is."""
    unasked = "" if worst.is_solicited else " unasked"
    return (
        f"Customers feel worst about “{touchpoint_name(worst.name)}”{unasked}:"
        f" {EMOTION.told(worst)} ({EMOTION.evidence(worst)})"
    )


def title(rows: Sequence[Row]) -> str:
    """Name the touchpoint that is clearly felt as worst, if there is one."""
    worst = clearly_worst(rows)
    if worst:
        return f"“{touchpoint_name(worst.name)}” feels worst, at {EMOTION.told(worst)}"
    if not known_of(rows):
        return f"No touchpoint has {FEW_ANSWERS} answers yet"
    return "No touchpoint is clearly felt as bad"


def caption(worst: Row | None) -> str:
    """Say how sure the title is, and what is drawn."""
    sure = f"{EMOTION.evidence(worst)}. " if worst else ""
    return (
        f"{sure}Emotion by touchpoint, {words.MINUS}1 to +1 from bad to good, with 95%"
        " interval; coloured where the interval leaves out 0."
    )


def _row(row: Row) -> tuple[str, ...]:
    return (
        touchpoint_name(row.name),
        "asked" if row.is_solicited else "unasked",
        words.count(row.answers),
        EMOTION.told(row),
        EMOTION.inside(row) or words.NOTHING,
        words.count(row.sent),
        words.percent(row.response_rate, row.sent),
        *(_with_n(measure, row) for measure in (NPS, CSAT, CES)),
    )


def _with_n(measure: Measure, row: Row) -> str:
    if measure.value(row) is None:
        return measure.told(row)
    return f"{measure.told(row)}, {words.cases(measure.n(row))}"
