"""How long it takes to convert: the share that has, by the time since the entry."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from journeymine.report import rates, words
from journeymine.report.charts.lines import Frame, Series, Spot, draw_lines
from journeymine.report.funnels import queries
from journeymine.report.funnels.funnel import Funnel
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

HEAD = ["Who", "Half convert within", "Nine in ten within", "By the end", "95%", "n"]
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
SPANS = (1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365)


@dataclass(frozen=True)
class Times:
    """The time to convert of a funnel, a curve per persona."""

    title: str
    drawn: Markup
    table: list[list[str]]


def read_times(ground: Ground) -> dict[str, Times]:
    """Return the time to convert of each funnel that has a curve."""
    curves: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ground.tables.rows(queries.CURVES):
        curves[row.funnel, row.persona].append(row)
    rows: dict[tuple[str, str], Row] = {
        (row.funnel, row.persona): row for row in ground.tables.rows(queries.CONVERSION)
    }
    found = {}
    for funnel in ground.funnels:
        told = {
            panel.label: (rows[key], curves[key])
            for panel in funnel.panels
            if (key := (funnel.key, panel.key)) in rows
        }
        if any(curve for _, curve in told.values()):
            found[funnel.key] = _times(told, funnel)
    return found


def _times(told: dict[str, tuple[Row, list[Row]]], funnel: Funnel) -> Times:
    window = funnel.panels[0].window
    medians = {label: row for label, (row, _) in told.items()}
    heading = title(medians, window)
    return Times(
        title=heading,
        drawn=_draw({label: curve for label, (_, curve) in told.items()}, heading),
        table=[
            [
                label,
                median(row, window),
                quantile(row.seconds_to_convert_p90),
                words.percent(row.rate_km, row.entered),
                words.interval(row.rate_km_low, row.rate_km_high, row.entered),
                words.count(row.entered),
            ]
            for label, row in medians.items()
        ],
    )


def title(rows: dict[str, Row], window: str) -> str:
    """Say within which time half convert, of whom they do."""
    (_, whole), *groups = rows.items()
    known = {
        label: row.seconds_to_convert_p50
        for label, row in groups
        if row.seconds_to_convert_p50 is not None
    }
    if len(known) > 1:
        quick, *_, slow = sorted(known, key=known.__getitem__)
        return (
            f"Half of “{quick}” convert within {words.duration(known[quick])},"
            f" of “{slow}” within {words.duration(known[slow])}"
        )
    if known:
        ((label, seconds),) = known.items()
        return f"Half of “{label}” convert within {words.duration(seconds)}; no others"
    if whole.seconds_to_convert_p50 is not None:
        return f"Half convert within {words.duration(whole.seconds_to_convert_p50)}"
    if whole.rate_km is None:
        return f"Time to convert is {median(whole, window)}"
    return f"Fewer than half convert within {window}"


def median(row: Row, window: str) -> str:
    """Return the time until half convert, or why there is none."""
    if row.seconds_to_convert_p50 is not None:
        return words.duration(row.seconds_to_convert_p50)
    if row.rate_km is None:
        return f"not known: {row.rate_km_reason or 'it is withheld'}"
    rate = words.percent(row.rate_km, row.entered)
    return f"not reached: {rate} convert within {window}"


def quantile(seconds: float | None) -> str:
    """Return a time that a share needs."""
    return "not reached" if seconds is None else words.duration(seconds)


def _draw(curves: dict[str, list[Row]], label: str) -> Markup:
    drawn = {name: curve for name, curve in curves.items() if curve}
    known = [
        row.rate_km_high if row.rate_km_high is not None else row.rate_km
        for curve in drawn.values()
        for row in curve
        if row.rate_km is not None
    ]
    last = max(row.seconds for curve in drawn.values() for row in curve)
    frame = Frame(
        0, *_rates(max(known, default=0.05)), marks=_moments(last), height=260
    )
    return draw_lines(
        [
            Series(name, tuple(_spots(curve, last)), is_stepped=True)
            for name, curve in drawn.items()
        ],
        frame,
        label,
    )


def _spots(curve: Sequence[Row], last: float) -> Iterator[Spot]:
    """Yield the points at which a curve changes, and its ends."""
    yield _spot(curve[0], last)
    for before, row in pairwise(curve):
        if row is curve[-1] or _height(row) != _height(before):
            yield _spot(row, last)


def _height(row: Row) -> tuple[float | None, ...]:
    return row.rate_km, row.rate_km_low, row.rate_km_high


def _spot(row: Row, last: float) -> Spot:
    at = row.seconds / last if last else 0.0
    return Spot(at, row.rate_km, row.rate_km_low, row.rate_km_high)


def _rates(high: float) -> tuple[float, tuple[tuple[float, str], ...]]:
    """Return the top of the scale, and up to six ticks from nothing to it."""
    step = next((step for step in STEPS if 5 * step >= high), STEPS[-1])
    ticks = [(number * step) for number in range(int(-(-high // step)) + 1)]
    return ticks[-1], tuple((at, f"{100 * at:.0f}%") for at in ticks)


def _moments(last: float) -> tuple[tuple[float, str], ...]:
    """Return up to five moments between the entry and the end, in one unit."""
    named = rates.window(last).split(words.SPACE)
    size = last / float(named[0].replace(",", ""))
    whole = round(last / size)
    step = next((step for step in SPANS if whole / step <= 4), whole)
    marks = [(at / whole, str(at)) for at in range(0, whole - step // 2, step)]
    return (*marks, (1.0, f"{whole}{words.SPACE}{named[1]}"))
