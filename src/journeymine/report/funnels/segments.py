"""Conversion by the values of a segment: device, channel, month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine.report import rates, words
from journeymine.report.funnels import queries
from journeymine.report.funnels.bars import draw_dots
from journeymine.report.ground import Ground
from journeymine.report.reader import Row

MOST = 12
IN_ORDER = {"month"}  # segments whose values have an order of their own


@dataclass(frozen=True)
class Value:
    """One value of a segment."""

    label: str
    rate: rates.Rate


@dataclass(frozen=True)
class Segment:
    """One segment: its values, with a point and a rate for each."""

    key: str
    label: str
    title: str
    note: str
    values: list[Value]
    drawn: Markup


def read_segments(ground: Ground) -> dict[str, list[Segment]]:
    """Return conversion by segment, per funnel.

    How a journey ended is left out: converting decides it.
    """
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in ground.tables.rows(queries.SEGMENTS):
        rows[row.funnel][row.segment].append(row)
    return {
        funnel: [
            _segment(key, values, "withheld" if ground.facts.min_cell else "not known")
            for key, values in segments.items()
        ]
        for funnel, segments in rows.items()
    }


def title(key: str, rows: Sequence[Row]) -> str:
    """Name the values that convert most and least, if that is clear."""
    name = words.label(key)
    known = [row for row in rows if row.conversion_rate is not None]
    if len(known) < 2:
        return f"Conversion by {name.lower()}"
    best = max(known, key=lambda row: row.conversion_rate)
    worst = min(known, key=lambda row: row.conversion_rate)
    low, high = best.conversion_rate_low, worst.conversion_rate_high
    if low is None or high is None or low <= high:
        return f"{name}: no clear difference in conversion"
    return f"{name} “{best.segment_value}” converts more than “{worst.segment_value}”"


def _segment(key: str, rows: Sequence[Row], unknown: str) -> Segment:
    largest = sorted(rows, key=lambda row: (-(row.entered or 0), row.segment_value))
    shown = largest[:MOST]
    if key in IN_ORDER:
        shown.sort(key=lambda row: row.segment_value)
    else:
        shown.sort(key=lambda row: (-(row.conversion_rate or 0), row.segment_value))
    name = words.label(key)
    left = len(rows) - len(shown)
    return Segment(
        key=key,
        label=name,
        title=title(key, shown),
        note=f"The {MOST} largest; {left} more in fct_conversion." if left else "",
        values=[Value(row.segment_value, _rate(row, unknown)) for row in shown],
        drawn=draw_dots(
            shown, f"Conversion by {name.lower()} with 95% interval", unknown
        ),
    )


def _rate(row: Row, unknown: str) -> rates.Rate:
    if row.conversion_rate is None:
        return rates.Rate("", words.capital(unknown), "", words.count(row.entered))
    return rates.headline(row)
