"""Where the words of a drawn graph go: beside their line, never on a box or a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeymine.report.routes import Route, along

CHARACTER, HEIGHT = 6.6, 14.0
LEVEL = 14.0  # a line that climbs less counts as level


@dataclass(frozen=True)
class Rectangle:
    """An area of the drawing, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Rectangle") -> bool:
        """Whether the two areas share a point."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def area(centre: tuple[float, float], size: tuple[float, float]) -> Rectangle:
    """Return the area of a box with this centre."""
    (x, y), (wide, high) = centre, size
    return Rectangle(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def place_labels(
    words: Sequence[str], routes: Sequence[Route], boxes: Sequence[Rectangle]
) -> list[Rectangle | None]:
    """Return an area for each label, or None where there is no room for it.

    Wide lines choose first. Of the free places, the one that fewest lines cross.
    """
    lines = [_samples(route) for route in routes]
    taken = list(boxes)
    found: list[Rectangle | None] = [None] * len(words)
    order = sorted(range(len(words)), key=lambda i: (-routes[i].width, i))
    for number in order:
        if not words[number]:
            continue
        wide = len(words[number]) * CHARACTER
        best = _clearest(_candidates(routes[number], wide), taken, lines)
        if best:
            found[number] = best
            taken.append(best)
    return found


def _clearest(
    places: Iterator[Rectangle],
    taken: list[Rectangle],
    lines: list[list[tuple[float, float]]],
) -> Rectangle | None:
    """Return the free place that fewest lines cross; the first that none crosses."""
    best, fewest = None, len(lines) + 1
    for place in places:
        if any(place.meets(other) for other in taken):
            continue
        crossed = _crossings(place, lines)
        if crossed < fewest:
            best, fewest = place, crossed
        if not crossed:
            break
    return best


def _candidates(route: Route, wide: float) -> Iterator[Rectangle]:
    """Places beside each curve, the middle first, above or right before the other."""
    for share in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        for curve in route.curves:
            x, y = along(curve, share)
            off = 4 + route.width / 2
            if abs(curve[3][1] - curve[0][1]) < LEVEL:
                yield area((x, y - off - HEIGHT / 2), (wide, HEIGHT))
                yield area((x, y + off + HEIGHT / 2), (wide, HEIGHT))
            else:
                yield area((x + off + wide / 2, y), (wide, HEIGHT))
                yield area((x - off - wide / 2, y), (wide, HEIGHT))


def _samples(route: Route) -> list[tuple[float, float]]:
    return [along(curve, step / 12) for curve in route.curves for step in range(13)]


def _crossings(place: Rectangle, lines: list[list[tuple[float, float]]]) -> int:
    return sum(
        any(
            place.left - 1 < x < place.right + 1 and place.top < y < place.bottom
            for x, y in line
        )
        for line in lines
    )
