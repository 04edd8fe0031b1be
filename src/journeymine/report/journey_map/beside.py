"""All personas side by side: who comes how far, what it feels like, what hurts."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Persona
from journeymine.report.journey_map.bars import LEAST_DRAWN
from journeymine.report.journey_map.maps import Map
from journeymine.report.journey_map.material import Material


@dataclass(frozen=True)
class Cell:
    """One persona in one stage."""

    customers: str
    drop_off: str
    emotion: str
    side: str
    pain: str


@dataclass(frozen=True)
class Line:
    """One persona across all stages."""

    label: str
    size: str
    cells: list[Cell]


@dataclass(frozen=True)
class Beside:
    """The tab that compares; `key` and `label` are those of its tab."""

    stages: list[str]
    lines: list[Line]
    key: str = "side"
    label: str = "Side by side"


def read_beside(
    maps: list[Map], personas: tuple[Persona, ...], material: Material
) -> Beside | None:
    """Return the comparison; None where there is only one map."""
    if len(maps) < 2:
        return None
    lines = [
        Line(one.label, one.profile.size, _cells(one, persona, material))
        for one, persona in zip(maps, personas, strict=True)
    ]
    return Beside([words.label(stage) for stage in material.stages], lines)


def _cells(one: Map, persona: Persona, material: Material) -> list[Cell]:
    cells = []
    for stage, column in zip(material.stages, one.columns, strict=True):
        seen = material.size(persona.key, stage)
        mood = column.mood
        worst = max(column.drop_offs, key=lambda each: each.share, default=None)
        side = "neg" if (mood.high or 0) < 0 else "pos" if (mood.low or 0) > 0 else ""
        first = [loss.own_pain for loss in column.pains]
        first += [pain.text for pain in column.further]
        cells.append(
            Cell(
                words.rough(seen / persona.customers) if persona.customers else "",
                f"{words.MINUS}{worst.rate}"
                if worst and worst.share >= LEAST_DRAWN
                else "",
                words.signed(mood.emotion) if mood.emotion is not None else "",
                side,
                first[0] if first else "",
            )
        )
    return cells
