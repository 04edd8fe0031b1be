"""The rows that the journey map is made of, by persona and stage."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from journeymine.report import queries
from journeymine.report.facts import Facts
from journeymine.report.journey_map import queries as lanes
from journeymine.report.losses import Loss, Losses
from journeymine.report.reader import Row, Tables

Group = dict[tuple[str, str], list[Row]]


@dataclass(frozen=True)
class Material:
    """The rows of all lanes, by persona and stage."""

    stages: tuple[str, ...]
    funnel: Group
    drop_offs: Group
    customers: Group
    moods: Group
    touchpoints: Group
    stays: Group
    quotes: Group
    losses: list[Loss]

    def size(self, persona: str, stage: str) -> int:
        """Return the customers of a persona who were seen in a stage."""
        rows = self.customers[persona, stage]
        return rows[0].customers if rows else 0

    def loss(self, step: Row) -> Row | None:
        """Return the drop-off at a step of the funnel."""
        for (persona, _), rows in self.drop_offs.items():
            for row in rows if persona == step.persona else []:
                if row.step_index == step.step_index:
                    return row
        return None

    def has_funnel(self, persona: str) -> bool:
        """Whether a step of the funnel stands on this persona's map."""
        return any(key == persona and rows for (key, _), rows in self.funnel.items())


def read_material(
    tables: Tables, facts: Facts, funnel: str | None, losses: Losses
) -> Material:
    """Return the rows of all lanes; steps stand in the stage of their activities."""
    homes = {
        row.step_index: row.stage
        for row in tables.rows(lanes.FUNNEL_STAGES)
        if row.funnel == funnel
    }

    def steps(query: str) -> Group:
        mine = (row for row in tables.rows(query) if row.funnel == funnel)
        return _grouped(mine, lambda row: homes.get(row.step_index))

    def by_stage(query: str) -> Group:
        return _grouped(tables.rows(query), lambda row: row.stage)

    return Material(
        stages=facts.stages,
        funnel=steps(queries.FUNNEL),
        drop_offs=steps(queries.DROP_OFFS),
        customers=by_stage(lanes.STAGE_CUSTOMERS),
        moods=_grouped(tables.rows(queries.EXPERIENCE), lambda row: row.name),
        touchpoints=by_stage(lanes.TOUCHPOINTS),
        stays=by_stage(lanes.STAGE_TIMES),
        quotes=by_stage(lanes.QUOTES),
        losses=[loss for loss in losses.worst if loss.funnel == funnel],
    )


def _grouped(rows: Iterable[Row], stage_of: Callable[[Row], str | None]) -> Group:
    groups: Group = defaultdict(list)
    for row in rows:
        groups[row.persona, stage_of(row) or ""].append(row)
    return groups
