"""Which bars the volume lane shows: the funnel's steps, each in its stage."""

from journeymine.report import words
from journeymine.report.facts import Persona
from journeymine.report.journey_map.material import Material
from journeymine.report.journey_map.volume import Bar
from journeymine.report.reader import Row

WIDE = 0.26  # of a stage
LEAST_DRAWN = 0.005  # what would be written as 0% stands in the row below


def place_bars(persona: Persona, material: Material) -> list[Bar]:
    """Return the steps' bars; a stage without a step shows who was seen there."""
    bars = []
    for number, stage in enumerate(material.stages):
        rows = material.funnel[persona.key, stage]
        bars += [
            _step(row, (number + (rank + 0.5) / len(rows)), len(rows), material)
            for rank, row in enumerate(rows)
        ]
        if not rows:
            bars.append(
                Bar(
                    at=(number + 0.5) / len(material.stages),
                    wide=WIDE / len(material.stages),
                    reached=material.size(persona.key, stage),
                    of=persona.customers,
                    is_step=not material.has_funnel(persona.key),
                    # Without a funnel nobody leaves from one stage to the next.
                    is_linked=False,
                )
            )
    return bars


def _step(row: Row, place: float, beside: int, material: Material) -> Bar:
    stages = len(material.stages)
    return Bar(
        at=place / stages,
        wide=WIDE / stages / max(1, beside - 1),
        reached=row.reached,
        in_progress=row.in_progress or 0,
        of=row.entered,
        leave=_minus(material.loss(row)),
    )


def _minus(loss: Row | None) -> str:
    if loss is None or not loss.drop_rate or loss.drop_rate < LEAST_DRAWN:
        return ""
    return f"{words.MINUS}{words.rough(loss.drop_rate)}"
