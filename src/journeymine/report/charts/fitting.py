"""Names beside a drawing, where there is only so much room."""

from collections.abc import Sequence

from markupsafe import Markup

from journeymine import svg
from journeymine.process_map.boxes import fitted

APART = 15.0  # between two names


def name_beside(
    x: svg.Value, y: float, words: str, room: float, **more: svg.Value
) -> Markup:
    """Return a name as text, at most so many pixels wide; a title tells it whole."""
    short = fitted(words, room)
    whole = () if short == words else (svg.tag("title", words),)
    return svg.tag("text", short, *whole, x=x, y=y, **more)


def apart(places: Sequence[float], floor: float) -> list[float]:
    """Return places from the top down, so far apart that words fit beside them."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + APART) if moved else place)
    for number in reversed(range(len(moved))):
        moved[number] = min(moved[number], floor)
        floor = moved[number] - APART
    return moved
