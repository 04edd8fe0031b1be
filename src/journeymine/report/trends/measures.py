"""The measures of a project: what they are called, and how their values are told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.reader import Tables
from journeymine.report.trends import queries

DAY = 86400
POINT = f"{words.SPACE}points"
NAMES = {
    "churn.rate": "Churn",
    "conversions": "Conversions",
    "journeys.conversion": "Conversion of journeys",
    "journeys.count": "Journeys begun",
    "journeys.duration": "Time to the goal",
    "support.share": "Turning to support",
    "value": "Money of conversions",
}
SIGNED = {"emotion": 2, "points": 0}  # decimals
SHARES = ("share", *SIGNED, "days")
"""Units of what a few cases cannot tell; all others are counts and sums."""


@dataclass(frozen=True)
class Measure:
    """A metric of `meta_metrics`.

    `short` is its name without its funnel, unless another has the same.
    """

    key: str
    short: str
    name: str
    words: str
    unit: str
    is_up_better: bool
    query: str
    currency: str

    @property
    def is_total(self) -> bool:
        """Whether it counts or sums up, and so depends on a period's length."""
        return self.unit not in SHARES

    def told(self, value: float | None, cases: float | None = None) -> str:
        """Return a value in its unit."""
        if value is None:
            return words.NOTHING
        if self.unit == "share":
            return words.percent(value, cases)
        if self.unit in SIGNED:
            return words.signed(value, SIGNED[self.unit])
        return self._amount(value)

    def interval(
        self, low: float | None, high: float | None, cases: float | None = None
    ) -> str:
        """Return an interval of values; empty if there is none."""
        if low is None or high is None:
            return ""
        if self.unit == "share":
            return words.interval(low, high, cases)
        return f"{self.told(low)} to {self.told(high).removeprefix('about ')}"

    def difference(self, value: float) -> str:
        """Return by how much a value changed, with its sign."""
        if self.unit == "share":
            return words.signed(100 * value, 1) + POINT
        if self.unit in SIGNED:
            return words.signed(value, SIGNED[self.unit]) + POINT * (
                self.unit == "points"
            )
        amount = self._amount(abs(value))
        return f"{'+' if value > 0 else words.MINUS if value < 0 else ''}{amount}"

    def differences(self, low: float | None, high: float | None) -> str:
        """Return the interval of a change; empty if there is none."""
        if low is None or high is None:
            return ""
        unit = POINT if self.unit in ("share", "points") else ""
        return f"{self.difference(low).removesuffix(unit)} to {self.difference(high)}"

    def _amount(self, value: float) -> str:
        if self.unit == "days":
            return words.duration(value * DAY)
        if self.unit == self.currency:
            return words.money(value, self.currency)
        return words.count(value)


def read_measures(tables: Tables, currency: str) -> dict[str, Measure]:
    """Return the measures of a project by key, in order."""
    periods = [row.value for row in tables.rows(queries.RETENTION)]
    period = periods[0] if periods else "period"
    rows = tables.rows(queries.MEASURES)
    short = {row.metric: short_name(row.metric, period) for row in rows}
    whole = {row.metric: whole_name(row.metric, period) for row in rows}
    shared = Counter(short.values())
    return {
        row.metric: Measure(
            key=row.metric,
            short=(whole if shared[short[row.metric]] > 1 else short)[row.metric],
            name=whole[row.metric],
            words=row.words,
            unit=row.unit,
            is_up_better=row.direction != "down",
            query=row.query,
            currency=currency,
        )
        for row in rows
    }


def short_name(metric: str, period: str = "period") -> str:
    """Return what a metric is called beside its funnel's name."""
    family, _, rest = metric.partition(".")
    if metric in NAMES:
        return NAMES[metric]
    if family == "funnel":
        funnel, _, rest = rest.partition(".")
        step = rest.removesuffix(".drop_rate")
        if step == rest:
            return f"Conversion of “{words.label(funnel)}”"
        return f"Leaving after “{words.label(_step(step))}”"
    if family == "abandonment":
        return f"Abandoned “{words.label(rest.removesuffix('.rate'))}”"
    if family == "emotion" and rest:
        return f"Emotion in “{words.label(rest)}”"
    if family == "retention":
        return f"Retention, {period} {rest}"
    return words.label(metric.replace(".", " "))


def whole_name(metric: str, period: str = "period") -> str:
    """Return the name of a metric, which no other one of the project has."""
    family, _, rest = metric.partition(".")
    if family != "funnel" or not metric.endswith(".drop_rate"):
        return short_name(metric, period)
    short = short_name(metric)
    return f"{words.label(rest.partition('.')[0])}: {short[:1].lower()}{short[1:]}"


def _step(step: str) -> str:
    """Return the first activity of a step, and how many others may be it."""
    first, *others = step.split(" or ")
    return f"{first} or {len(others)} others" if len(others) > 1 else step


def in_order(measures: Mapping[str, Measure]) -> list[Measure]:
    """Return the measures by name."""
    return sorted(measures.values(), key=lambda one: (one.name, one.key))
