"""Flows through columns of places: places in columns, bands between them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journeymine import svg
from journeymine.report import words
from journeymine.report.charts.crossings import Pairs, untangled
from journeymine.report.charts.fitting import name_beside

FLOW = 260.0  # the height of the fullest column, without what lies between
PITCH = 38.0  # of two labels, each of two lines
BAR = 8.0
COLUMN = 158.0  # the least from one column to the next: a label has its room
TOP = 6.0
FILLS = {"drop": "fd", "wip": "fw edge", "accent": "fa"}


@dataclass(frozen=True)
class Place:
    """A place in a column, from 0; its height is its weight."""

    key: str
    column: int
    label: str
    weight: float
    kind: str = ""
    told: str = ""


@dataclass(frozen=True)
class Band:
    """What flows from a place to one further right."""

    source: str
    target: str
    weight: float
    kind: str = ""
    told: str = ""


@dataclass(frozen=True)
class _Scene:
    """Where each place stands: its left end, its top, and pixels per unit."""

    lefts: dict[str, float]
    tops: dict[str, float]
    scale: float
    wide: float
    high: float


def draw_sankey(
    places: Sequence[Place], bands: Sequence[Band], label: str, width: float = 900.0
) -> Markup:
    """Return places in columns from left to right, and the bands between them.

    The order within a column is chosen so that bands cross little. Labels stand right
    of their place, so far apart that none is on another.
    """
    if not places:
        return Markup("")
    scene = _scene(places, bands, width)
    weights = {place.key: place.weight for place in places}
    drawn = [*_bands(bands, scene, weights), *(_bar(one, scene) for one in places)]
    named = [name for place in places for name in _label(place, scene)]
    return svg.tag(
        "svg",
        *drawn,
        *named,
        viewBox=f"0 0 {scene.wide:.0f} {scene.high:.0f}",
        width=f"{scene.wide:.0f}",
        height=f"{scene.high:.0f}",
        class_="sankey",
        role="img",
        aria_label=label,
    )


def _scene(places: Sequence[Place], bands: Sequence[Band], width: float) -> _Scene:
    columns: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        columns[place.column].append(place)
    last = max(columns)
    wide = max(width, COLUMN * (last + 1))
    pitch = wide / (last + 1)
    known = {place.key: place for place in places}
    flows: Pairs = {(band.source, band.target): band.weight for band in bands}
    start = [
        [one.key for one in sorted(columns[at], key=_first)] for at in sorted(columns)
    ]
    order = [[known[key] for key in column] for column in untangled(start, flows)]
    fullest = max(sum(place.weight for place in column) for column in order)
    scale = FLOW / fullest if fullest else 0.0
    heights = [sum(_room(one, scale) for one in column) for column in order]
    tops: dict[str, float] = {}
    for column, high in zip(order, heights, strict=True):
        free = TOP + (max(heights) - high) / 2
        for place in column:
            tops[place.key] = free + max(0.0, (PITCH - _high(place, scale)) / 2)
            free += _room(place, scale)
    lefts = {place.key: pitch * place.column for place in places}
    return _Scene(lefts, tops, scale, wide, max(heights) + 2 * TOP)


def _first(place: Place) -> tuple[float, str]:
    return -place.weight, place.key


def _high(place: Place, scale: float) -> float:
    return max(place.weight * scale, 1.0)


def _room(place: Place, scale: float) -> float:
    """Return the height that a place takes, with its label and what keeps it apart."""
    return max(_high(place, scale) + 12, PITCH)


def _bands(
    bands: Sequence[Band], scene: _Scene, weights: dict[str, float]
) -> list[Markup]:
    """Draw the bands; at each place they lie in the order of where they lead."""

    def spread(key: str, other: str) -> dict[tuple[str, str], float]:
        """Return where each band meets its place on one side."""
        used: dict[str, float] = defaultdict(float)
        found = {}
        for band in sorted(
            bands, key=lambda one: (scene.tops[getattr(one, other)], one.target)
        ):
            place, thick = getattr(band, key), band.weight * scene.scale
            found[band.source, band.target] = (
                scene.tops[place] + used[place] + thick / 2
            )
            used[place] += thick
        return found

    out, into = spread("source", "target"), spread("target", "source")
    order = sorted(bands, key=lambda one: (-one.weight, one.source, one.target))
    return [
        _band(band, scene, (out[ends], into[ends]))
        for band in order
        if weights[band.source] and band.weight
        for ends in [(band.source, band.target)]
    ]


def _band(band: Band, scene: _Scene, ys: tuple[float, float]) -> Markup:
    left, right = scene.lefts[band.source] + BAR, scene.lefts[band.target]
    middle = (left + right) / 2
    d = (
        f"M{left:.0f},{ys[0]:.1f}C{middle:.0f},{ys[0]:.1f} "
        f"{middle:.0f},{ys[1]:.1f} {right:.0f},{ys[1]:.1f}"
    )
    return svg.tag(
        "path",
        *([svg.tag("title", band.told)] if band.told else []),
        d=d,
        stroke_width=max(round(band.weight * scene.scale, 1), 0.7),
        class_=f"flow {band.kind}".strip(),
    )


def _bar(place: Place, scene: _Scene) -> Markup:
    return svg.tag(
        "rect",
        x=scene.lefts[place.key],
        y=round(scene.tops[place.key], 1),
        width=BAR,
        height=round(_high(place, scene.scale), 1),
        class_=FILLS.get(place.kind, "fv"),
    )


def _label(place: Place, scene: _Scene) -> list[Markup]:
    x = scene.lefts[place.key] + BAR + 6
    middle = scene.tops[place.key] + _high(place, scene.scale) / 2
    # A bold name in front of bands; the next column begins behind it.
    name = name_beside(x, middle - 2, place.label, COLUMN - 24, class_="ti b halo")
    told = place.told or words.count(place.weight)
    return [name, svg.text(x, middle + 13, told, "halo")]
