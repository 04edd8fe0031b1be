"""The headline figures of a persona, and how many answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.reader import Row
from journeymine.report.voice.measures import (
    EMOTION,
    FEW_ANSWERS,
    MEASURES,
    NOT_KNOWN,
    Measure,
)


@dataclass(frozen=True)
class Score:
    """One headline figure: what, how much, how sure, and what else."""

    term: str
    value: str
    evidence: str
    note: str


def scores(rows: Sequence[Row]) -> list[Score]:
    """Return each measure of those who were asked; else of what came unasked."""
    return [_score(measure, rows) for measure in MEASURES]


def lead(rows: Sequence[Row]) -> str:
    """Say how many answered, asked and unasked apart."""
    parts = []
    asked, unasked = (_of(rows, is_asked) for is_asked in (True, False))
    if asked is not None and asked.answers:
        parts.append(f"{_many(asked)} that were asked for{_response(asked)}")
    if unasked is not None and unasked.answers:
        parts.append(f"{_many(unasked)} that came unasked")
    return f"{'; '.join(parts)}. The two stand apart." if parts else ""


def has_answers(rows: Sequence[Row], least: int = 1) -> bool:
    """Whether there are so many answers, asked or not."""
    return sum(row.answers or 0 for row in rows) >= least


def _many(row: Row) -> str:
    return words.plural(row.answers, "answer", "answers")


def _response(row: Row) -> str:
    if row.response_rate is None:
        return " (how many were asked is not recorded)"
    rate = words.percent(row.response_rate, row.sent)
    if row.sent is None:  # withheld
        return f" ({rate} of the surveys were answered)"
    return f" ({rate} of {words.plural(row.sent, 'survey', 'surveys')} were answered)"


def _of(rows: Sequence[Row], is_asked: bool) -> Row | None:
    return next((row for row in rows if row.is_solicited == is_asked), None)


def _score(measure: Measure, rows: Sequence[Row]) -> Score:
    found = [row for row in rows if measure.value(row) is not None]
    term = f"{measure.name}, {measure.meaning}"
    if not found:
        few = sum(measure.n(row) for row in rows)
        why = f"Fewer than {FEW_ANSWERS} answered" if few else "Nobody was asked"
        return Score(term, NOT_KNOWN, why, "")
    row = found[0]
    note = "Asked" if row.is_solicited else "Unasked"
    if measure is EMOTION and len(found) > 1:
        note = f"Asked; unasked {measure.told(found[1])}, {measure.evidence(found[1])}"
    return Score(term, measure.told(row), measure.evidence(row), note)
