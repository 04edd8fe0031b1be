"""What each persona feels at each stage."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row
from journeymine.report.voice.blocks import side_of
from journeymine.report.voice.measures import EMOTION

STEPS = 4  # of a colour's strength


@dataclass(frozen=True)
class Cell:
    """What a persona feels at a stage; `kind` is a class of the style."""

    value: str
    kind: str
    told: str


def stage_cells(rows: Sequence[Row], facts: Facts) -> list[tuple[str, list[Cell]]]:
    """Return each persona's emotion by stage: asked, else what came unasked."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row.persona, row.name].append(row)
    if not any(EMOTION.value(row) is not None for row in rows):
        return []
    return [
        (one.label, [_cell(found[one.key, stage]) for stage in facts.stages])
        for one in facts.personas
    ]


def stages_title(rows: Sequence[Row], facts: Facts) -> str:
    """Name the persona and the stage where it feels worst, if that is clear."""
    several = len(facts.personas) > 1
    bad = [
        row
        for row in rows
        if EMOTION.value(row) is not None
        and row.is_solicited
        and side_of(row) == "neg"
        and (row.persona != "all") == several
    ]
    if not bad:
        return "No stage is clearly felt as bad" + (" by anyone" if several else "")
    worst = min(bad, key=lambda row: (row.emotion, row.persona, row.name))
    who = words.shorten(facts.label_of(worst.persona), 40)
    stage = words.label(worst.name)
    return f"“{who}” feel worst in {stage}, at {EMOTION.told(worst)}"


def _cell(rows: Sequence[Row]) -> Cell:
    given = [row for row in rows if row.answers]
    given.sort(key=lambda row: (EMOTION.value(row) is None, not row.is_solicited))
    if not given:
        if any(row.answers is None for row in rows):
            return Cell("withheld", "few", "")
        return Cell(words.NOTHING, "none", "")
    row = given[0]
    if EMOTION.value(row) is None:
        return Cell(words.cases(row.answers), "few", "")
    told = EMOTION.evidence(row) + ("" if row.is_solicited else ", unasked")
    return Cell(EMOTION.told(row), _kind(row), told)


def _kind(row: Row) -> str:
    """Return the colour of the side that the whole interval is on, by its strength."""
    side = side_of(row)
    level = min(STEPS, 1 + int(STEPS * abs(row.emotion)))
    return "open" if side == "neu" else f"{side}{level}"
