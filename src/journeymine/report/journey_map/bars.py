"""Which bars the volume lane shows: the funnel's steps, each in its stage."""

from dataclasses import replace

from journeymine.report import words
from journeymine.report.facts import Persona
from journeymine.report.journey_map.material import Material
from journeymine.report.journey_map.volume import Bar
from journeymine.report.reader import Row

STEPS = 8
WIDE = 0.26  # of a stage
LEAST_DRAWN = 0.005  # what would be written as 0% stands in the row below


def place_bars(persona: Persona, material: Material) -> list[Bar]:
    """Return the steps' bars; a stage without a step shows who was seen there."""
    bars = []
    hidden = {row.step_index for row in hidden_steps(persona, material)}
    for number, stage in enumerate(material.stages):
        every = material.funnel[persona.key, stage]
        rows = [row for row in every if row.step_index not in hidden]
        for rank, row in enumerate(rows):
            bar = _step(row, number + (rank + 0.5) / len(rows), len(rows), material)
            # The slope to a later step is not what leaves after this one.
            is_cut = row.step_index + 1 in hidden
            bars.append(replace(bar, leave="") if is_cut else bar)
        if not every:
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


def hidden_steps(persona: Persona, material: Material) -> list[Row]:
    """Return the steps without room: of many, those of least volume and no pain."""
    rows = [
        row for stage in material.stages for row in material.funnel[persona.key, stage]
    ]
    hurts = {loss.step_index for loss in material.losses}
    rows.sort(key=lambda row: (row.step_index not in hurts, -row.reached))
    return sorted(rows[STEPS:], key=lambda row: int(row.step_index))


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
