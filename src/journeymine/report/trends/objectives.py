"""The objectives: how far, by when, and how they stand."""

from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row
from journeymine.report.trends import calendar, findings
from journeymine.report.trends.incidents import slice_name
from journeymine.report.trends.measures import Measure


@dataclass(frozen=True)
class Objective:
    """A row of the list of objectives."""

    name: str
    measure: str
    whose: str
    target: str
    by: str
    period: str
    value: str
    inside: str
    is_final: bool
    projection: str
    expected: str
    standing: str
    kind: str
    owner: str


def objective(row: Row, measure: Measure, facts: Facts) -> Objective:
    """Return an objective as it is listed."""
    inside = [measure.interval(row.value_low, row.value_high, row.n)]
    inside.append(words.cases(row.n))
    return Objective(
        name=words.label(row.objective),
        measure=measure.name,
        whose=slice_name(row, facts),
        target=measure.told(row.target),
        by=calendar.day(row.target_by),
        period=words.capital(calendar.name(row.period, row.period_kind)),
        value=measure.told(row.value, row.n),
        inside=", ".join(part for part in inside if part),
        is_final=bool(row.is_final),
        projection=measure.told(row.projection),
        expected=measure.interval(row.projection_low, row.projection_high),
        standing=findings.standing(row.status),
        kind=_kind(row.status),
        owner=row.owner or words.NOTHING,
    )


def _kind(status: str) -> str:
    if status in findings.GOOD:
        return "good"
    return "bad" if status == "missed" else ""
