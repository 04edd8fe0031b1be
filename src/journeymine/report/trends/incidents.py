"""When something went wrong: a change for the worse, and the change that ended it."""

from dataclasses import dataclass
from datetime import date

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row, Tables
from journeymine.report.trends import calendar, queries
from journeymine.report.trends.calendar import Calendar


@dataclass(frozen=True)
class Incident:
    """A time in which a way that converts less was gone more often."""

    label: str
    since: date
    until: date | None
    told: str

    def on(self, time: Calendar) -> tuple[float, float, str]:
        """Return from where to where it stands on a line of time, and its name."""
        until = self.until or time.until
        first, last = (min(1.0, max(0.0, time.at(one))) for one in (self.since, until))
        return first, last, self.label


def read_incidents(tables: Tables, facts: Facts) -> list[Incident]:
    """Return the incidents, by rank of their pain point; each is told once."""
    found: dict[int, Row] = {}
    for row in tables.rows(queries.INCIDENTS):
        found.setdefault(row.rank, row)
    told = {
        (row.from_activity, row.to_activity, row.changed_on): row
        for row in reversed(found.values())
    }
    return [_incident(row, facts) for row in reversed(told.values())]


def _incident(row: Row, facts: Facts) -> Incident:
    whose = slice_name(row, facts)
    ended = f" to {calendar.day(row.ended_on)}" if row.ended_on else " on"
    doubt = ""
    if row.ended_on and row.ended_earliest_on != row.ended_latest_on:
        first, last = row.ended_earliest_on, row.ended_latest_on
        doubt = f" Its end lies between {calendar.day(first)} and {calendar.day(last)}."
    return Incident(
        label=words.label(row.to_activity),
        since=row.changed_on,
        until=row.ended_on,
        told=(
            f"Soft band: from {calendar.day(row.changed_on)}{ended},"
            f" “{words.label(row.to_activity)}” followed"
            f" “{words.label(row.from_activity)}” in"
            f" {words.percent(row.rate_after)} of cases, before in"
            f" {words.percent(row.rate_before)} ({whose}).{doubt}"
        ),
    )


def slice_name(row: Row, facts: Facts) -> str:
    """Return whom a row is about: all customers, a persona, or a segment."""
    if row.segment != "all":
        return f"{words.label(row.segment)} “{words.label(row.segment_value)}”"
    return facts.label_of(row.persona)
