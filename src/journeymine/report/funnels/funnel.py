"""The funnel: who reached each step, who still may, who left."""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate

from markupsafe import Markup

from journeymine.report import queries, rates, words
from journeymine.report.facts import Facts
from journeymine.report.funnels import findings
from journeymine.report.funnels.bars import draw_bar, draw_dots
from journeymine.report.reader import Row, Tables


@dataclass(frozen=True)
class Step:
    """One row of a funnel, as it is written."""

    name: str
    bar: Markup
    reached: str
    share: str
    in_progress: str
    dropped_before: str
    leave: str = words.NOTHING
    leave_interval: str = ""


@dataclass(frozen=True)
class Panel:
    """The funnel of one persona."""

    key: str
    label: str
    goal: str
    window: str
    entered: str
    rate: rates.Rate
    rates: list[rates.Rate]
    steps: list[Step]


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
    parts: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in tables.rows(queries.FUNNEL):
        parts[row.funnel][row.persona].append(row)
    losses = {
        (row.funnel, row.persona, row.step_index): row
        for row in tables.rows(queries.DROP_OFFS)
    }
    return [_funnel(name, parts[name], losses, facts) for name in parts]


def _funnel(
    name: str,
    personas: dict[str, list[Row]],
    losses: dict[tuple[str, str, int], Row],
    facts: Facts,
) -> Funnel:
    # Of a persona of whom steps are withheld nothing can be drawn.
    steps = len(personas["all"])
    shown = [one for one in facts.personas if len(personas.get(one.key, ())) == steps]
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
        comparison=draw_dots(rows) if len(rows) > 1 else Markup(""),
        comparison_title=findings.comparison_title(rows[1:]),
        steps_title=findings.steps_title(losses, name, facts),
    )


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
        _step(row, number, (waiting[number], gone[number]))
        for number, row in enumerate(rows)
    ]
    leaves = [losses.get((row.funnel, key, row.step_index)) for row in rows[:-1]]
    return Panel(
        key=key,
        label=name,
        goal=words.label(rows[-1].step),
        window=rates.window(rows[0].window_seconds),
        entered=words.count(rows[0].entered),
        rate=rates.headline(rows[-1]),
        rates=rates.all_rates(rows[-1]),
        steps=[*map(_with_leave, steps, leaves), steps[-1]],
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _step(row: Row, number: int, before: tuple[int | None, int | None]) -> Step:
    waiting, gone = before
    is_known = waiting is not None and gone is not None
    return Step(
        name=f"{number + 1}. {words.label(row.step)}",
        bar=draw_bar(row.reached, waiting or 0, gone or 0) if is_known else Markup(""),
        reached=words.count(row.reached),
        share=words.percent(_of(row.reached, row.entered), row.entered),
        in_progress=words.count(waiting) if number else words.NOTHING,
        dropped_before=words.count(gone) if number else words.NOTHING,
    )


def _with_leave(step: Step, loss: Row | None) -> Step:
    """Add who leaves after a step: of those who had all their time."""
    if loss is None:
        return step
    bounds = words.interval(loss.drop_rate_low, loss.drop_rate_high, loss.at_risk)
    rate = words.percent(loss.drop_rate, loss.at_risk)
    return replace(step, leave=rate, leave_interval=bounds)


def _of(part: float, whole: float) -> float | None:
    return part / whole if whole else None
