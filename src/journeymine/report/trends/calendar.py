"""Where months and weeks stand on the line of time, and what they are called."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from journeymine.report import words

MOST_MARKS = 7
MONTH, WEEK, ALL = "month", "week", "all"


def first_day(period: str) -> date:
    """Return the first day of a month or week, which is its name."""
    return date.fromisoformat(period)


def day_after(period: str, kind: str) -> date:
    """Return the first day that is no more in a month or week."""
    first = first_day(period)
    if kind == WEEK:
        return first + timedelta(days=7)
    return (first.replace(day=1) + timedelta(days=31)).replace(day=1)


def name(period: str, kind: str) -> str:
    """Return what people call a period: `April 2024`, `week of 8 April 2024`."""
    if kind == ALL:
        return "all times"
    first = first_day(period)
    if kind == WEEK:
        return f"week of {first.day} {first:%B %Y}"
    return f"{first:%B %Y}"


def within(period: str, kind: str) -> str:
    """Return when something was: `in April 2024`, `in the week of 8 April 2024`."""
    return f"in {'the ' if kind == WEEK else ''}{name(period, kind)}"


def day(when: date) -> str:
    """Return a day as people write it: `9 April 2024`."""
    return f"{when.day} {when:%B %Y}"


def periods(time: "Calendar", kind: str) -> Iterator[str]:
    """Yield the months or weeks that begin in a time, or in which it begins."""
    first = time.since.replace(day=1)
    if kind == WEEK:
        first = time.since - timedelta(days=time.since.weekday())
    while first < time.until:
        yield first.isoformat()
        first = day_after(first.isoformat(), kind)


@dataclass(frozen=True)
class Calendar:
    """The time that a drawing shows: from one day to before another."""

    since: date
    until: date

    def at(self, when: date) -> float:
        """Return the place of the begin of a day, from 0 to 1 across the drawing."""
        return (when - self.since) / (self.until - self.since)

    def middle(self, period: str, kind: str) -> float:
        """Return the place of the middle of a month or week."""
        ends = self.at(first_day(period)), self.at(day_after(period, kind))
        return sum(ends) / 2

    @property
    def marks(self) -> tuple[tuple[float, str], ...]:
        """The middles of the months with their names; the year at the first of each."""
        months = [first_day(one) for one in periods(self, MONTH)]
        every = -(-len(months) // MOST_MARKS)
        shown = months[::every]
        years = [None, *(one.year for one in shown)]
        return tuple(
            (
                min(1.0, max(0.0, self.middle(one.isoformat(), MONTH))),
                f"{one:%b}" if one.year == before else f"{one:%b}{words.SPACE}{one:%y}",
            )
            for one, before in zip(shown, years, strict=False)
        )


def spanning(periods: Iterable[tuple[str, str]]) -> Calendar | None:
    """Return the time from the first to the last of periods, each with its kind."""
    ends = [(first_day(one), day_after(one, kind)) for one, kind in periods]
    if not ends:
        return None
    return Calendar(min(first for first, _ in ends), max(last for _, last in ends))
