"""The volume lane of the journey map: bars, wedges of who left, caps in progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words

BASE, TOP = 130.0, 22.0  # of the bars, from above
HIGH, CANVAS = 150.0, 1000.0
CLOSE = 0.08  # steps so near leave no room for a figure; the row below has it


@dataclass(frozen=True)
class Bar:
    """Customers at one place of the map; `at` is a share of its width."""

    at: float
    wide: float
    reached: int
    in_progress: int = 0
    of: int = 0
    leave: str = ""
    is_step: bool = True
    is_linked: bool = True


def draw_volume(bars: Sequence[Bar], stage: float) -> Markup:
    """Return the bars, the wedges of those who left, the caps of those in progress.

    Parameters
    ----------
    stage
        The share of the width that one stage takes.
    """
    most = max((bar.reached + bar.in_progress for bar in bars), default=0) or 1
    scale = (BASE - TOP) / most
    steps = [bar for bar in bars if bar.is_linked]
    shapes, marks = [], []
    for left, right in pairwise(steps):
        if right.at > left.at:
            shapes.append(_wedge(left, right, scale))
            marks += _loss(left, right, scale, stage)
    marks += [part for bar in bars for part in _bar(bar, scale)]
    canvas = svg.stretched(shapes, CANVAS, HIGH)
    label = "Customers per step; the figures stand in the rows below"
    axis = svg.line(("0", "100%"), (BASE, BASE), "ax")
    return svg.tag(
        "svg", canvas, *marks, axis, height=HIGH, role="img", aria_label=label
    )


def _wedge(left: Bar, right: Bar, scale: float) -> Markup:
    """Draw the slope from one step to the next: those who left, and who stayed."""
    x0 = (left.at + left.wide / 2) * CANVAS
    x1 = (right.at - right.wide / 2) * CANVAS
    y0, y1 = BASE - left.reached * scale, BASE - right.reached * scale
    if x1 <= x0:
        return Markup("")
    stay = [(x0, max(y0, y1)), (x1, y1), (x1, BASE), (x0, BASE)]
    gone = [(x0, y0), (x1, y1), (x0, y1)]
    slope = svg.tag(
        "path",
        d=svg.path([(x0, y0), (x1, y1)]),
        class_="slope",
        vector_effect="non-scaling-stroke",
    )
    return Markup("").join(
        [
            svg.tag("path", d=svg.path(stay, closed=True), class_="stay"),
            svg.tag("path", d=svg.path(gone, closed=True), class_="fds"),
            slope,
        ]
    )


def _loss(left: Bar, right: Bar, scale: float, stage: float) -> list[Markup]:
    if not left.leave or right.at - left.at < CLOSE:
        return []
    # Near the step that they leave: between far steps stands another stage's bar.
    at = left.at + min(right.at - left.at, stage) / 2
    way = (at - left.at) / (right.at - left.at)
    height = BASE - (left.reached + (right.reached - left.reached) * way) * scale
    return [
        svg.text(
            svg.share_of(at),
            max(12.0, height - 10),
            left.leave,
            "td halo",
            text_anchor="middle",
        )
    ]


def _bar(bar: Bar, scale: float) -> list[Markup]:
    high = bar.reached * scale
    cap = bar.in_progress * scale
    left, wide = svg.share_of(bar.at - bar.wide / 2), svg.share_of(bar.wide)
    middle = svg.share_of(bar.at)
    kind = "fv" if bar.is_step else "open"
    parts = [
        svg.tag("rect", x=left, width=wide, y=BASE - high, height=high, class_=kind)
    ]
    if cap > 0:
        parts.append(
            svg.tag(
                "rect",
                svg.tag("title", f"{words.count(bar.in_progress)} in progress"),
                x=left,
                width=wide,
                y=BASE - high - cap,
                height=cap,
                class_="fw edge",
            )
        )
    reached = words.count(bar.reached)
    parts.append(svg.text(middle, 146, reached, "ti b", text_anchor="middle"))
    if bar.of:
        share = words.percent(bar.reached / bar.of, bar.of)
        above = BASE - high - cap - 6
        parts.append(svg.text(middle, above, share, "ti2 halo", text_anchor="middle"))
    return parts
