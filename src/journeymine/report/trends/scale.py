"""A scale with round numbers for the values of a measure."""

from collections.abc import Iterable
from math import ceil, floor, log10

from journeymine.report import words
from journeymine.report.trends.measures import SIGNED, Measure

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MOST_TICKS = 4
BOUNDS = {"share": (0.0, 1.0), "emotion": (-1.0, 1.0), "points": (-100.0, 100.0)}

Ticks = tuple[tuple[float, str], ...]


def ticks(measure: Measure, values: Iterable[float]) -> Ticks:
    """Return 2 to 4 round values around all values, the unit at the last of them."""
    known = list(values) or [0.0, 1.0]
    floor_, ceiling = BOUNDS.get(measure.unit, (0.0, float("inf")))
    low, high = max(floor_, min(known)), min(ceiling, max(known))
    if high <= low:
        margin = abs(low) / 10 or 0.5
        low, high = max(floor_, low - margin), min(ceiling, high + margin)
    step = _step(low, high)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    levels = [step * number for number in range(first, last + 1)]
    return tuple((one, _word(measure, one, one == levels[-1])) for one in levels)


def _step(low: float, high: float) -> float:
    """Return the smallest round step that needs few ticks."""
    power = floor(log10((high - low) / MOST_TICKS))
    for exponent in range(power, power + 3):
        for one in STEPS:
            step: float = one * 10.0**exponent
            if ceil(high / step - 1e-9) - floor(low / step + 1e-9) < MOST_TICKS:
                return step
    return high - low


def _word(measure: Measure, value: float, is_last: bool) -> str:
    if measure.unit == "share":
        return f"{round(100 * value, 6):g}{'%' if is_last else ''}"
    if measure.unit in SIGNED:
        return words.signed(value, SIGNED[measure.unit])
    if measure.unit == "days":
        return f"{round(value, 6):g}{f'{words.SPACE}d' if is_last else ''}"
    has_digits = value < 10 and value != round(value)
    told = (
        f"{round(value, 6):g}" if has_digits else words.compact(value).replace(".0", "")
    )
    if is_last and measure.unit == measure.currency:
        return sign_of(measure.currency) + told
    return told


def sign_of(currency: str) -> str:
    """Return what stands before an amount of money."""
    return words.money(0, currency).removesuffix("0")
