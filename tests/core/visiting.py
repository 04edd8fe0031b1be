"""A made-up shop whose customers come again and again, at one rate all the time."""

from datetime import UTC, datetime, timedelta

import numpy as np
from tests.core.bench import Columns

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 182

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["buy"]
inactivity = "10 days"
[funnels.shop]
steps = ["view", "cart", "buy"]
window = "3 days"
[personas]
count = 2
"""


def visits(
    seed: int, customers: int, per_customer: float = 3, fewer: float = 0
) -> Columns:
    """Return the events of visits, spread evenly over half a year.

    From May on, `fewer` of 100 carts on the channel app are bought, if that is set.
    Each customer buys as often as it likes to: those of one customer are alike.
    """
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, str, str, str]] = []
    for customer in range(customers):
        channel = "app" if rng.random() < 0.5 else "web"
        taste = rng.beta(4, 6)
        for day in rng.random(rng.poisson(per_customer)) * DAYS:
            moment = FIRST + timedelta(days=float(day))
            is_hit = channel == "app" and moment.month >= 5
            chance = taste - (fewer / 100 if is_hit else 0)
            steps = ["view"]
            if rng.random() < 0.7:
                steps.append("cart")
                if rng.random() < chance:
                    steps.append("buy")
            for number, step in enumerate(steps):
                at = (moment + timedelta(hours=number)).isoformat()
                rows.append((f"c{customer:05}", step, at, channel))
    names = ("customer", "activity", "occurred_at", "channel")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
