"""The drawn parts of the funnel: one bar per step, one point per persona."""

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words
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
        svg.tag(
            "rect",
            x=svg.share_of(start, entered),
            width=svg.share_of(length, entered),
            y=4,
            height=HIGH - 8,
            class_=kind,
        )
        for kind, start, length in [*spans, ("fv", 0, reached)]
        if length
    ]
    if waiting / entered > 0.004:
        parts += _bracket(reached / entered, (reached + waiting) / entered)
    return svg.tag("svg", *parts, class_="bar", role="img", aria_label=words_)


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


def draw_dots(rows: list[tuple[str, Row]]) -> Markup:
    """Return the conversion of each persona as a point with its interval."""
    known = [row.conversion_rate_high or row.conversion_rate or 0 for _, row in rows]
    most = max(0.05, *known) * 1.12
    high = 30 * len(rows) + 8
    parts = [svg.line(("0", "0"), (0, high - 8), "ax")]
    for number, (_, row) in enumerate(rows):
        parts += _dot(row, most, number * 30 + 15)
    label = "Conversion by persona with 95% interval; the figures stand beside"
    return svg.tag("svg", *parts, height=high, role="img", aria_label=label)


def _dot(row: Row, most: float, y: float) -> list[Markup]:
    parts = [svg.line(("0", "100%"), (y + 15, y + 15), "gl")]
    if row.conversion_rate is None:
        return [*parts, svg.text("8", y + 4, "not known")]
    low, high = row.conversion_rate_low, row.conversion_rate_high
    if low is not None and high is not None:
        ends = svg.share_of(low, most), svg.share_of(high, most)
        parts.append(svg.line(ends, (y, y), "wh"))
    at = svg.share_of(row.conversion_rate, most)
    return [*parts, svg.tag("circle", cx=at, cy=y, r=4, class_="fv")]
