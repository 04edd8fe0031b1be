"""What there is to win against what it takes: one point for each opportunity."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words
from journeymine.report.facts import Facts
from journeymine.report.journey_map.action import effort, opportunity
from journeymine.report.journey_map.placed import Placed
from journeymine.report.reader import Row

SHOWN = 12
TOP, BASE, HIGH = 24.0, 220.0, 262.0
SIZES = ("XS", "S", "M", "L", "XL", "")
UNSET = "effort not set"


@dataclass(frozen=True)
class Chance:
    """An opportunity as a point: its number, effort, and what it would bring."""

    tag: str
    text: str
    effort: str
    value: float
    low: float
    high: float
    figures: str
    is_proven: bool = False


@dataclass(frozen=True)
class Efforts:
    """The figure of impact against effort, with the table behind it."""

    title: str
    drawing: Markup
    rows: list[tuple[str, str, str]]
    left: int


def read_efforts(placed: Placed, facts: Facts) -> Efforts | None:
    """Return the figure; None where nobody knows what there would be to win."""
    every = sorted(
        (row for rows in placed.pains.values() for row in rows),
        key=lambda row: int(row.rank),
    )
    known = [
        row for row in every if row.rank in placed.numbers and row.uplift is not None
    ]
    chances = [_chance(row, placed, facts) for row in known[:SHOWN]]
    if not chances:
        return None
    return Efforts(
        title=title(chances),
        drawing=draw_efforts(chances),
        rows=[
            (f"{one.tag} {one.text}", one.effort or "not set", one.figures)
            for one in chances
        ],
        left=len(known) - len(chances),
    )


def title(chances: Sequence[Chance]) -> str:
    """Name what would bring most: of what is proven, where anything is."""
    proven = [one for one in chances if one.is_proven]
    best = max(proven or chances, key=lambda one: one.value)
    most = f"{best.tag} would bring most: {words.count(best.value)} conversions"
    return f"Of what is proven, {most}" if proven else f"{most}, not proven"


def _chance(row: Row, placed: Placed, facts: Facts) -> Chance:
    told = opportunity(row, placed, facts, "all")
    low = row.uplift if row.uplift_low is None else row.uplift_low
    high = row.uplift if row.uplift_high is None else row.uplift_high
    size = effort(row, told.note)
    return Chance(
        *(told.tag, told.text, size, row.uplift, low, high, told.figures),
        is_proven=bool(row.is_significant),
    )


def _order(one: Chance) -> tuple[int, float, str]:
    """Sort numbers first, then sizes from small to large, then what has no effort."""
    if one.effort in SIZES:
        return 1, SIZES.index(one.effort), one.effort
    return 0, float(one.effort), one.effort


def draw_efforts(chances: list[Chance]) -> Markup:
    """Return a point with its interval for each, side by side in its effort's column.

    Each has a place of its own across, so that no name can meet another.
    """
    most = max(max(one.high for one in chances), 1.0)
    least = min(0.0, *(one.low for one in chances))
    step = _tick(most)

    def y(value: float) -> float:
        return BASE - (value - least) / (most - least) * (BASE - TOP)

    parts = []
    for number in range(int(most // step) + 1):
        parts.append(
            svg.line(("0", "100%"), (y(number * step), y(number * step)), "gl")
        )
        name = words.count(number * step)
        parts.append(svg.text(-8, y(number * step) + 4, name, text_anchor="end"))
    ordered = sorted(chances, key=_order)
    place = 0
    for size, group in groupby(ordered, key=lambda one: one.effort):
        column = list(group)
        for offset, one in enumerate(column):
            at = svg.share_of(place + offset + 0.5, len(ordered))
            parts += _point(one, at, y)
        parts += _column(size, place, len(column), len(ordered))
        place += len(column)
    label = "Conversions gained, with 95% interval, against effort"
    return svg.tag("svg", *parts, height=HIGH, role="img", aria_label=label)


def _point(one: Chance, at: str, height: Callable[[float], float]) -> list[Markup]:
    ends = height(one.high), height(one.low)
    return [
        svg.line((at, at), ends, "win"),
        svg.tag("circle", cx=at, cy=height(one.value), r=4.5, class_="fa"),
        svg.text(at, ends[0] - 7, one.tag, "ta", text_anchor="middle"),
    ]


def _column(size: str, place: int, many: int, of: int) -> list[Markup]:
    middle, edge = svg.share_of(place + many / 2, of), svg.share_of(place, of)
    # A column of one or two points has no room for more words.
    name = size or (UNSET if many > 2 else "not set")
    parts = [svg.text(middle, BASE + 24, name, text_anchor="middle")]
    if place:
        parts.append(svg.line((edge, edge), (TOP, BASE + 30), "gl"))
    return parts


def _tick(most: float) -> float:
    """Return a round distance that makes 2 to 5 lines."""
    size = 1.0
    while most / size > 50:
        size *= 10
    return next(size * one for one in (1, 2, 5, 10) if most / (size * one) <= 5)
