"""One measure over time: its finding, its drawing, and the table behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines
from journeymine.report.reader import Row
from journeymine.report.trends import calendar, findings, scale
from journeymine.report.trends.calendar import Calendar
from journeymine.report.trends.incidents import Incident
from journeymine.report.trends.series import Line

HEIGHT = 152.0
HEAD = ("Period", "Value", "95% interval", "n", "Final")


@dataclass(frozen=True)
class Figure:
    """A small drawing of a measure with what it says."""

    title: str
    name: str
    caption: str
    words: str
    drawing: Markup
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    query: str


@dataclass(frozen=True)
class Time:
    """What all drawings stand on: their time, and what went wrong in it."""

    calendar: Calendar
    incidents: Sequence[Incident] = ()


def draw_figure(
    line: Line, changes: Sequence[Row], time: Time, target: float | None = None
) -> Figure:
    """Return the drawing of a line, under what changed most surely in it."""
    measure = line.measure
    sure = findings.surest(changes)
    title = (
        findings.changed(measure, sure)
        if sure
        else findings.unchanged(measure, changes)
    )
    told = [findings.latest(measure, line.last)] if line.last else []
    if target is not None:
        told.append(f"Dotted: target {measure.told(target)}.")
    return Figure(
        title=title,
        name=measure.name,
        caption=" ".join(told),
        words=measure.words,
        drawing=_drawing(line, title, time, target),
        head=HEAD,
        rows=[_row(line, row) for row in line.rows],
        query=measure.query,
    )


def _drawing(line: Line, title: str, time: Time, target: float | None) -> Markup:
    levels = scale.ticks(line.measure, _heights(line, target))
    frame = Frame(
        low=levels[0][0],
        high=levels[-1][0],
        ticks=levels,
        marks=time.calendar.marks,
        height=HEIGHT,
    )
    last = line.known[-1]
    told = line.measure.told(last.value, last.n)
    return draw_lines(
        [Series(told, tuple(_spots(line, time.calendar)))],
        frame,
        title,
        target=target,
        incidents=[one.on(time.calendar) for one in time.incidents],
    )


def _heights(line: Line, target: float | None) -> Iterator[float]:
    if target is not None:
        yield target
    for row in line.known:
        for one in (row.value, row.value_low, row.value_high):
            if one is not None:
                yield one


def _spots(line: Line, time: Calendar) -> Iterator[Spot]:
    """Return a spot per period of the time; one without a value is a gap."""
    rows = {row.period: row for row in line.known}
    for period in calendar.periods(time, line.key.kind):
        at = time.middle(period, line.key.kind)
        row = rows.get(period)
        if row is None:
            yield Spot(at, None)
        else:
            yield Spot(
                at,
                row.value,
                row.value_low,
                row.value_high,
                is_final=row.is_final,
            )


def _row(line: Line, row: Row) -> tuple[str, ...]:
    is_known = line.is_known(row)
    return (
        words.capital(calendar.name(row.period, row.period_kind)),
        line.measure.told(row.value, row.n) if is_known or not row.n else "Too few",
        line.measure.interval(row.value_low, row.value_high, row.n)
        if is_known
        else words.NOTHING,
        words.count(row.n),
        "Yes" if row.is_final else "Not yet",
    )
