"""What changed most, by itself or between the times of a comparison."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.reader import Row
from journeymine.report.trends import calendar, findings
from journeymine.report.trends.calendar import MONTH, WEEK
from journeymine.report.trends.incidents import slice_name
from journeymine.report.trends.measures import Measure

SHOWN = 8
TINY = 0.001


@dataclass(frozen=True)
class Change:
    """A row of the list of changes."""

    name: str
    whose: str
    when: str
    before: str
    after: str
    difference: str
    inside: str
    q_value: str
    cases: str
    also: str
    is_worse: bool


@dataclass(frozen=True)
class Changes:
    """What changed between two times, the surest first."""

    title: str
    told: str
    before: str
    after: str
    rows: list[Change]


def period_changes(
    rows: Sequence[Row], measures: Mapping[str, Measure], facts: Facts, kind: str
) -> Changes:
    """Return what changed from one month or week to the next."""
    tested = [row for row in rows if row.period_kind == kind]
    clear = [row for row in tested if findings.is_clear(row)]
    title = f"What changed most from {kind} to {kind}"
    return Changes(
        title if clear else f"No {kind} differs clearly from the one before",
        _told(len(clear), len(tested)),
        "Before",
        "After",
        _listed(clear, measures, facts),
    )


def comparisons(
    rows: Sequence[Row], measures: Mapping[str, Measure], facts: Facts
) -> list[Changes]:
    """Return what differs between the times of each comparison."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.period_kind == "comparison":
            found.setdefault(row.period, []).append(row)
    return [_comparison(name, found[name], measures, facts) for name in sorted(found)]


def _comparison(
    name: str, rows: Sequence[Row], measures: Mapping[str, Measure], facts: Facts
) -> Changes:
    clear = [row for row in rows if findings.is_clear(row)]
    verb = "" if clear else "Nothing differs clearly: "
    return Changes(
        f"{verb}“{words.label(name)}”, {rows[0].before} and {rows[0].after}",
        _told(len(clear), len(rows)),
        words.capital(rows[0].before),
        words.capital(rows[0].after),
        _listed(clear, measures, facts),
    )


def _told(clear: int, tested: int) -> str:
    if not tested:
        return "There is nothing to compare: it takes two whole periods of 30 cases."
    return f"Clear changes: {words.count(clear)} of {words.count(tested)} tested."


def _listed(
    rows: Iterable[Row], measures: Mapping[str, Measure], facts: Facts
) -> list[Change]:
    """Return a row per measure and period: its surest slice, and how many more."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row.metric in measures:
            groups.setdefault((row.metric, row.period), []).append(row)
    leading = [sorted(group, key=_sureness) for group in groups.values()]
    leading.sort(key=lambda group: _sureness(group[0]))
    return [
        _change(first, measures[first.metric], facts, others)
        for first, *others in leading[:SHOWN]
    ]


def _sureness(row: Row) -> tuple[int, bool, str, str, str, str]:
    """Sort by rank, of equals the worse first; then by name."""
    place = row.metric, row.persona, row.segment, row.segment_value
    return (row.rank, not row.is_worse, *place)


def _change(row: Row, one: Measure, facts: Facts, others: Sequence[Row]) -> Change:
    also = words.plural(len(others), "further group", "further groups")
    return Change(
        name=one.name,
        whose=slice_name(row, facts),
        when=_when(row),
        before=one.told(row.value_before, row.n_before),
        after=one.told(row.value_after, row.n_after),
        difference=one.difference(row.difference),
        inside=one.differences(row.difference_low, row.difference_high),
        q_value=f"<{words.SPACE}{TINY}" if row.q_value < TINY else f"{row.q_value:.3f}",
        cases=f"{words.count(row.n_before)}, {words.count(row.n_after)}",
        also=f"and {also}" if others else "",
        is_worse=row.is_worse,
    )


def _when(row: Row) -> str:
    if row.period_kind not in (MONTH, WEEK):
        return ""
    return words.capital(calendar.name(row.period, row.period_kind))
