"""Points with their intervals, one row each, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words

ROW = 30.0
LEFT = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
RIGHT = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


@dataclass(frozen=True)
class Whisker:
    """A value with its interval; an open point is not final.

    Where the value is None, what is `told` is written in its place. `kind` is a class
    of the style: `neg`, `pos` or `neu` where it is an emotion.
    """

    value: float | None
    low: float | None
    high: float | None
    told: str = ""
    is_open: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Scale:
    """Where values stand across the drawing."""

    low: float
    high: float
    is_log: bool = False

    def share(self, value: float) -> float:
        """Return the place of a value from 0 to 1: what is beyond stands at an end."""
        if self.is_log:
            ends = log10(self.low), log10(self.high)
            at = log10(value) if value > 0 else ends[0]
        else:
            ends, at = (self.low, self.high), value
        return min(1.0, max(0.0, (at - ends[0]) / (ends[1] - ends[0])))

    def at(self, value: float) -> str:
        """Return the place of a value, in per cent of the width."""
        return svg.share_of(self.share(value))


def draw_whiskers(  # noqa: PLR0913 - what is drawn, and the scale that it stands on
    rows: Sequence[Whisker],
    low: float,
    high: float,
    label: str,
    zero: float | None = None,
    is_log: bool = False,
) -> Markup:
    """Return a point and a whisker per row, 30 px high, beside names and figures.

    A reference line stands at `zero`, else at the left end. A whisker that goes beyond
    the scale ends in an arrow; a logarithmic scale names its powers of ten.
    """
    scale = Scale(low, high, is_log)
    bottom = ROW * len(rows)
    axis = scale.at(zero) if zero is not None else "0"
    parts = [svg.line((axis, axis), (0, bottom), "ax")]
    for number, row in enumerate(rows):
        parts += _row(row, scale, ROW * number + ROW / 2)
    if is_log:
        parts += _powers(scale, bottom + 16)
    return svg.tag(
        "svg",
        *parts,
        height=bottom + (22 if is_log else 8),
        role="img",
        aria_label=label,
    )


def _row(row: Whisker, scale: Scale, y: float) -> list[Markup]:
    hairline = svg.line(("0", "100%"), (y + ROW / 2, y + ROW / 2), "gl")
    if row.value is None:
        return [hairline, svg.text("8", y + 4, row.told or "not known")]
    parts = []
    if row.low is not None and row.high is not None:
        ends = scale.at(row.low), scale.at(row.high)
        parts.append(svg.line(ends, (y, y), f"whisk {row.kind}" if row.kind else "wh"))
        parts += _arrows(row.low < scale.low, row.high > scale.high, y)
    kind = f"dot {row.kind}" if row.kind else "open" if row.is_open else "fv"
    parts.append(svg.tag("circle", cx=scale.at(row.value), cy=y, r=4, class_=kind))
    if row.told:
        parts = [svg.tag("g", svg.tag("title", row.told), *parts)]
    return [hairline, *parts]


def _arrows(is_left: bool, is_right: bool, y: float) -> list[Markup]:
    """Return the heads of a whisker that is longer than can be drawn."""
    heads = (is_left, "0", LEFT, "start"), (is_right, "100%", RIGHT, "end")
    return [
        svg.text(x, y + 4.5, head, "ti b", text_anchor=anchor)
        for is_there, x, head, anchor in heads
        if is_there
    ]


def _powers(scale: Scale, y: float) -> list[Markup]:
    exponents = range(ceil(log10(scale.low)), floor(log10(scale.high)) + 1)
    return [
        svg.text(scale.at(10.0**one), y, _power(one), text_anchor=_anchor(scale, one))
        for one in exponents
    ]


def _power(exponent: int) -> str:
    return words.count(10.0**exponent) if exponent >= 0 else f"{10.0**exponent:g}"


def _anchor(scale: Scale, exponent: int) -> str:
    """Keep the first and the last word within the drawing."""
    share = scale.share(10.0**exponent)
    return "start" if share < 0.03 else "end" if share > 0.97 else "middle"
