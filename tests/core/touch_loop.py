"""Touches of random logs, by a plain loop."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
Row = tuple[Any, ...]  # Any: values of all SQL types


def random_log(seed: int, customers: int = 400) -> list[tuple[object, ...]]:
    chance = random.Random(seed)
    log: list[tuple[object, ...]] = []
    for number in range(customers):
        at = AS_OF - chance.randint(30, 300) * DAY
        for _ in range(chance.randint(1, 30)):
            names = ["view", "order", "cancel", "mail", "click"]
            name = chance.choices(names, [8, 3, 1, 3, 2])[0]
            system = "marketing" if name in ("mail", "click") else "web"
            log.append((f"c{number}", at, name, chance.choice("abc"), system))
            at += chance.choice([0, 1, 10, 45, 1440, 20000, 50000]) * MINUTE
    return [row for row in log if row[1] <= AS_OF]  # type: ignore[operator]


def expected_touches(events: list[Row]) -> Iterator[Row]:
    """Yield the touches of one customer, whose journeys and sessions are known."""
    starts = {row[3]: row[4] for row in events if row[3] == row[9]}
    ends = {row[6]: row for row in events if not row[8]}
    path: list[Row] = []
    for row in events:
        _, activity, at, number, channel, system, journey, outcome, _, session = row
        if activity == "order":
            yield from ((journey, *one[:2]) for one in path if at - one[2] <= 90 * DAY)
            path = []
            continue
        if system == "marketing" or number in starts:
            touch = (number, channel, at)
        elif number == journey and session is not None:
            touch = (number, starts[session], at)
        else:
            touch = None
        if touch:
            path.append(touch)
            end = ends[journey]
            if outcome != "converted" and number <= end[3] and end[2] - at <= 90 * DAY:
                yield journey, number, touch[1]
