"""Drivers by plain loops, as the definitions and the textbooks say."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import exp, floor, log, log2, nan, sqrt
from typing import NamedTuple

Table = tuple[float, float, float, float]
"""With the driver: converted and not; without it: converted and not."""


class Happened(NamedTuple):
    """An event: when, in minutes, what, and the device if it says so."""

    minute: int
    activity: str
    device: str | None


class Landmark(NamedTuple):
    """An attempt that waits for the step after, and what is known of it."""

    step_index: int
    customer: str
    minute: int
    known: frozenset[tuple[str, str, str]]
    events: int
    is_converted: bool


def attempts(
    events: Sequence[Happened], steps: Sequence[str], window: int
) -> Iterable[list[Happened]]:
    """Yield, per attempt, the events that reached its steps; no two at one time."""
    place = 0
    while place < len(events):
        if events[place].activity != steps[0]:
            place += 1
            continue
        chain = [events[place]]
        place += 1
        while place < len(events) and len(chain) < len(steps):
            if events[place].minute > chain[0].minute + window:
                break
            if events[place].activity == steps[len(chain)]:
                chain.append(events[place])
            place += 1
        yield chain


def landmarks(
    customer: str, events: Sequence[Happened], steps: Sequence[str], window: int
) -> Iterable[Landmark]:
    """Yield the landmarks of a customer; all windows have ended."""
    for chain in attempts(events, steps, window):
        for index, reached in enumerate(chain[: len(steps) - 1], start=1):
            since = reached.minute - window
            before = [one for one in events if since < one.minute <= reached.minute]
            known = {("activity", one.activity, "happened") for one in before}
            devices = [one.device for one in before if one.device]
            known |= {("attribute", "device", device) for device in devices[-1:]}
            is_converted = len(chain) > index
            told = (frozenset(known), len(before), is_converted)
            yield Landmark(index, customer, reached.minute, *told)


def band(events: int) -> int:
    """Return the exposure: exact up to 8, then four bands to a doubling, up to 128."""
    if events <= 8:
        return events
    return 9 + floor(4 * log2(min(events, 128) / 8))


def counted(
    waiting: Iterable[Landmark],
    driver: tuple[str, str, str],
    stratum: Callable[[Landmark], object],
) -> list[Table]:
    """Return the four counts per stratum."""
    tables: dict[object, list[float]] = defaultdict(lambda: [0.0] * 4)
    for one in waiting:
        place = 2 * (driver not in one.known) + (not one.is_converted)
        tables[stratum(one)][place] += 1
    return [(a, b, c, d) for a, b, c, d in tables.values()]


def plain_odds(
    tables: Iterable[Table], growth: float = 1
) -> tuple[float, float, float]:
    """Return the odds ratio of Mantel and Haenszel, and the interval of RBG."""
    r = s = pr = mixed = qs = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        if n:
            r += a * d / n
            s += b * c / n
            pr += (a + d) / n * a * d / n
            mixed += (a + d) / n * b * c / n + (b + c) / n * a * d / n
            qs += (b + c) / n * b * c / n
    if not r * s:
        return nan, nan, nan
    half = 1.959963984540054 * sqrt(
        growth * (pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s))
    )
    return r / s, exp(log(r / s) - half), exp(log(r / s) + half)


def plain_test(tables: Iterable[Table]) -> float:
    """Return the statistic of Cochran, Mantel and Haenszel, without a correction."""
    above = variance = 0.0
    for a, b, c, d in tables:
        n = a + b + c + d
        if n > 1:
            above += a - (a + b) * (a + c) / n
            variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    return above / sqrt(variance)
