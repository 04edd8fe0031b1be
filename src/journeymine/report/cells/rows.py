"""Rows of the published tables as cells of the map."""

from collections.abc import Sequence
from hashlib import sha256

from journeymine.report import words
from journeymine.report.cells.homes import PATHS
from journeymine.report.cells.model import Emotion, Kpi, Note, Pain, Quote, Step
from journeymine.report.cells.texts import one_line
from journeymine.report.facts import Facts
from journeymine.report.reader import Row

FEW_ANSWERS = 5
"""Of fewer answers no emotion is told, only how many there are."""

LETTERS = 60
"""Of the name of a place."""

ALL, LEAVE = "all", ".drop_rate"

KINDS = {
    "step": ("Leave after", ""),
    "touchpoint": ("End at", ""),
    "loop": ("Do again", ""),
    "transition": ("Go from", "to"),
    "switch": ("Change channel from", "to"),
    "wait": ("Wait at", "for"),
    "feeling": ("Feel worse about", ""),
}
"""How a pain point is told: before its place, and before where they go."""


def step(row: Row, loss: Row | None) -> Step:
    """Return a step of the funnel with who leaves after it."""
    told = (row.step_index, _short(row.step), row.entered, row.reached)
    if loss is None:
        return Step(*told, row.in_progress or 0)
    return Step(
        *told,
        row.in_progress or 0,
        loss.at_risk,
        loss.dropped_at_risk,
        loss.drop_rate,
        loss.drop_rate_low,
        loss.drop_rate_high,
    )


def emotion(row: Row) -> Emotion:
    """Return what customers feel; without a value where too few answered."""
    answers = row.answers or 0
    if answers < FEW_ANSWERS:
        return Emotion(answers, None, None, None, row.is_solicited)
    told = row.emotion, row.emotion_low, row.emotion_high
    return Emotion(answers, *told, row.is_solicited)


def quote(row: Row) -> Quote:
    """Return what one customer said, on one line."""
    origin = f"{words.label(row.feedback or 'feedback')}, {row.answered_at:%Y-%m-%d}"
    return Quote(" ".join(row.text.split()), row.emotion, origin)


def kpi(row: Row) -> Kpi:
    """Return a measure with its target."""
    return Kpi(
        metric=row.metric,
        objective=row.objective,
        name=metric_name(row.metric),
        meaning=row.words,
        unit=row.unit,
        direction=row.direction,
        cases=row.n or 0,
        value=row.value,
        low=row.value_low,
        high=row.value_high,
        target=row.target,
        target_by=row.target_by,
        status=(row.status or "").replace("_", " "),
        owner=row.owner or "",
    )


def metric_name(metric: str) -> str:
    """Return the name of a measure as words: `Checkout conversion`."""
    kind, _, rest = metric.partition(".")
    funnel, _, what = rest.partition(".")
    if kind == "funnel" and what.endswith(LEAVE):
        step = _short(what.removesuffix(LEAVE))
        return f"{_short(funnel)}: drop-off after {step}"
    return words.label((rest if kind == "funnel" else metric).replace(".", " "))


def note(row: Row) -> Note:
    """Return a note of the team."""
    told = (row.text, row.owner, row.effort, row.status, row.place)
    return Note(row.note_id, row.kind, *(one or "" for one in told))


def pain(row: Row, opportunity: int | None, facts: Facts, funnel: str) -> Pain:
    """Return a pain point in words; of another funnel than this one, with its name."""
    where = (row.kind, row.funnel, row.place, row.persona, row.segment)
    return Pain(
        key=sha256(repr((*where, row.segment_value)).encode()).hexdigest()[:16],
        rank=row.rank,
        kind=row.kind,
        title=_title(row),
        finding=row.finding or "",
        who=_who(row, facts, funnel),
        is_significant=bool(row.is_significant),
        opportunity=opportunity,
        uplift=row.uplift,
        value=row.value,
        value_low=row.value_low,
        value_high=row.value_high,
        effort=row.effort,
    )


def opportunities(pains: Sequence[Row]) -> dict[int, int]:
    """Return the number of each pain point with something to win, by its rank."""
    won = [row.rank for row in pains if (row.value or row.uplift or 0) > 0]
    return {rank: number for number, rank in enumerate(won, 1)}


def _title(row: Row) -> str:
    before, between = KINDS.get(row.kind, ("", ""))
    place, _, to = row.place.partition(" > ")
    if between and to:
        return f"{before} “{_short(place)}” {between} “{_short(to)}”"
    return f"{before} “{_short(row.place)}”".strip()


def _who(row: Row, facts: Facts, funnel: str) -> str:
    parts = [facts.label_of(row.persona)] if row.persona != ALL else []
    if row.segment != ALL:
        parts.append(f"{words.label(row.segment).lower()} {row.segment_value}")
    if row.funnel not in (funnel, PATHS):
        parts.append(f"funnel {words.label(row.funnel)}")
    return ", ".join(parts)


def _short(name: str) -> str:
    return one_line(words.label(name), LETTERS)
