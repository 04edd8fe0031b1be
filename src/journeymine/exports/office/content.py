"""What the hand-outs say of a published run, read once."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from journeymine.exports.office import queries
from journeymine.report import queries as shared
from journeymine.report import rates, words
from journeymine.report.cells.rows import metric_name
from journeymine.report.facts import Facts
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

STATUS = {
    "met": "met",
    "on_track": "on track",
    "at_risk": "at risk",
    "missed": "missed",
    "no_data": "too few periods to tell",
}


class Rate(NamedTuple):
    """A conversion rate with its interval and the cases that it is made of."""

    who: str
    value: float | None
    low: float | None
    high: float | None
    cases: int | None


@dataclass(frozen=True)
class Content:
    """The rows behind a hand-out; what a run did not publish has none."""

    ground: Ground

    @property
    def facts(self) -> Facts:
        """The project and its run."""
        return self.ground.facts

    @cached_property
    def funnel(self) -> dict[str, list[Row]]:
        """The steps of the main funnel, by persona."""
        main = self.ground.main
        found: dict[str, list[Row]] = {}
        for row in self.ground.tables.rows(shared.FUNNEL) if main else []:
            if main and row.funnel == main.key:
                found.setdefault(row.persona, []).append(row)
        return found

    @cached_property
    def pain_points(self) -> list[Row]:
        """What to mend, best first."""
        return self._rows("fct_pain_points", queries.PAIN_POINTS)

    @cached_property
    def objectives(self) -> list[Row]:
        """The objectives, each in the period that tells how it stands."""
        return self._rows("fct_kpis", queries.OBJECTIVES)

    @cached_property
    def kpis(self) -> list[Row]:
        """Each metric by month and over all times."""
        return self._rows("fct_kpis", queries.KPIS)

    @cached_property
    def notes(self) -> list[Row]:
        """The team's notes, those that lost their place last."""
        return self._rows("fct_notes", queries.NOTES)

    @property
    def title(self) -> str:
        """The answer in one sentence."""
        facts, main = self.facts, self.ground.main
        if not facts.customers:
            return facts.withheld or "There are no customers in the data yet"
        if main is None:
            converted = words.count(facts.converted)
            made = words.plural(facts.journeys, "journey", "journeys")
            return f"{converted} of {made} converted"
        panel = main.panels[0]
        if panel.rate.value == "Not known":
            return f"How many reach “{panel.goal}” is not known yet"
        return f"{panel.rate.value} reach “{panel.goal}”"

    @property
    def window(self) -> str:
        """What the data cover, in one line."""
        facts = self.facts
        until = f"Data complete to {facts.complete_to}"
        parts = [facts.project, facts.period, until + "."]
        return " · ".join(part for part in parts if part) + _said(facts.withheld)

    @property
    def rates(self) -> list[Rate]:
        """The conversion of each persona in the main funnel, as the report tells it."""
        found = []
        for one in self.facts.personas:
            for row in self.funnel.get(one.key, [])[-1:]:
                is_mature = rates.basis_of(row) == "rate_mature"
                bounds = row.conversion_rate_low, row.conversion_rate_high
                cases = row.entered_mature if is_mature else row.entered
                found.append(Rate(one.label, row.conversion_rate, *bounds, cases))
        return found

    def _rows(self, table: str, query: str) -> list[Row]:
        tables = self.ground.tables
        return tables.rows(query) if tables.has(table) else []


def objectives_title(content: Content) -> str:
    """Say how many objectives are on track."""
    known = content.objectives
    if not known:
        return "No objective is set"
    good = sum(row.status in ("met", "on_track") for row in known)
    if len(known) == 1:
        return f"The objective is {STATUS.get(known[0].status, 'not known')}"
    return f"{good or 'None'} of {len(known)} objectives met or on track"


def slice_name(row: Row, facts: Facts) -> str:
    """Return whom a row is about: a persona, a segment, or all customers."""
    persona = "" if row.persona == "all" else facts.label_of(row.persona)
    if row.segment == "all":
        return persona or facts.label_of("all")
    segment = f"{words.label(row.segment)}: {words.label(row.segment_value)}"
    return f"{persona}, {segment}" if persona else segment


def period_name(period: str) -> str:
    """Return a period as people write it: `2024-04` for a month."""
    return "All months" if period == "all" else period.removesuffix("-01")


def metric_title(row: Row) -> str:
    """Return the name of a metric, with its unit where a number does not show it."""
    name = metric_name(row.metric)
    return name if row.unit in ("share", "emotion") else f"{name} ({row.unit})"


def metric_kind(unit: str) -> str:
    """Return how a value of a metric is written in a cell."""
    kinds = {"share": "share", "emotion": "signed", "journeys": "count"}
    return kinds.get(unit, "number")


def _said(sentence: str) -> str:
    return f" {sentence}" if sentence else ""
