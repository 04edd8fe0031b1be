"""The journey map: one column per stage, one row per lane, one table per persona."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.facts import Facts, Persona
from journeymine.report.journey_map.bars import place_bars
from journeymine.report.journey_map.cells import (
    Company,
    DropOff,
    Quote,
    Stay,
    Touchpoint,
    company_acts,
    drop_offs,
    quotes,
    stay,
    touchpoints,
)
from journeymine.report.journey_map.emotion import FEW_ANSWERS, Mood, draw_emotion
from journeymine.report.journey_map.material import Material, read_material
from journeymine.report.journey_map.profile import Profile, read_profiles
from journeymine.report.journey_map.volume import draw_volume
from journeymine.report.losses import Loss, Losses
from journeymine.report.reader import Row, Tables


@dataclass(frozen=True)
class Column:
    """One stage of one persona's map: the cells of the written lanes."""

    stage: str
    steps: str
    quotes: list[Quote]
    answers: int
    touchpoints: list[Touchpoint]
    more: int
    drop_offs: list[DropOff]
    stay: Stay | None
    pains: list[Loss]
    mood: Mood
    feeling: str
    company: list[Company]


@dataclass(frozen=True)
class Map:
    """The journey map of one persona."""

    key: str
    label: str
    profile: Profile
    volume: Markup
    emotion: Markup
    has_funnel: bool
    columns: list[Column]
    company_elsewhere: list[Company]


def read_maps(
    tables: Tables, facts: Facts, funnel: str | None, losses: Losses
) -> list[Map]:
    """Return the map of everyone and of each persona.

    Parameters
    ----------
    funnel
        The funnel whose steps stand on the map; None if the project has none.
    """
    if not facts.stages:
        return []
    material = read_material(tables, facts, funnel, losses)
    profiles = read_profiles(tables, facts)
    return [_map(one, material, profiles[one.key]) for one in facts.personas]


def map_title(maps: list[Map], facts: Facts) -> str:
    """Return the finding of the map: where it feels worst, or that nobody said."""
    if not maps:
        return "No stages are defined"
    felt = [column for column in maps[0].columns if column.mood.emotion is not None]
    if not felt:
        stages = words.plural(len(facts.stages), "stage", "stages")
        return f"{stages}; what customers feel there is not known"
    worst = min(felt, key=lambda column: column.mood.emotion or 0.0)
    level = words.signed(worst.mood.emotion)
    if worst.feeling:
        return f"{worst.stage} is the low point of the journey, at {level}"
    return f"No stage is clearly felt as bad; the lowest is {worst.stage}, at {level}"


def _map(persona: Persona, material: Material, profile: Profile) -> Map:
    moods = _moods(persona, material)
    spoke = any(mood.answers or mood.beside for mood in moods)
    return Map(
        key=persona.key,
        label=persona.label,
        profile=profile,
        volume=draw_volume(place_bars(persona, material), 1 / len(material.stages)),
        emotion=draw_emotion(moods) if spoke else Markup(""),
        has_funnel=any(key[0] == persona.key for key in material.funnel),
        columns=[
            _column(persona, stage, material, mood)
            for stage, mood in zip(material.stages, moods, strict=True)
        ],
        company_elsewhere=company_acts(material.company[persona.key, ""], 6),
    )


def _moods(persona: Persona, material: Material) -> list[Mood]:
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
    if other is not None and other.answers >= FEW_ANSWERS:
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


def _column(persona: Persona, stage: str, material: Material, mood: Mood) -> Column:
    key = persona.key, stage
    steps = material.funnel[key]
    pains = _pains(persona, steps, material.losses)
    touched, more = touchpoints(material.touchpoints[key], material.size(*key))
    return Column(
        stage=words.label(stage),
        steps=", ".join(words.label(row.step) for row in steps),
        quotes=quotes(material.quotes[key], mood),
        answers=mood.answers,
        touchpoints=touched,
        more=more,
        drop_offs=drop_offs(
            material.drop_offs[key], [loss for loss in pains if loss.is_of(persona.key)]
        ),
        stay=stay(material.stays[key]) if material.size(*key) else None,
        pains=pains,
        mood=mood,
        feeling=_feeling(mood),
        company=company_acts(material.company[key], 3),
    )


def _pains(persona: Persona, steps: list[Row], losses: list[Loss]) -> list[Loss]:
    """Return the worst drop-offs at these steps; everyone's map shows all of them."""
    numbers = {row.step_index for row in steps}
    return [
        loss
        for loss in losses
        if loss.step_index in numbers
        and (persona.key == "all" or loss.is_of(persona.key))
    ]


def _feeling(mood: Mood) -> str:
    """Say how bad a stage feels, if its whole interval is below zero."""
    if mood.high is None or mood.high >= 0:
        return ""
    bounds = words.between(mood.low, mood.high)
    return f"{words.signed(mood.emotion)} ({bounds}), {words.cases(mood.answers)}"
