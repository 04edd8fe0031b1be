"""The drawn part of attribution: a mark per model on one scale."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from markupsafe import Markup

from journeymine import svg
from journeymine.report.reader import Row
from journeymine.report.whatif.findings import MODELS, amount

HIGH = 30.0
SHAPES = {"first": "at-first", "last": "at-last"}
"""Models with a shape of their own; all others are dots."""

Scale = tuple[float, ...]
"""Ticks from 0; the last one is the right end or more than all values."""


def scale_of(rows: Sequence[Row]) -> Scale:
    """Return 3 to 6 round ticks that cover all credits and intervals."""
    most = max(float(row.credit_high or row.credit) for row in rows) or 1.0
    size = 10.0 ** floor(log10(most))
    step = next(
        size * part for part in (0.2, 0.5, 1, 2) if ceil(most / (size * part)) <= 5
    )
    return tuple(step * number for number in range(ceil(most / step) + 1))


def draw_scale(scale: Scale) -> Markup:
    """Return the words of the ticks; the unit stands on the last one."""
    parts = [
        svg.text(
            svg.share_of(tick, scale[-1]),
            14,
            f"{tick:,.10g}",
            text_anchor="start" if tick == 0 else "middle",
        )
        for tick in scale[:-1]
    ]
    last = f"{scale[-1]:,.10g} conversions"
    parts.append(svg.text("100%", 14, last, text_anchor="end"))
    return svg.tag("svg", *parts, class_="scale", aria_hidden="true")


def draw_marks(name: str, own: Mapping[str, Row], scale: Scale) -> Markup:
    """Return the credit of a channel by each model, the headline one on top."""
    most = scale[-1]
    models = [own[model] for model in reversed(MODELS)]
    lines = [_whisker(row, most) for row in models if row.credit_low is not None]
    middle = svg.tag(
        "g",
        *lines,
        *(_mark(row, most) for row in models),
        transform=f"translate(0 {HIGH / 2:.0f})",
    )
    axis = svg.line(("0", "0"), (0, HIGH), "ax")
    title = svg.tag("title", f"{name}: {words_of(own)}")
    return svg.tag("svg", title, axis, middle, class_="marks", role="img")


def words_of(own: Mapping[str, Row]) -> str:
    """Return the credit by all models in words."""
    return ", ".join(f"{MODELS[key]} {amount(own[key].credit)}" for key in MODELS)


def _whisker(row: Row, most: float) -> Markup:
    ends = _at(row.credit_low, most), _at(row.credit_high, most)
    return svg.tag("line", x1=ends[0], x2=ends[1], class_=f"w {row.model}")


def _mark(row: Row, most: float) -> Markup:
    shape = f"#{SHAPES.get(row.model, 'at-dot')}"
    return svg.tag("use", href=shape, x=_at(row.credit, most), class_=f"m {row.model}")


def _at(value: float, most: float) -> str:
    """Return a place to a tenth of a per cent: half a pixel."""
    return f"{100 * float(value) / most:.1f}%"
