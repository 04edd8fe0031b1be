"""Pain points, targets and notes: each in the stage of the map that it belongs to."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from journeymine.report.cells import queries as cell_queries
from journeymine.report.cells.homes import WHOLE, Homes, read_homes
from journeymine.report.cells.rows import opportunities
from journeymine.report.facts import Facts
from journeymine.report.journey_map import action_queries
from journeymine.report.journey_map.notes import Note, read_notes
from journeymine.report.losses import Losses
from journeymine.report.pains import PAINS
from journeymine.report.reader import Row, Tables

Rows = dict[tuple[str, str], list[Row]]


@dataclass(frozen=True)
class Placed:
    """Rows by persona and stage.

    `numbers` are those of the opportunities, by rank. `is_ranked` where the worst
    losses are the first pain points, so that all have one rank. `funnel` is the one
    whose steps stand on the map.
    """

    pains: Rows
    kpis: Rows
    owners: Rows
    friction: Rows
    company: Rows
    notes: list[Note]
    numbers: dict[int, int]
    withheld: frozenset[str]
    is_ranked: bool
    funnel: str

    def shown(self, rows: Rows, persona: str, stage: str) -> list[Row]:
        """Return a persona's own rows; everyone's map has those of each persona."""
        keys = {one for one, _ in rows} if persona == "all" else {persona}
        return [row for one in sorted(keys) for row in rows.get((one, stage), [])]

    def pinned(self, stage: str) -> list[Note]:
        """Return the notes that hang on something in a stage."""
        return [note for note in self.notes if note.stage == stage and stage]


def read_placed(tables: Tables, facts: Facts, losses: Losses, funnel: str) -> Placed:
    """Return what hurts, what to do and who does it, by persona and stage."""
    homes = read_homes(tables, facts.stages)
    ends = _ends(homes)
    pains = tables.rows(cell_queries.PAIN_POINTS)
    told = tables.rows(cell_queries.NOTES)
    return Placed(
        pains=_placed(pains, homes.of_pain),
        kpis=_placed(
            tables.rows(cell_queries.KPIS),
            lambda row: ends.get(row.metric) or homes.of_metric(row.metric),
        ),
        owners=_placed((row for row in told if not row.is_lost), homes.of_note),
        friction=_placed(
            tables.rows(action_queries.FRICTION), lambda row: row.stage or WHOLE
        ),
        company=_placed(
            tables.rows(action_queries.BACKSTAGE), lambda row: row.stage or WHOLE
        ),
        notes=read_notes(told, homes, facts),
        funnel=funnel,
        is_ranked=losses.query == PAINS,
        numbers=opportunities(pains),
        withheld=frozenset(
            table
            for table in ("fct_pain_points", "fct_kpis", "fct_notes", "fct_rework")
            if tables.is_withheld(table)
        ),
    )


def _ends(homes: Homes) -> dict[str, str]:
    """Return where each funnel's conversion belongs: into the stage of its end."""
    ends: dict[str, str] = {}
    for (funnel, _), stage in sorted(homes.steps.items()):
        ends[f"funnel.{funnel}.conversion"] = stage
    return ends


def _placed(rows: Iterable[Row], home: Callable[[Row], str]) -> Rows:
    placed: Rows = defaultdict(list)
    for row in rows:
        placed[row.persona, home(row)].append(row)
    return placed
