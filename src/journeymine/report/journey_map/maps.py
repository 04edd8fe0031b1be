"""The journey map: one column per stage, one row per lane, one table per persona."""

from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.journey_map import empathy
from journeymine.report.journey_map.bars import hidden_steps, place_bars
from journeymine.report.journey_map.cells import Company, company_acts
from journeymine.report.journey_map.columns import Column, Source, column
from journeymine.report.journey_map.emotion import draw_emotion
from journeymine.report.journey_map.material import Material
from journeymine.report.journey_map.moods import read_moods
from journeymine.report.journey_map.people import People
from journeymine.report.journey_map.placed import Placed
from journeymine.report.journey_map.profile import Profile
from journeymine.report.journey_map.targets import Target, targets
from journeymine.report.journey_map.volume import draw_volume


@dataclass(frozen=True)
class Map:
    """The journey map of one persona."""

    key: str
    label: str
    profile: Profile
    volume: Markup
    emotion: Markup
    has_funnel: bool
    hidden: str
    columns: list[Column]
    company_elsewhere: list[Company]
    targets: list[Target]
    empathy: empathy.Empathy


def read_maps(
    facts: Facts, material: Material, placed: Placed, people: People
) -> list[Map]:
    """Return the map of everyone and of each persona; none without stages."""
    if not facts.stages:
        return []
    return [
        _map(Source(one, facts, material, placed), people) for one in facts.personas
    ]


def map_title(maps: list[Map], facts: Facts) -> str:
    """Return the finding of the map: where it feels worst, or that nobody said."""
    if not maps:
        return "No stages are defined"
    felt = [one for one in maps[0].columns if one.mood.emotion is not None]
    if not felt:
        stages = words.plural(len(facts.stages), "stage", "stages")
        return f"{stages}; what customers feel there is not known"
    worst = min(felt, key=lambda one: one.mood.emotion or 0.0)
    level = words.signed(worst.mood.emotion)
    if worst.feeling:
        return f"{worst.stage} is the low point of the journey, at {level}"
    return f"No stage is clearly felt as bad; the lowest is {worst.stage}, at {level}"


def _map(source: Source, people: People) -> Map:
    persona, material = source.persona, source.material
    moods = read_moods(persona, material)
    spoke = any(mood.answers or mood.beside for mood in moods)
    columns = [
        column(source, stage, mood)
        for stage, mood in zip(material.stages, moods, strict=True)
    ]
    return Map(
        key=persona.key,
        label=persona.label,
        profile=people.profiles[persona.key],
        volume=draw_volume(place_bars(persona, material), 1 / len(material.stages)),
        emotion=draw_emotion(moods) if spoke else Markup(""),
        has_funnel=material.has_funnel(persona.key),
        hidden=", ".join(
            words.label(row.step) for row in hidden_steps(persona, material)
        ),
        columns=columns,
        company_elsewhere=company_acts(
            source.placed.company.get((persona.key, ""), []), 6
        ),
        targets=targets(source.placed, source.facts, (persona.key, "")),
        empathy=empathy.Empathy(
            does=empathy.does(
                people.does[persona.key], persona, source.facts.customers
            ),
            says=empathy.says([one.quotes for one in columns]),
            feels=empathy.feels(
                people.nps[persona.key],
                list(zip(material.stages, moods, strict=True)),
            ),
            struggles=empathy.struggles(source.placed, source.facts, persona.key),
        ),
    )
