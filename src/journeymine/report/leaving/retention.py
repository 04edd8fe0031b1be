"""Which cohorts come back, cell by cell, and the mean of those that are final."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines
from journeymine.report.charts.scales import shares
from journeymine.report.leaving import cohorts, queries
from journeymine.report.leaving.cohorts import Cohort, cell_of, cohort_name, cohort_row
from journeymine.report.reader import Row, Tables

MOST = 13  # periods that fit beside each other
HEAD = (
    "Period", "Cohorts", "Customers", "Active in it", "95% interval",
    "In it or later", "95% interval",
)  # fmt: skip


@dataclass(frozen=True)
class Retention:
    """Who comes back, by cohort and on average."""

    title: str
    caption: str
    periods: list[str]
    cohorts: list[Cohort]
    cohort_head: tuple[str, ...]
    cohort_rows: list[tuple[str, ...]]
    curve_title: str
    drawn: Markup
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def read_retention(tables: Tables, unit: str) -> dict[str, Retention]:
    """Return who comes back, by persona; `unit` is what a period is."""
    curves: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.RETENTION_CURVE):
        curves[row.persona].append(row)
    found: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.RETENTION):
        found[row.persona].append(row)
    return {
        persona: _retention(rows, curves[persona], unit)
        for persona, rows in found.items()
    }


def _retention(rows: Sequence[Row], curve: Sequence[Row], unit: str) -> Retention:
    heading = title(curve, unit)
    last = min(MOST, max(row.period_index for row in rows))
    by_cohort: dict[date, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        if 0 < row.period_index <= last:
            by_cohort[row.cohort][row.period_index] = row
    sizes = {row.cohort: row.customers for row in rows}
    periods = range(1, last + 1)
    return Retention(
        title=heading,
        caption="A cohort is who came for the first time in a month or week; a period"
        " counts from the first event of each customer.",
        periods=[f"{words.label(unit)} {number}" for number in periods],
        cohorts=[
            Cohort(
                cohort_name(cohort, unit),
                words.count(sizes[cohort]),
                [cell_of(by_cohort[cohort].get(number)) for number in periods],
            )
            for cohort in sizes
        ],
        cohort_head=cohorts.HEAD,
        cohort_rows=[cohort_row(row, unit) for row in rows if row.period_index],
        curve_title=curve_title(curve, unit),
        drawn=_draw(curve, unit, heading),
        head=HEAD,
        rows=[_row(row, unit) for row in curve],
    )


def title(curve: Sequence[Row], unit: str) -> str:
    """Say how many are active in the first period after their first event."""
    first = next((row for row in curve if row.period_index == 1), None)
    if first is None or first.retention_rate is None:
        return f"No {unit} after the first is over for a whole cohort yet"
    rate = words.percent(first.retention_rate, first.customers)
    return f"{rate} are active again in {unit} 1 after their first event"


def curve_title(curve: Sequence[Row], unit: str) -> str:
    """Say how many are active in the last period that several cohorts have."""
    known = [
        row for row in curve if row.period_index and row.retention_rate is not None
    ]
    if not known:
        return f"The mean over cohorts is not known before {unit} 1 is over"
    last = next((row for row in reversed(known) if row.cohorts > 1), known[-1])
    rate = words.percent(last.retention_rate, last.customers)
    of = f"mean of {last.cohorts} cohorts" if last.cohorts > 1 else "of one cohort"
    return f"{rate} are active in {unit} {last.period_index}, {of}"


def _draw(curve: Sequence[Row], unit: str, label: str) -> Markup:
    """Return two lines: active in the period, and in it or later."""
    known = [row for row in curve if row.retention_rate is not None]
    if len(known) < 2:
        return Markup("")
    last = known[-1].period_index
    marks = tuple(
        (row.period_index / last, f"{words.label(unit)} {row.period_index}")
        for row in known
        if row.period_index % (1 + last // 8) == 0
    )
    ticks = shares([1.0])
    series = [
        Series(name, tuple(_spot(row, column, last) for row in known))
        for name, column in (("In it", "retention"), ("In it or later", "unbounded"))
    ]
    return draw_lines(series, Frame(0, 1, ticks, marks), label)


def _spot(row: Row, column: str, last: int) -> Spot:
    rate, low, high = (
        getattr(row, f"{column}_rate{end}") for end in ("", "_low", "_high")
    )
    return Spot(row.period_index / last, rate, low, high)


def _row(row: Row, unit: str) -> tuple[str, ...]:
    return (
        f"{words.label(unit)} {row.period_index}",
        words.count(row.cohorts),
        words.count(row.customers),
        words.percent(row.retention_rate, row.customers),
        words.interval(row.retention_rate_low, row.retention_rate_high, row.customers)
        or words.NOTHING,
        words.percent(row.unbounded_rate, row.customers),
        words.interval(row.unbounded_rate_low, row.unbounded_rate_high, row.customers)
        or words.NOTHING,
    )
