"""The journey map as a grid of stages and lanes, for everyone and for each persona.

Every hand-out is written from this one reading of the published tables.
"""

from dataclasses import dataclass

from journeymine.exports.sheet import Rows, Sheet, read_sheet
from journeymine.report import words
from journeymine.report.cells import model as cells
from journeymine.report.cells import rows as cell_rows
from journeymine.report.cells.homes import WHOLE, read_homes
from journeymine.report.cells.texts import one_line
from journeymine.report.facts import Facts, Persona
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

TABLES = (
    *("fct_drop_offs", "fct_experience", "fct_feedback_texts", "fct_kpis"),
    *("fct_pain_points", "fct_stages", "fct_touchpoints"),
)
"""What lanes are told from."""

NAME, PROFILE = 80, 300
"""Letters of a name, and of what is said of a persona."""


@dataclass(frozen=True)
class Stage:
    """A column of the map; the one without a key holds what is about all stages.

    `customers` is null where it is withheld or has no meaning; times are of a stay.
    """

    key: str
    name: str
    customers: int | None
    share: float | None
    steps: tuple[cells.Step, ...]
    emotion: cells.Emotion | None
    unasked: cells.Emotion | None
    quotes: tuple[cells.Quote, ...]
    touchpoints: tuple[cells.Touchpoint, ...]
    median_seconds: float | None
    p90_seconds: float | None
    pains: tuple[cells.Pain, ...]
    kpis: tuple[cells.Kpi, ...]
    notes: tuple[cells.Note, ...]
    company: tuple[cells.Act, ...]


@dataclass(frozen=True)
class Map:
    """The map of one persona, or of all customers (`all`)."""

    persona: str
    name: str
    customers: int
    share: float
    profile: str
    stages: tuple[Stage, ...]
    whole: Stage


@dataclass(frozen=True)
class Grid:
    """The maps of a project; `funnel` is the one whose steps stand on them.

    `hidden` names the tables that are withheld whole, for the sake of few people.
    """

    project: str
    period: str
    complete_to: str
    currency: str
    withheld: str
    hidden: frozenset[str]
    funnel: str
    unit: str
    maps: tuple[Map, ...]


def read_grid(ground: Ground) -> Grid:
    """Return the maps; without stages each has its last column only."""
    facts, funnel = ground.facts, ground.main
    homes = read_homes(ground.tables, facts.stages)
    sheet = read_sheet(ground.tables, homes, funnel.key if funnel else "")
    return Grid(
        project=one_line(facts.project, NAME),
        period=facts.period,
        complete_to=facts.complete_to,
        currency=facts.currency,
        withheld=facts.withheld,
        hidden=frozenset(filter(ground.tables.is_withheld, TABLES)),
        funnel=words.label(funnel.key) if funnel else "",
        unit=funnel.unit if funnel else "customers",
        maps=tuple(_map(one, facts, sheet) for one in facts.personas),
    )


def _map(persona: Persona, facts: Facts, sheet: Sheet) -> Map:
    return Map(
        persona=persona.key,
        name=one_line(persona.label, NAME),
        customers=persona.customers,
        share=persona.share,
        profile=one_line(persona.profile, PROFILE),
        stages=tuple(_stage(persona, one, facts, sheet) for one in facts.stages),
        whole=_stage(persona, WHOLE, facts, sheet),
    )


def _stage(persona: Persona, stage: str, facts: Facts, sheet: Sheet) -> Stage:
    key = persona.key, stage
    customers = _customers(persona, stage, facts, sheet)
    stays = sheet.stays[key]
    asked, unasked = _moods(sheet.moods[key])
    return Stage(
        key=stage,
        name=one_line(words.label(stage), NAME) if stage else "Whole journey",
        customers=customers,
        share=_share(customers, persona.customers),
        steps=tuple(
            cell_rows.step(row, sheet.losses.get((row.persona, row.step_index)))
            for row in sheet.steps[key]
        ),
        emotion=asked,
        unasked=unasked,
        quotes=tuple(map(cell_rows.quote, sheet.quotes[key])),
        touchpoints=tuple(
            cells.Touchpoint(words.label(row.name), row.channel or "", row.customers)
            for row in sheet.touchpoints[key]
        ),
        median_seconds=stays[0].p50_seconds if stays else None,
        p90_seconds=stays[0].p90_seconds if stays else None,
        pains=_pains(persona, stage, facts, sheet),
        kpis=tuple(map(cell_rows.kpi, sheet.kpis[key])),
        notes=tuple(map(cell_rows.note, _shown(sheet.notes, persona, stage))),
        company=tuple(
            cells.Act(words.label(row.name), int(row.events))
            for row in sheet.company[key]
        ),
    )


def _customers(persona: Persona, stage: str, facts: Facts, sheet: Sheet) -> int | None:
    if not stage:
        return persona.customers
    rows = sheet.customers[persona.key, stage]
    if rows:
        return int(rows[0].customers)
    return None if facts.withheld else 0


def _share(some: int | None, of: int) -> float | None:
    return None if some is None or not of else some / of


def _moods(rows: list[Row]) -> tuple[cells.Emotion | None, cells.Emotion | None]:
    """Return what asked customers feel, and what others said unasked."""
    found = {bool(row.is_solicited): cell_rows.emotion(row) for row in rows}
    return found.get(True), found.get(False)


def _pains(
    persona: Persona, stage: str, facts: Facts, sheet: Sheet
) -> tuple[cells.Pain, ...]:
    rows = _shown(sheet.pains, persona, stage)
    return tuple(
        cell_rows.pain(row, sheet.opportunities.get(row.rank), facts, sheet.funnel)
        for row in sorted(rows, key=lambda row: int(row.rank))
    )


def _shown(placed: Rows, persona: Persona, stage: str) -> list[Row]:
    """Return the rows of a persona; the map of everyone has those of each of them."""
    own = {persona.key}
    if persona.key == cell_rows.ALL:
        own |= {key for key, _ in placed}
    return [row for key in sorted(own) for row in placed.get((key, stage), ())]
