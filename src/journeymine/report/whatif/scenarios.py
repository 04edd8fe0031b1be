"""The standard scenarios: what it brings if fewer leave one step of a funnel."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.ground import Ground
from journeymine.report.reader import Row
from journeymine.report.whatif import findings, queries

HEAD = (
    "After the step",
    "Funnel",
    "What if",
    "Leave now",
    "of n",
    "Would leave",
    "More conversions",
    "95% interval",
    "Value",
)


@dataclass(frozen=True)
class Scenarios:
    """The scenarios of one persona: the finding of the main funnel, and a table."""

    title: str
    evidence: str
    rows: list[list[str]]


def read_scenarios(ground: Ground) -> dict[str, Scenarios]:
    """Return the standard scenarios per persona that has any."""
    order = [funnel.key for funnel in ground.funnels]
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in ground.tables.rows(queries.SCENARIOS):
        if row.funnel in order:
            parts[row.persona].append(row)
    for rows in parts.values():
        rows.sort(key=lambda row: order.index(row.funnel))
    return {key: _scenarios(rows, ground.facts) for key, rows in parts.items()}


def funnel_name(funnel: str, period: str) -> str:
    """Return a funnel in words, with the month of the entry if it is of one."""
    month = "" if period == "all" else f", entered in {month_name(period)}"
    return f"{words.label(funnel)}{month}"


def month_name(period: str, back: int = 0) -> str:
    """Return a month in words: `May 2024`; or the one that many months before."""
    first = date.fromisoformat(period)
    months = first.year * 12 + first.month - 1 - back
    return f"{date(months // 12, months % 12 + 1, 1):%B %Y}"


def _scenarios(rows: Sequence[Row], facts: Facts) -> Scenarios:
    main = [row for row in rows if (row.funnel, row.period) == (rows[0].funnel, "all")]
    return Scenarios(*findings.best_cut(main), [_row(row, facts) for row in rows])


def _row(row: Row, facts: Facts) -> list[str]:
    value = "" if row.value is None else gain_in_money(row.value, facts)
    return [
        words.label(row.step),
        funnel_name(row.funnel, row.period),
        findings.scenario(row),
        words.percent(row.drop_rate, row.at_risk),
        words.count(row.at_risk),
        words.percent(row.new_rate, row.at_risk),
        words.signed(row.uplift, 1),
        words.between(row.uplift_low, row.uplift_high, 1) or words.NOTHING,
        value or words.NOTHING,
    ]


def gain_in_money(value: float, facts: Facts) -> str:
    """Return money gained or lost, with its sign: `+€1,234`, `about +€12k`."""
    told = words.money(abs(value), facts.currency)
    before, about, rest = told.rpartition("about ")
    sign = words.MINUS if value < 0 else "+"
    return f"{before}{about}{sign}{rest}"
