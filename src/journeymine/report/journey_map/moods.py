"""What each stage feels like: asked answers, and the unasked beside them."""

from dataclasses import replace

from journeymine.report import words
from journeymine.report.facts import Persona
from journeymine.report.journey_map.emotion import FEW_ANSWERS, Mood
from journeymine.report.journey_map.material import Material
from journeymine.report.reader import Row


def read_moods(persona: Persona, material: Material) -> list[Mood]:
    """Return what each stage feels like: asked answers, and the unasked beside.

    Where nobody was asked, the line is of the unasked ones.
    """
    rows = {
        (stage, row.is_solicited): row
        for stage in material.stages
        for row in material.moods[persona.key, stage]
    }
    asked = any(is_asked and row.answers for (_, is_asked), row in rows.items())
    return [
        _mood(
            rows.get((stage, asked)),
            rows.get((stage, False)) if asked else None,
            (number + 0.5) / len(material.stages),
        )
        for number, stage in enumerate(material.stages)
    ]


def _mood(row: Row | None, other: Row | None, at: float) -> Mood:
    beside = ""
    if other is not None and (other.answers or 0) >= FEW_ANSWERS:
        n = words.cases(other.answers)
        beside = f"unasked {words.signed(other.emotion)}, {n}"
    if row is None:
        return Mood(at, 0, beside=beside)
    response = ""
    if row.response_rate is not None:
        response = f"{words.percent(row.response_rate)} answer"
    mood = Mood(at, row.answers or 0, response=response, beside=beside)
    if mood.answers < FEW_ANSWERS or row.emotion is None:
        return mood
    low, high = row.emotion_low, row.emotion_high
    return replace(mood, emotion=row.emotion, low=low, high=high)


def feeling(mood: Mood) -> str:
    """Say how bad a stage feels, if its whole interval is below zero."""
    if mood.high is None or mood.high >= 0:
        return ""
    bounds = words.between(mood.low, mood.high)
    return f"{words.signed(mood.emotion)} ({bounds}), {words.cases(mood.answers)}"
