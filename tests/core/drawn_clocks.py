"""Clocks of funnels, drawn at random, and their curves by a plain loop over units."""

import random
from collections import Counter
from fractions import Fraction
from itertools import product
from math import exp, log, sqrt

from tests.core.bench import Bench, Columns

DAY = 86_400_000_000
DAYS = 10
CAUSES = ("reached", "reached", "excluded", "exited", "censored")
STEPS = {"short": 2, "long": 3}
PROJECT = """
[funnels.short]
steps = ["a", "b"]
window = "10 days"

[funnels.long]
steps = ["a", "b", "c"]
window = "10 days"
"""
LEVELS = (Fraction(1, 2), Fraction(9, 10))
SETS = {
    1: ("p1", "web", "2024-05-01"),
    2: ("p1", "app", "2024-05-01"),
    3: ("p2", "web", "2024-06-01"),
    4: ("p2", "app", "2024-06-01"),
}
WHOLE = "period = persona and segment = 'all'"
Row = tuple[object, ...]
Clock = tuple[int, str]


def cells_of(slice_set: int, is_last: bool) -> list[Row]:
    """Return period, persona, segment and value of the cells that a unit counts in."""
    persona, channel, month = SETS[slice_set]
    periods = ("all", month) if is_last else ("all",)
    segments = (("all", "all"), ("channel", channel))
    return [
        (period, one, *segment)
        for period, one, segment in product(periods, ("all", persona), segments)
    ]


def random_clocks(units: int, seed: int) -> list[Row]:
    """Return funnel, unit, attempt, step, duration, cause and slice_set of each."""
    rng = random.Random(seed)
    rows: list[Row] = []
    for unit in range(units):
        funnel, slice_set = rng.choice(list(STEPS)), rng.choice(list(SETS))
        for step in range(2, STEPS[funnel] + 1):
            cause = rng.choice(CAUSES)
            # Many are seen for the whole window, and some are still under way.
            days = rng.choice((1, 4, 7, 10, 10)) if cause == "censored" else None
            days = rng.randrange(DAYS + 1) if days is None else days
            rows.append((funnel, unit, 1, step, days * DAY, cause, slice_set))
    return rows


def drawn(names: str, rows: list[Row]) -> Columns:
    return {
        name: [row[place] for row in rows] for place, name in enumerate(names.split())
    }


def draw(bench: Bench, clocks: list[Row]) -> None:
    """Draw the tables that the estimation reads."""
    bench.set_project(PROJECT)
    key = "funnel unit_code attempt_index"
    units = list(dict.fromkeys((*row[:3], row[6]) for row in clocks))
    slices = [(set_, *cell[1:]) for set_ in SETS for cell in cells_of(set_, False)]
    bench.given(
        int_slices=drawn("slice_set persona segment segment_value", slices),
        int_slice_sets=drawn("slice_set month", [(s, SETS[s][2]) for s in SETS]),
        int_funnel_clocks=drawn(
            f"{key} step_index duration_us cause", [row[:6] for row in clocks]
        ),
        int_funnel_slices=drawn(f"{key} slice_set", [*units]),
        int_funnel_units=drawn(
            f"{key} customer_code", [(*unit[:3], unit[1]) for unit in units]
        ),
    )


def plain(clocks: Counter[Clock], day: int) -> tuple[Fraction, ...]:
    """Return the incidence on a day, that of other causes, and its variance."""
    survival, rate, competing = Fraction(1), Fraction(0), Fraction(0)
    past = []
    for now in range(day + 1):
        n = sum(many for (one, _), many in clocks.items() if one >= now)
        if n == 0:
            break
        d1 = clocks[now, "reached"]
        others = clocks[now, "excluded"] + clocks[now, "exited"]
        rate += survival * d1 / n
        competing += survival * others / n
        past.append((survival, rate, n, d1 + others, d1))
        survival *= 1 - Fraction(d1 + others, n)
    variance = Fraction(0)
    for before, so_far, n, d, d1 in past:  # Dinse and Larson 1986, equation 6
        later = rate - so_far
        variance += before**2 * Fraction(d1 * (n - d1), n**3)
        variance -= 2 * later * before * Fraction(d1, n**2)
        if d < n:
            variance += later**2 * Fraction(d, n * (n - d))
    return rate, competing, variance


def bounds(rate: float, variance: float) -> tuple[float, float]:
    factor = exp(1.959964 * sqrt(variance) / ((1 - rate) * -log(1 - rate)))
    return 1 - (1 - rate) ** (1 / factor), 1 - (1 - rate) ** factor
