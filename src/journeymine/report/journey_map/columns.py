"""One stage of one persona's map: the cells of the written lanes."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts, Persona
from journeymine.report.journey_map.action import (
    Opportunity,
    Pain,
    opportunities,
    owners,
    pains,
)
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
from journeymine.report.journey_map.emotion import Mood
from journeymine.report.journey_map.friction import Friction, frictions
from journeymine.report.journey_map.material import Material
from journeymine.report.journey_map.moods import feeling
from journeymine.report.journey_map.notes import Note
from journeymine.report.journey_map.placed import Placed
from journeymine.report.journey_map.targets import Target, targets
from journeymine.report.losses import Loss
from journeymine.report.reader import Row


@dataclass(frozen=True)
class Column:
    """One stage: `pains` are the worst losses, `further` the other pain points."""

    stage: str
    steps: str
    quotes: list[Quote]
    answers: int
    touchpoints: list[Touchpoint]
    more: int
    drop_offs: list[DropOff]
    frictions: list[Friction]
    stay: Stay | None
    pains: list[Loss]
    further: list[Pain]
    pains_left: int
    mood: Mood
    feeling: str
    opportunities: list[Opportunity]
    opportunities_left: int
    targets: list[Target]
    owners: list[str]
    notes: list[Note]
    company: list[Company]


@dataclass(frozen=True)
class Source:
    """What the cells of one persona are made of."""

    persona: Persona
    facts: Facts
    material: Material
    placed: Placed


def column(source: Source, stage: str, mood: Mood) -> Column:
    """Return the cells of a stage."""
    material, placed, facts = source.material, source.placed, source.facts
    key = source.persona.key, stage
    steps = material.funnel[key]
    losses = _losses(source.persona, steps, material.losses)
    touched, more = touchpoints(material.touchpoints[key], material.size(*key))
    further, pains_left = pains(placed, facts, key, losses)
    wins, wins_left = opportunities(placed, facts, key)
    shown = {one.note.number for one in wins if one.note}
    return Column(
        stage=words.label(stage),
        steps=", ".join(words.label(row.step) for row in steps),
        quotes=quotes(material.quotes[key], mood),
        answers=mood.answers,
        touchpoints=touched,
        more=more,
        drop_offs=drop_offs(
            material.drop_offs[key], [one for one in losses if one.is_of(key[0])]
        ),
        frictions=frictions(placed.friction.get(key, [])),
        stay=stay(material.stays[key]) if material.size(*key) else None,
        pains=[] if placed.is_ranked else losses,
        further=further,
        pains_left=pains_left,
        mood=mood,
        feeling=feeling(mood),
        opportunities=wins,
        opportunities_left=wins_left,
        targets=targets(placed, facts, key),
        owners=owners(placed, key),
        notes=[one for one in placed.pinned(stage) if one.number not in shown],
        company=company_acts(placed.company.get(key, []), 3),
    )


def _losses(persona: Persona, steps: list[Row], losses: list[Loss]) -> list[Loss]:
    """Return the worst drop-offs at these steps; everyone's map shows all of them."""
    numbers = {row.step_index for row in steps}
    return [
        loss
        for loss in losses
        if loss.step_index in numbers
        and (persona.key == "all" or loss.is_of(persona.key))
    ]
