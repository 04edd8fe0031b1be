"""A median and p90 on a log scale of time, 10 s to 90 days."""

from math import log

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words

LEAST, MOST = 10.0, 90 * 86400.0


def draw_span(median: float, p90: float) -> Markup:
    """Return a point at the median with a line to the p90."""
    first, last = (_place(seconds) for seconds in (median, p90))
    label = f"Median {words.duration(median)}, p90 {words.duration(p90)}"
    return svg.tag(
        "svg",
        svg.line(("0", "100%"), (6, 6), "gl"),
        svg.line((svg.share_of(first), svg.share_of(last)), (6, 6), "span"),
        svg.tag("circle", cx=svg.share_of(first), cy=6, r=3.5, class_="fv"),
        class_="time",
        role="img",
        aria_label=label,
    )


def _place(seconds: float) -> float:
    inside = min(max(seconds, LEAST), MOST)
    return 0.02 + 0.96 * log(inside / LEAST) / log(MOST / LEAST)
