"""The rows that the grid of a map is made of."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from journeymine.report import queries
from journeymine.report.cells import queries as cell_queries
from journeymine.report.cells.homes import WHOLE, Homes
from journeymine.report.cells.rows import opportunities
from journeymine.report.journey_map import queries as lanes
from journeymine.report.reader import Row, Tables

Rows = dict[tuple[str, str], list[Row]]
"""Rows by persona and stage."""


@dataclass(frozen=True)
class Sheet:
    """The rows of all lanes, each by persona and stage.

    `opportunities` numbers the pain points of which is known what there is to win.
    """

    customers: Rows
    steps: Rows
    losses: dict[tuple[str, int], Row]
    moods: Rows
    quotes: Rows
    touchpoints: Rows
    stays: Rows
    pains: Rows
    kpis: Rows
    notes: Rows
    company: Rows
    opportunities: dict[int, int]
    funnel: str


def read_sheet(tables: Tables, homes: Homes, funnel: str) -> Sheet:
    """Return the rows of all lanes, with the steps of one funnel."""

    def of_stage(query: str) -> Rows:
        return _placed(tables.rows(query), lambda row: row.stage or WHOLE)

    pains = tables.rows(cell_queries.PAIN_POINTS)
    steps = [row for row in tables.rows(queries.FUNNEL) if row.funnel == funnel]
    return Sheet(
        customers=of_stage(lanes.STAGE_CUSTOMERS),
        steps=_placed(
            steps, lambda row: homes.steps.get((funnel, row.step_index), WHOLE)
        ),
        losses={
            (row.persona, row.step_index): row
            for row in tables.rows(queries.DROP_OFFS)
            if row.funnel == funnel
        },
        moods=_placed(tables.rows(queries.EXPERIENCE), lambda row: row.name),
        quotes=of_stage(lanes.QUOTES),
        touchpoints=of_stage(lanes.TOUCHPOINTS),
        stays=of_stage(lanes.STAGE_TIMES),
        pains=_placed(pains, homes.of_pain),
        kpis=_placed(
            tables.rows(cell_queries.KPIS), lambda row: homes.of_metric(row.metric)
        ),
        notes=_placed(
            (row for row in tables.rows(cell_queries.NOTES) if not row.is_lost),
            homes.of_note,
        ),
        company=of_stage(lanes.BACKSTAGE),
        opportunities=opportunities(pains),
        funnel=funnel,
    )


def _placed(rows: Iterable[Row], home: Callable[[Row], str]) -> Rows:
    placed: Rows = defaultdict(list)
    for row in rows:
        placed[row.persona, home(row)].append(row)
    return placed
