"""What changed, what went wrong, what to do first, and how objectives stand."""

from dataclasses import dataclass

from journeymine.report import pains, words
from journeymine.report.facts import Facts
from journeymine.report.losses import who
from journeymine.report.reader import Row, Tables
from journeymine.report.trends import calendar, findings, objectives, queries
from journeymine.report.trends.incidents import read_incidents
from journeymine.report.trends.measures import read_measures

SHOWN = 3
IDEAS = """
select text, owner, effort, status, anchor, anchor_to
from fct_notes
where kind = 'idea' and not is_lost and text is not null
order by noted_on, note_id
"""
SCENARIOS = """
select funnel, step, persona, at_risk, drop_rate, new_rate, uplift, uplift_low,
    uplift_high, value
from fct_scenarios
where period = 'all' and persona = 'all' and scenario = 'minus_25_percent'
    and uplift_low > 0
order by value desc nulls last, uplift desc, funnel, step_index
limit 1
"""


@dataclass(frozen=True)
class Opportunity:
    """What would bring most for its effort."""

    title: str
    sentence: str
    idea: str
    query: str


@dataclass(frozen=True)
class Outlook:
    """The right side of the summary; a sentence stands where there is nothing."""

    changes: list[str]
    incident: str
    opportunity: Opportunity | None
    objectives: list[objectives.Objective]
    no_objective: str
    change_query: str = queries.CHANGES
    objective_query: str = queries.OBJECTIVES


def read_outlook(tables: Tables, facts: Facts) -> Outlook:
    """Return what changed, and what follows from it."""
    measures = read_measures(tables, facts.currency)
    changes = [row for row in tables.rows(queries.CHANGES) if row.metric in measures]
    aims = [row for row in tables.rows(queries.OBJECTIVES) if row.metric in measures]
    whole = [row for row in changes if _is_whole(row)]
    clear = [row for row in whole if findings.is_clear(row)]
    last = max((row.period for row in whole), default="")
    recent = [row for row in clear if row.period == last][:SHOWN]
    return Outlook(
        changes=_changes(
            [findings.changed(measures[row.metric], row) for row in recent],
            _nothing(tables, facts, last, is_compared=bool(whole)),
        ),
        incident=_incident(tables, facts),
        opportunity=_opportunity(tables, facts),
        objectives=[
            objectives.objective(row, measures[row.metric], facts) for row in aims
        ],
        no_objective=_no_objective(tables, facts),
    )


def _is_whole(row: Row) -> bool:
    return (row.period_kind, row.persona, row.segment) == ("month", "all", "all")


def _changes(told: list[str], nothing: str) -> list[str]:
    return [f"{one}." for one in told] or [nothing]


def _nothing(tables: Tables, facts: Facts, last: str, *, is_compared: bool) -> str:
    """Say why no change is told."""
    if tables.is_withheld("fct_kpi_changes"):
        return _withheld(facts)
    if not is_compared:
        return "There are too few whole months to compare."
    return f"Nothing changed clearly {calendar.within(last, 'month')}."


def _withheld(facts: Facts) -> str:
    return f"Withheld: it would tell of fewer than {facts.min_cell} people."


def _incident(tables: Tables, facts: Facts) -> str:
    """Say from when to when something went wrong, if it did."""
    found = read_incidents(tables, facts)
    return words.capital(found[0].told.removeprefix("Soft band: ")) if found else ""


def _opportunity(tables: Tables, facts: Facts) -> Opportunity | None:
    """Return the pain point of the highest priority that is sure to bring something."""
    sure = [row for row in pains.read_pains(tables) if row.uplift_low > 0]
    for row in sorted(sure, key=lambda row: (-(row.priority or 0), row.rank))[:1]:
        return Opportunity(
            pains.title(row, who(row, facts)),
            f"{_gain(row, facts)}, if no more were lost here than expected."
            f" {_effort(row)}",
            _idea(tables, row),
            pains.PAINS,
        )
    for row in tables.rows(SCENARIOS) if tables.has("fct_scenarios") else ():
        return Opportunity(
            f"Fewer leave after “{pains.place(row.step)}”",
            f"{_gain(row, facts)}, if {words.percent(row.new_rate)} left instead of"
            f" {words.percent(row.drop_rate, row.at_risk)}.",
            "",
            SCENARIOS,
        )
    return None


def _gain(row: Row, facts: Facts) -> str:
    bounds = pains.span(row.uplift_low, row.uplift_high)
    told = f"{words.signed(row.uplift, 0)} conversions ({bounds})"
    worth = pains.worth(row, facts)
    return f"{told}, worth {worth}" if worth else told


def _effort(row: Row) -> str:
    if row.effort is None:
        return "Its effort is not set: add it to [efforts]."
    return f"Effort {row.effort:g}."


def _idea(tables: Tables, row: Row) -> str:
    """Return what the team has thought of for this place."""
    start, _, end = row.place.partition(" > ")
    for note in tables.rows(IDEAS) if tables.has("fct_notes") else ():
        if (note.anchor, note.anchor_to or "") == (start, end):
            owner = f"owner {note.owner}" if note.owner else ""
            told = (f"effort {note.effort}" if note.effort else "", note.status, owner)
            return f"{note.text} ({', '.join(part for part in told if part)})"
    return ""


def _no_objective(tables: Tables, facts: Facts) -> str:
    if tables.is_withheld("fct_kpis"):
        return _withheld(facts)
    return findings.objectives_lead([], bool(facts.part))
