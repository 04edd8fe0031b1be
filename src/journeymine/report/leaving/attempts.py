"""How attempts end: by the goal, by silence or another cause, and who comes back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from journeymine.report import words
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines
from journeymine.report.charts.scales import moments, shares
from journeymine.report.leaving import queries
from journeymine.report.reader import Row, Tables

HEAD = (
    "Ends by", "Attempts", "Share", "95% interval", "Could come back", "Came back",
    "Of them", "95% interval", "Then converted",
)  # fmt: skip
OPEN = "in_progress"

Key = tuple[str, str]


@dataclass(frozen=True)
class Attempts:
    """How the attempts of one kind end, of one persona."""

    title: str
    caption: str
    drawn: Markup
    rows: list[tuple[str, ...]]


def read_attempts(tables: Tables) -> dict[str, list[Attempts]]:
    """Return the kinds of attempt of each persona, in the order of their names."""
    ends: dict[Key, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.ABANDONMENT):
        ends[row.persona, row.attempt_kind].append(row)
    curves: dict[Key, list[Row]] = defaultdict(list)
    for row in tables.rows(queries.ABANDONMENT_TIMES):
        curves[row.persona, row.attempt_kind].append(row)
    found: dict[str, list[Attempts]] = defaultdict(list)
    for (persona, kind), rows in ends.items():
        if any(row.attempts for row in rows):
            found[persona].append(_attempts(rows, curves[persona, kind]))
    return found


def _attempts(rows: Sequence[Row], curves: Sequence[Row]) -> Attempts:
    heading = title(rows)
    return Attempts(
        title=heading,
        caption=caption(rows),
        drawn=_draw(curves, heading),
        rows=[_row(row) for row in rows],
    )


def title(rows: Sequence[Row]) -> str:
    """Say how most attempts end that do not convert."""
    kind = words.label(rows[0].attempt_kind)
    lost = [
        row
        for row in rows
        if row.cause not in (OPEN, "converted") and row.cumulative_incidence
    ]
    if not lost:
        return f"No attempt of kind “{kind}” was given up"
    worst = max(lost, key=lambda row: (row.cumulative_incidence, row.cause))
    share = words.percent(worst.cumulative_incidence, _begun(rows))
    return f"{share} of “{kind}” attempts end by {words.label(worst.cause).lower()}"


def caption(rows: Sequence[Row]) -> str:
    """Say how many there are, and who of the given up came back."""
    begun = _begun(rows)
    known = {row.cause: row.attempts for row in rows}
    parts = (
        ["How many there are is withheld in part"]
        if begun is None
        else [
            f"{words.plural(begun, 'attempt', 'attempts')},"
            f" {words.count(known.get(OPEN, 0))} still in progress"
        ]
    )
    parts += [
        f"Of {words.count(row.recoverable)} given up by"
        f" {words.label(row.cause).lower()}, {words.count(row.recovered)} came back"
        f" in time ({words.percent(row.recovery_rate, row.recoverable)},"
        f" {_inside(row, 'recovery_rate', row.recoverable)})"
        for row in rows
        if row.recovery_rate is not None and (row.recoverable or 0) >= words.FEW
    ]
    return ". ".join(parts) + "."


def _begun(rows: Sequence[Row]) -> int | None:
    """Return how many attempts there are; None where some are withheld."""
    counts = [row.attempts for row in rows]
    return None if None in counts else sum(counts)


def _row(row: Row) -> tuple[str, ...]:
    return (
        words.label(row.cause),
        words.count(row.attempts),
        words.percent(row.cumulative_incidence),
        _inside(row, "cumulative_incidence"),
        words.count(row.recoverable)
        if row.recovery_rate is not None
        else words.NOTHING,
        words.count(row.recovered) if row.recovery_rate is not None else words.NOTHING,
        words.percent(row.recovery_rate, row.recoverable),
        _inside(row, "recovery_rate", row.recoverable) or words.NOTHING,
        words.count(row.recovered_converted)
        if row.recovery_rate is not None
        else words.NOTHING,
    )


def _inside(row: Row, name: str, cases: float | None = None) -> str:
    low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
    return words.interval(low, high, cases)


def _draw(curves: Sequence[Row], label: str) -> Markup:
    """Return a stepped line per end, over the time since the attempt began."""
    by_cause: dict[str, list[Row]] = defaultdict(list)
    for row in curves:
        by_cause[row.cause].append(row)
    last = max((row.seconds for row in curves), default=0)
    if not last:
        return Markup("")
    known = [row for row in curves if row.cumulative_incidence is not None]
    ticks = shares(row.cumulative_incidence_high for row in known)
    frame = Frame(0, ticks[-1][0], ticks, moments(last))
    series = [
        Series(words.label(cause), tuple(_spots(rows, last)), is_stepped=True)
        for cause, rows in by_cause.items()
        if rows[-1].cumulative_incidence
    ]
    return draw_lines(series, frame, label)


def _spots(rows: Sequence[Row], last: float) -> Iterator[Spot]:
    """Yield where a curve changes, and its ends."""
    yield _spot(rows[0], last)
    for before, row in pairwise(rows):
        if row is rows[-1] or row.cumulative_incidence != before.cumulative_incidence:
            yield _spot(row, last)


def _spot(row: Row, last: float) -> Spot:
    return Spot(
        row.seconds / last,
        row.cumulative_incidence,
        row.cumulative_incidence_low,
        row.cumulative_incidence_high,
    )
