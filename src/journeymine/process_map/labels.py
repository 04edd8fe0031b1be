"""Where the words of a drawn graph go: beside their line, never on a box or a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from journeymine.process_map.routes import Route, along

Numbers = NDArray[np.float64]

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
    lines = _samples(routes)
    # What is not taken yet lies nowhere, and so meets nothing.
    taken = np.full((len(boxes) + len(words), 4), np.inf)
    for number, box in enumerate(boxes):
        taken[number] = _sides(box)
    found: list[Rectangle | None] = [None] * len(words)
    order = sorted(range(len(words)), key=lambda i: (-routes[i].width, i))
    for number in order:
        if not words[number]:
            continue
        wide = len(words[number]) * CHARACTER
        best = _clearest(_candidates(routes[number], wide), taken, lines)
        if best:
            found[number] = best
            taken[len(boxes) + number] = _sides(best)
    return found


def _clearest(
    places: Iterator[Rectangle],
    taken: Numbers,
    lines: Numbers,
) -> Rectangle | None:
    """Return the free place that fewest lines cross; the first that none crosses."""
    best, fewest = None, lines.shape[1] + 1
    for place in places:
        if not _is_free(place, taken):
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


def _sides(place: Rectangle) -> tuple[float, float, float, float]:
    return place.left, place.top, place.right, place.bottom


def _is_free(place: Rectangle, taken: Numbers) -> bool:
    left, top, right, bottom = taken.T
    across = (place.left < right) & (left < place.right)
    return not bool(np.any(across & (place.top < bottom) & (top < place.bottom)))


def _samples(routes: Sequence[Route]) -> Numbers:
    """Return points of all lines: rows x, y and number of the line."""
    points = [
        (*along(curve, step / 12), number)
        for number, route in enumerate(routes)
        for curve in route.curves
        for step in range(13)
    ]
    return np.array(points, dtype=float).reshape(-1, 3).T


def _crossings(place: Rectangle, lines: Numbers) -> int:
    x, y, number = lines
    inside = (
        (place.left - 1 < x)
        & (x < place.right + 1)
        & (place.top < y)
        & (y < place.bottom)
    )
    return len(np.unique(number[inside]))
