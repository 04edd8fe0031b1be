"""The drop-offs that `fct_pain_points` ranks first, in plain words."""

from datetime import date

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.funnels.funnel import Funnel
from journeymine.report.reader import Row, Tables

BASIS = "Ranked as the pain points are: what is new first, then by priority."
LETTERS = 40  # of a place with many activities
PAINS = """
select
    pains.rank, pains.kind, pains.funnel, pains.place, pains.persona, pains.segment,
    pains.segment_value, pains.period, pains.customers, pains.at_risk, pains.observed,
    pains.expected, pains.expected_basis, pains.excess, pains.excess_low,
    pains.excess_high, pains.uplift, pains.uplift_low, pains.uplift_high,
    pains.q_value, pains.value, pains.value_low, pains.value_high, pains.effort,
    pains.priority, units.unit
from fct_pain_points as pains
left join (
    select funnel, any_value(unit) as unit from meta_funnels group by funnel
) as units on units.funnel = pains.funnel
where pains.is_significant and pains.uplift is not null
order by pains.rank
"""
"""What costs conversions beyond chance: loops, waits and feelings have no uplift."""

STEPS = """
select funnel, step_index, step, activities
from meta_funnels
order by funnel_index, step_index
"""
EXPECTED = {
    "period_before": "as in the month before it would be",
    "rest": "as of the others it would be",
    "best_persona": "as of the best persona it would be",
}


def read_pains(tables: Tables) -> list[Row]:
    """Return the significant pain points that cost conversions, by rank."""
    return tables.rows(PAINS) if tables.has("fct_pain_points") else []


def title(row: Row, who: str) -> str:
    """Say who leaves, and where."""
    first, _, second = row.place.partition(" > ")
    if not second:
        return f"{who} leave after “{place(first)}”"
    return f"{who} go from “{place(first)}” to “{place(second)}” and are lost"


def place(name: str) -> str:
    """Return the name of a place, of many activities the first."""
    return words.shorten(words.label(name), LETTERS)


def sentence(row: Row) -> str:
    """Say how many did, of how many, against what, and how sure that is."""
    unit = (row.unit or "journey") + "s"
    expected = EXPECTED.get(row.expected_basis, "expected would be")
    when = f", {month(row.period)}" if row.period != "all" else ""
    return (
        f"{words.count(row.observed)} of {words.count(row.at_risk)} {unit}{when};"
        f" {expected} {words.count(row.expected)}. Beyond that are"
        f" {words.count(row.excess)} ({span(row.excess_low, row.excess_high)}),"
        f" {words.certainty(row.q_value)}."
    )


def span(low: float, high: float) -> str:
    """Return an interval of counts."""
    return f"{words.count(low)} to {words.count(high)}"


def month(period: str) -> str:
    """Return the name of a month, `2026-04-01`, as words."""
    return f"{date.fromisoformat(period):%B %Y}"


def worth(row: Row, facts: Facts) -> str:
    """Return what a pain point costs, if an amount is known."""
    return words.money(row.value, facts.currency)


def step_of(tables: Tables, row: Row, funnel: Funnel | None) -> tuple[str, int]:
    """Return the funnel and step that a pain point stands at; 0 if at none."""
    steps = tables.rows(STEPS)
    for step in steps:
        if (step.funnel, step.step) == (row.funnel, row.place):
            return step.funnel, step.step_index
    first = row.place.partition(" > ")[0]
    for step in steps:
        if funnel and step.funnel == funnel.key and first in step.activities:
            return step.funnel, step.step_index
    return row.funnel, 0
