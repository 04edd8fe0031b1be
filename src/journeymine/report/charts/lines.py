"""Lines over time or since a start: bands, gaps, and a name at the end of each.

x is a share of the width and y is in pixels, so that no text is ever stretched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup

from journeymine import svg
from journeymine.report.charts.fitting import apart, name_beside

CANVAS = 1000.0
ABOVE, BELOW = 18.0, 22.0  # room for the words of incidents, and of the marks
ROOM = 160.0  # of a name at the end of its line
NARROW = 130.0  # of the words on an incident, which a phone shows too


@dataclass(frozen=True)
class Spot:
    """One value with its interval; None where nothing is known.

    `at` is a share of the width, `told` stands in the point's title.
    """

    at: float
    value: float | None
    low: float | None = None
    high: float | None = None
    is_final: bool = True
    told: str = ""


@dataclass(frozen=True)
class Series:
    """One line and its name; a stepped one stays level until it changes."""

    label: str
    spots: tuple[Spot, ...]
    is_stepped: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Frame:
    """The scale: `ticks` on y, and `marks` on x in shares of the width."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, str], ...] = ()
    height: float = 220.0

    def y(self, value: float) -> float:
        """Return how far from the top a value stands; beyond the scale, its end."""
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.floor - (self.floor - ABOVE) * min(1.0, max(0.0, share))

    @property
    def floor(self) -> float:
        """Where the lowest value stands."""
        return self.height - BELOW


def draw_lines(
    series: Sequence[Series],
    frame: Frame,
    label: str,
    target: float | None = None,
    incidents: Sequence[tuple[float, float, str]] = (),
) -> Markup:
    """Return the lines in their frame.

    Parameters
    ----------
    target
        A value that is drawn as a dotted line.
    incidents
        From where to where, in shares of the width, and what happened.
    """
    shapes = [shape for one in series for shape in _shapes(one, frame)]
    return svg.tag(
        "svg",
        *_incidents(incidents, frame),
        *_scale(frame, target),
        svg.stretched(shapes, CANVAS, frame.height),
        *[point for one in series for point in _points(one, frame)],
        *_names(series, frame),
        class_="lines",
        height=frame.height,
        role="img",
        aria_label=label,
    )


def _incidents(
    incidents: Sequence[tuple[float, float, str]], frame: Frame
) -> Iterator[Markup]:
    for start, end, told in incidents:
        x, width = svg.share_of(start), svg.share_of(max(end - start, 0.004))
        yield svg.tag(
            "rect",
            x=x,
            width=width,
            y=ABOVE,
            height=frame.floor - ABOVE,
            class_="incident",
        )
        # Words near the right side end where the incident ends.
        place, anchor = (end, "end") if start > 0.6 else (start, "start")
        at = svg.share_of(place)
        more = {"class_": "incident", "text_anchor": anchor}
        yield name_beside(at, ABOVE - 6, told, NARROW, **more)


def _scale(frame: Frame, target: float | None) -> Iterator[Markup]:
    for value, name in frame.ticks:
        y = frame.y(value)
        yield svg.line(("0", "100%"), (y, y), "gl")
        yield svg.text(-8, y + 4, name, text_anchor="end")
    for at, name in frame.marks:
        yield svg.text(svg.share_of(at), frame.height - 4, name, text_anchor="middle")
    if target is not None:
        y = frame.y(target)
        yield svg.line(("0", "100%"), (y, y), "aim")


def _shapes(one: Series, frame: Frame) -> Iterator[Markup]:
    """Draw the bands and lines of each run; a value alone has its interval upright."""
    for run in _runs(one.spots):
        bounds = [(spot.low, spot.high) for spot in run]
        known = [(a, b) for a, b in bounds if a is not None and b is not None]
        if len(known) == len(run):
            below = _placed(one, run, [low for low, _ in known], frame)
            above = _placed(one, run, [high for _, high in known], frame)
            if len(run) == 1:
                yield svg.tag("path", d=svg.path([*below, *above]), class_="ln")
            else:
                area = svg.path([*below, *reversed(above)], closed=True)
                yield svg.tag("path", d=area, class_="band")
        steps = groupby(pairwise(run), lambda two: two[0].is_final and two[1].is_final)
        for is_final, pairs in steps:
            first, *others = pairs
            part = [*first, *(other for _, other in others)]
            line = _placed(one, part, [spot.value or 0.0 for spot in part], frame)
            kinds = "ln", one.kind, "" if is_final else "dashed"
            written = " ".join(kind for kind in kinds if kind)
            yield svg.tag("path", d=svg.path(line), class_=written)


def _runs(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Return what lies between gaps: a gap is never bridged."""
    runs = groupby(spots, lambda spot: spot.value is not None)
    return [list(run) for is_known, run in runs if is_known]


def _placed(
    one: Series, spots: Sequence[Spot], values: Sequence[float], frame: Frame
) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for spot, value in zip(spots, values, strict=True):
        x = CANVAS * spot.at
        if one.is_stepped and points:
            points.append((x, points[-1][1]))
        points.append((x, frame.y(value)))
    return points


def _points(one: Series, frame: Frame) -> Iterator[Markup]:
    """Draw each value; of a stepped line, only those that stand alone."""
    for run in _runs(one.spots):
        if one.is_stepped and len(run) > 1:
            continue
        for spot in run:
            yield svg.tag(
                "circle",
                *([svg.tag("title", spot.told)] if spot.told else []),
                cx=svg.share_of(spot.at),
                cy=frame.y(spot.value or 0.0),
                r=3.5,
                class_="spot" if spot.is_final else "spot is-open",
            )


def _names(series: Sequence[Series], frame: Frame) -> Iterator[Markup]:
    """Write each name beside the last known value, none on another."""
    ends = [(one.label, run[-1][-1]) for one in series if (run := _runs(one.spots))]
    ends = [(name, spot) for name, spot in ends if name]
    ends.sort(key=lambda end: frame.y(end[1].value or 0.0))
    places = apart([frame.y(spot.value or 0.0) for _, spot in ends], frame.floor)
    for (name, spot), y in zip(ends, places, strict=True):
        at = svg.share_of(spot.at)
        yield name_beside(at, y + 4, name, ROOM, class_="ti halo", dx=8)
