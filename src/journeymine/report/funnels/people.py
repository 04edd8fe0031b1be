"""The people behind the cells of a funnel: the first of them, and how to list all."""

from collections import defaultdict
from dataclasses import dataclass

from journeymine.records import quoted
from journeymine.report import words
from journeymine.report.funnels import queries
from journeymine.report.funnels.funnel import Funnel
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

CELLS = {"dropped": "Dropped after", "in_progress": "In progress after"}
ALL = """
select depth, state, unit_id, customer_id, entered_at, last_step_at
from fct_funnel_units
where {conditions}
order by depth, state, last_step_at desc, unit_id, attempt_index
"""


@dataclass(frozen=True)
class Cell:
    """Those who came to a step and no further."""

    name: str
    units: str
    first: list[str]


@dataclass(frozen=True)
class People:
    """The people of one persona in a funnel, and the query that lists them all."""

    key: str
    cells: list[Cell]
    query: str


def read_people(ground: Ground) -> dict[str, list[People]]:
    """Return who is behind the cells, per funnel and persona: none if withheld."""
    if ground.tables.is_withheld("fct_funnel_units"):
        return {}
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ground.tables.rows(queries.PEOPLE):
        rows[row.funnel, row.persona].append(row)
    return {
        funnel.key: [
            _people(funnel, panel.key, rows[funnel.key, panel.key])
            for panel in funnel.panels
            if rows[funnel.key, panel.key]
        ]
        for funnel in ground.funnels
    }


def _people(funnel: Funnel, persona: str, rows: list[Row]) -> People:
    cells = [
        Cell(
            f"{CELLS[row.state]} {row.step_index}. {words.label(row.step)}",
            words.count(row.units),
            row.first_ids,
        )
        for row in rows
    ]
    conditions = {"funnel": funnel.key, "persona": persona}
    written = [
        f"{column} = {quoted(value)}"
        for column, value in conditions.items()
        if value != "all"
    ]
    states = ", ".join(quoted(state) for state in CELLS)
    written.append(f"state in ({states})")
    return People(persona, cells, ALL.format(conditions="\n    and ".join(written)))
