"""The funnel: who reached each step, who still may, who left."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from journeymine.report import queries, rates, words
from journeymine.report.facts import Facts
from journeymine.report.funnels import findings
from journeymine.report.funnels import queries as own
from journeymine.report.funnels.bars import draw_dots
from journeymine.report.funnels.steps import Step, step_of, with_leave
from journeymine.report.reader import Row, Tables


@dataclass(frozen=True)
class Panel:
    """The funnel of one persona."""

    key: str
    label: str
    lead: str
    goal: str
    window: str
    entered: str
    rate: rates.Rate
    rates: list[rates.Rate]
    steps: list[Step]

    @property
    def left(self) -> list[Step]:
        """The steps after which one may leave."""
        return [step for step in self.steps[:-1] if not step.is_optional]


@dataclass(frozen=True)
class Funnel:
    """One funnel, for everyone and per persona."""

    key: str
    name: str
    title: str
    lead: str
    unit: str
    panels: list[Panel]
    comparison: Markup
    comparison_title: str
    steps_title: str


def read_funnels(tables: Tables, facts: Facts) -> list[Funnel]:
    """Return the funnels in the order of the project file: the main one first."""
    losses = {
        (row.funnel, row.persona, row.step_index): row
        for row in tables.rows(queries.DROP_OFFS)
    }
    return [
        _funnel(name, personas, losses, facts)
        for name, personas in _whole(tables).items()
        if "all" in personas
    ]


def _whole(tables: Tables) -> dict[str, dict[str, list[Row]]]:
    """Return the rows by funnel and persona, of whom no required step is withheld."""
    required: dict[str, set[int]] = defaultdict(set)
    for row in tables.rows(own.REQUIRED):
        required[row.funnel].add(row.step_index)
    parts: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in tables.rows(queries.FUNNEL):
        row.is_optional = row.step_index not in required[row.funnel]
        parts[row.funnel][row.persona].append(row)
    return {
        funnel: {
            persona: rows
            for persona, rows in personas.items()
            if required[funnel] <= {row.step_index for row in rows}
        }
        for funnel, personas in parts.items()
    }


def _funnel(
    name: str,
    personas: dict[str, list[Row]],
    losses: dict[tuple[str, str, int], Row],
    facts: Facts,
) -> Funnel:
    shown = [one for one in facts.personas if one.key in personas]
    panels = [_panel(one.key, one.label, personas[one.key], losses) for one in shown]
    whole = personas["all"]
    first = whole[0]
    rows = [(one.label, personas[one.key][-1]) for one in shown]
    return Funnel(
        key=name,
        name=words.label(name),
        title=findings.title(whole, losses),
        lead=findings.lead(whole),
        unit=rates.units(first, 2),
        panels=panels,
        comparison=_compared(rows),
        comparison_title=findings.comparison_title(rows[1:]),
        steps_title=findings.steps_title(losses, name, facts),
    )


def _compared(rows: list[tuple[str, Row]]) -> Markup:
    label = "Conversion by persona with 95% interval"
    return draw_dots([row for _, row in rows], label) if len(rows) > 1 else Markup("")


def _panel(
    key: str,
    name: str,
    rows: list[Row],
    losses: dict[tuple[str, str, int], Row],
) -> Panel:
    # Counts that are withheld leave unknown what they would be added to.
    waiting = [0, *accumulate((row.in_progress for row in rows), _sum)]
    left = (_sum(row.dropped, row.excluded) for row in rows)
    gone = [0, *accumulate(left, _sum)]
    steps = [
        step_of(row, (waiting[number], gone[number]), is_first=not number)
        for number, row in enumerate(rows)
    ]
    leaves = [losses.get((row.funnel, key, row.step_index)) for row in rows[:-1]]
    return Panel(
        key=key,
        label=name,
        lead=_lead(rows, losses),
        goal=words.label(rows[-1].step),
        window=rates.window(rows[0].window_seconds),
        entered=words.count(rows[0].entered),
        rate=rates.headline(rows[-1]),
        rates=rates.all_rates(rows[-1]),
        steps=[*map(with_leave, steps, leaves), steps[-1]],
    )


def _lead(rows: list[Row], losses: dict[tuple[str, str, int], Row]) -> str:
    """Say what is told of a persona; the title tells of everyone."""
    lead = findings.lead(rows)
    if rows[0].persona == "all":
        return lead
    return f"{findings.title(rows, losses)}. {lead}"


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
