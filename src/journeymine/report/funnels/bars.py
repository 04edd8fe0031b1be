"""The drawn parts of the funnel: one bar per step, one point per persona."""

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words
from journeymine.report.charts.whiskers import Whisker, draw_whiskers
from journeymine.report.reader import Row

HIGH = 34.0


def draw_bar(reached: int, waiting: int, gone: int) -> Markup:
    """Return reached, in progress and dropped as one bar, summing to the entered."""
    entered = reached + waiting + gone
    if not entered:
        return Markup("")
    words_ = (
        f"{words.count(reached)} reached, {words.count(waiting)} in progress, "
        f"{words.count(gone)} dropped before"
    )
    spans = [("fds", reached + waiting, gone), ("fw", reached, waiting)]
    parts = [
        _part(kind, start, length, entered)
        for kind, start, length in [*spans, ("fv", 0, reached)]
        if length
    ]
    if waiting / entered > 0.004:
        parts += _bracket(reached / entered, (reached + waiting) / entered)
    return svg.tag("svg", *parts, class_="bar", role="img", aria_label=words_)


def draw_held(reached: int, entered: int) -> Markup:
    """Return how many of the entered hold an optional step: nobody is lost there."""
    if not entered:
        return Markup("")
    words_ = f"{words.count(reached)} of {words.count(entered)} hold this step"
    part = _part("fv", 0, reached, entered)
    return svg.tag("svg", part, class_="bar", role="img", aria_label=words_)


def _part(kind: str, start: int, length: int, entered: int) -> Markup:
    return svg.tag(
        "rect",
        x=svg.share_of(start, entered),
        width=svg.share_of(length, entered),
        y=4,
        height=HIGH - 8,
        class_=kind,
    )


def _bracket(low: float, high: float) -> list[Markup]:
    """Draw the range of the final figure: none of them arrives, or all do."""
    ends = svg.share_of(low), svg.share_of(high)
    middle = HIGH / 2
    return [
        svg.line(ends, (middle, middle), "whb"),
        svg.line(ends, (middle, middle), "wh"),
        svg.line((ends[0], ends[0]), (middle - 6, middle + 6), "wh"),
        svg.line((ends[1], ends[1]), (middle - 6, middle + 6), "wh"),
    ]


def draw_dots(rows: list[Row], label: str, unknown: str = "not known") -> Markup:
    """Return conversion rates as points with their intervals, one row each."""
    known = [row.conversion_rate_high or row.conversion_rate or 0 for row in rows]
    most = min(1.0, max(0.05, *known, 0) * 1.12)
    whiskers = [
        Whisker(
            row.conversion_rate,
            row.conversion_rate_low,
            row.conversion_rate_high,
            told=unknown if row.conversion_rate is None else "",
        )
        for row in rows
    ]
    return draw_whiskers(whiskers, 0, most, f"{label}; the figures stand beside")
