"""How NPS, CSAT, CES and emotion went from month to month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines
from journeymine.report.facts import Facts
from journeymine.report.reader import Row
from journeymine.report.voice.measures import (
    FEW_ANSWERS,
    MEASURES,
    Measure,
    ticks,
)

HEAD = ("Month", "Asked", "Answers", "Value", "95% interval", "Response rate")
MOST_MARKS = 8


@dataclass(frozen=True)
class Drawn:
    """One measure over time, under its finding, with the table behind."""

    key: str
    title: str
    caption: str
    drawn: Markup
    head: tuple[str, ...]
    rows: list[tuple[str, ...]]


def over_time(rows: Sequence[Row], facts: Facts) -> list[Drawn]:
    """Return a drawing of each measure that was answered."""
    return [
        _drawn(measure, [row for row in rows if measure.n(row)], facts)
        for measure in MEASURES
        if any(measure.n(row) for row in rows)
    ]


def title(measure: Measure, rows: Sequence[Row]) -> str:
    """Say which month differs clearly from the first: the last, or an extreme one."""
    known = [row for row in _asked_first(rows) if measure.value(row) is not None]
    if len(known) < 2:
        return f"{measure.name} is known of too few months to compare"
    first, last = known[0], known[-1]
    since, until = _name(first.period, "%B"), _name(last.period, "%B %Y")
    if verb := _moved(measure, first, last):
        then = f"{measure.told(first)} in {since} to {measure.told(last)} in {until}"
        return f"{measure.name} {verb} from {then}"
    for extreme, choose in (("lowest", min), ("highest", max)):
        row = choose(known, key=lambda one: (getattr(one, measure.key), one.period))
        if _moved(measure, first, row):
            when = _name(row.period)
            return f"{measure.name} was {extreme} in {when}, at {measure.told(row)}"
    return f"{measure.name} shows no clear change from {since} to {until}"


def _moved(measure: Measure, first: Row, then: Row) -> str:
    """Say whether a value rose or fell; nothing if the intervals meet."""
    (low, high), (then_low, then_high) = measure.bounds(first), measure.bounds(then)
    if low is None or high is None or then_low is None or then_high is None:
        return ""
    return "fell" if then_high < low else "rose" if then_low > high else ""


def _asked_first(rows: Sequence[Row]) -> list[Row]:
    """Return what was asked; if nobody was, the rest."""
    return [row for row in rows if row.is_solicited] or list(rows)


def _drawn(measure: Measure, rows: Sequence[Row], facts: Facts) -> Drawn:
    heading = title(measure, rows)
    few = any(measure.value(row) is None for row in rows)
    gaps = (
        f" Months with fewer than {FEW_ANSWERS} answers are not drawn." if few else ""
    )
    return Drawn(
        key=measure.key,
        title=heading,
        caption=f"{words.capital(measure.meaning)}, by month of the answer, with 95%"
        f" interval.{gaps}",
        drawn=_draw(measure, rows, facts, heading),
        head=HEAD,
        rows=[_row(measure, row) for row in rows],
    )


def _draw(measure: Measure, rows: Sequence[Row], facts: Facts, label: str) -> Markup:
    if not any(measure.value(row) is not None for row in rows):
        return Markup("")
    periods = list(_months(rows[0].period, rows[-1].period))
    ends = [
        end
        for row in rows
        if measure.value(row) is not None
        for end in (measure.value(row), *measure.bounds(row))
        if end is not None
    ]
    levels = ticks(measure, ends)
    frame = Frame(levels[0][0], levels[-1][0], levels, tuple(_marks(periods)))
    kinds = {row.is_solicited for row in rows if measure.value(row) is not None}
    series = [
        Series(
            _label(measure, some, len(kinds) > 1),
            tuple(_spots(measure, some, periods, facts)),
        )
        for is_asked in sorted(kinds, reverse=True)
        if (some := [row for row in rows if row.is_solicited == is_asked])
    ]
    return draw_lines(series, frame, label)


def _label(measure: Measure, rows: Sequence[Row], is_one_of_two: bool) -> str:
    last = [row for row in rows if measure.value(row) is not None][-1]
    kind = "asked " if last.is_solicited else "unasked "
    return f"{kind if is_one_of_two else ''}{measure.told(last)}"


def _spots(
    measure: Measure, rows: Sequence[Row], periods: Sequence[str], facts: Facts
) -> Iterator[Spot]:
    by_period = {row.period: row for row in rows}
    for number, period in enumerate(periods):
        at = (number + 0.5) / len(periods)
        row = by_period.get(period)
        if row is None or measure.value(row) is None:
            yield Spot(at, None)
            continue
        told = f"{_name(period)}: {measure.told(row)} ({measure.evidence(row)})"
        low, high = measure.bounds(row)
        yield Spot(at, measure.value(row), low, high, _is_over(period, facts), told)


def _is_over(period: str, facts: Facts) -> bool:
    """Whether a month has ended at the watermark, in the project's zone."""
    if facts.as_of is None:
        return True
    end = datetime.combine(_next(period), datetime.min.time(), ZoneInfo(facts.zone))
    return end <= facts.as_of


def _months(first: str, last: str) -> Iterator[str]:
    """Yield every month, also those without an answer."""
    while first <= last:
        yield first
        first = _next(first).isoformat()


def _next(period: str) -> date:
    return (date.fromisoformat(period) + timedelta(days=31)).replace(day=1)


def _marks(periods: Sequence[str]) -> Iterator[tuple[float, str]]:
    every = -(-len(periods) // MOST_MARKS)
    for number in range(0, len(periods), every):
        period = periods[number]
        with_year = number == 0 or period[5:7] == "01"
        name = _name(period, "%b %y" if with_year else "%b")
        yield (number + 0.5) / len(periods), name


def _name(period: str, form: str = "%B %Y") -> str:
    return f"{date.fromisoformat(period):{form}}"


def _row(measure: Measure, row: Row) -> tuple[str, ...]:
    return (
        _name(row.period),
        "asked" if row.is_solicited else "unasked",
        words.count(measure.n(row)),
        measure.told(row),
        measure.inside(row) or words.NOTHING,
        words.percent(row.response_rate, row.sent),
    )
