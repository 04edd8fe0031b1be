"""What goes with a deviation: counted by a plain loop, its interval by a bootstrap."""

import random
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.core.bench import WHOLE, Given, ResultOf, SetProject

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["buy"]
inactivity = "5 days"
value = 20
[expected]
steps = ["view", "cart", { any = "pay", within = "10 minutes" }]
never = "error"
"""
CUSTOMERS = 400


@dataclass(frozen=True)
class Lived:
    """One journey of a customer; some are in progress."""

    customer: str
    activities: list[str]
    month: int

    @property
    def is_settled(self) -> bool:
        return "buy" in self.activities or self.month < 6

    @property
    def is_converted(self) -> bool:
        return "buy" in self.activities


def lived(rng: random.Random) -> list[Lived]:
    """Return journeys of customers who are alike in luck, and in errors."""
    found = []
    for number in range(CUSTOMERS):
        luck, errors = rng.random(), rng.random() ** 2
        for month in rng.sample(range(1, 7), rng.randint(1, 4)):
            way = ["view"]
            if rng.random() < 0.8:
                way.append("cart")
            if rng.random() < errors:
                way.append("error")
            if rng.random() < 0.7:
                way.append("pay")
                if rng.random() < luck * (0.5 if "error" in way else 0.9):
                    way.append("buy")
            found.append(Lived(f"c{number:03}", way, month))
    return found


def events_of(journeys: list[Lived]) -> dict[str, list[object]]:
    events: dict[str, list[object]] = {
        "customer": [],
        "activity": [],
        "occurred_at": [],
    }
    for journey in journeys:
        for minute, activity in enumerate(journey.activities):
            events["customer"].append(journey.customer)
            events["activity"].append(activity)
            events["occurred_at"].append(
                f"2024-{journey.month:02}-28 09:{minute:02}:00Z"
            )
    return events


def could_be(kind: str, journey: Lived) -> bool:
    """Whether a journey is compared: to skip the cart, it must have come to pay."""
    return kind == "forbidden" or "pay" in journey.activities


def deviates(kind: str, journey: Lived) -> bool:
    if kind == "forbidden":
        return "error" in journey.activities
    return "cart" not in journey.activities


def per_customer(kind: str, journeys: list[Lived]) -> NDArray[np.float64]:
    """Return, of each customer, journeys with it, converted, without, converted."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for journey in journeys:
        if journey.is_settled and could_be(kind, journey):
            side = 0 if deviates(kind, journey) else 2
            sums[journey.customer][side] += 1
            sums[journey.customer][side + 1] += journey.is_converted
    return np.array(list(sums.values()), dtype=np.float64)


def bootstrapped(sums: NDArray[np.float64]) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    weights = rng.multinomial(len(sums), np.full(len(sums), 1 / len(sums)), 4000)
    x, y, u, v = (weights @ sums).T
    low, high = np.quantile(y / x - v / u, [0.025, 0.975])
    return float(low), float(high)


@pytest.mark.parametrize("kind", ["forbidden", "skipped"])
def test_an_effect_is_what_a_plain_count_and_a_bootstrap_say(
    kind: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    journeys = lived(random.Random(3))
    project(PROJECT)
    given(stg_events=events_of(journeys))
    (row,) = result_of(
        "fct_deviations",
        "settled_with, conversion_with, settled_without, conversion_without",
        "effect, effect_low, effect_high, q_value, value_lost",
        where=f"{WHOLE} and kind = '{kind}'",
    )
    sums = per_customer(kind, journeys)
    x, y, u, v = sums.sum(axis=0)
    effect = y / x - v / u
    assert row[:5] == (x, y / x, u, v / u, pytest.approx(effect))
    low, high = bootstrapped(sums)
    assert row[5:7] == pytest.approx((low, high), abs=0.05 * (high - low) + 0.005)
    assert row[8] == pytest.approx(-effect * x * 20)


def test_the_same_customers_on_both_sides_make_the_interval_narrower(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    # Each customer comes once with an error and once without, and buys both times or
    # never: the shares go together, and their difference is known better.
    def halves(with_error: str) -> list[Lived]:
        found = []
        for number in range(40):
            goal = ["buy"] if number % 2 else []
            name = f"c{number:02}"
            found.append(Lived(name, ["view", "pay", *goal], 2))
            other = name if with_error == "same" else f"d{number:02}"
            found.append(Lived(other, ["view", "error", "pay", *goal], 4))
        # Without a few who differ, nothing would say how far they might.
        return [*found, *(Lived(f"e{n}", ["view", "error"], 3) for n in range(3))]

    widths = {}
    for who in ("same", "others"):
        project(PROJECT)
        given(stg_events=events_of(halves(who)))
        (row,) = result_of(
            "fct_deviations",
            "effect_high - effect_low",
            where=f"{WHOLE} and kind = 'forbidden'",
        )
        (widths[who],) = row
    assert float(str(widths["same"])) < 0.6 * float(str(widths["others"]))


def test_few_customers_on_a_side_have_no_interval(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    journeys = [Lived(f"c{number}", ["view", "buy"], 2) for number in range(20)]
    journeys += [Lived(f"d{number}", ["view", "error"], 2) for number in range(4)]
    project(PROJECT)
    given(stg_events=events_of(journeys))
    assert result_of(
        "fct_deviations",
        "effect, effect_low, effect_high, q_value, value_lost",
        where=f"{WHOLE} and kind = 'forbidden'",
    ) == [(-1, None, None, None, 80)]
