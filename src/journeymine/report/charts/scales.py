"""Round ticks for shares and for time since a start."""

from collections.abc import Iterable

from journeymine.report import rates, words

Ticks = tuple[tuple[float, str], ...]

STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
SPANS = (1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365)


def shares(values: Iterable[float | None]) -> Ticks:
    """Return up to six ticks from nothing to the greatest share, in per cent."""
    high = max((value for value in values if value is not None), default=0.05)
    step = next((step for step in STEPS if 5 * step >= high), STEPS[-1])
    levels = [number * step for number in range(max(1, int(-(-high // step))) + 1)]
    return tuple(
        (level, f"{100 * level:.0f}{'%' if level == levels[-1] else ''}")
        for level in levels
    )


def moments(last: float) -> Ticks:
    """Return up to five moments between a start and its end, in one unit."""
    amount, unit = rates.window(last).split(words.SPACE)
    whole = round(float(amount.replace(",", "")))
    step = next((step for step in SPANS if whole / step <= 4), whole)
    marks = [(at / whole, str(at)) for at in range(0, whole - step // 2, step)]
    return (*marks, (1.0, f"{words.count(whole)}{words.SPACE}{unit}"))
