"""Random journeys with their touches, as the models of attribution read them."""

import random
from dataclasses import dataclass

from tests.core.bench import Bench
from tests.core.typed import columns, given_typed

PROJECT = """
[journey]
goal = ["order"]
[attribution]
half_life = "7 days"
"""
DAY_US = 86_400_000_000
HALF_LIFE = 7
CHANNELS = 4


@dataclass(frozen=True)
class Touched:
    """A journey: its slice set, customer, channels from 1, ages in days, and end.

    `end` is converted, lost or open; `value` is in 1/10,000.
    """

    number: int
    slice_set: int
    customer: int
    channels: tuple[int, ...]
    days: tuple[float, ...]
    end: str
    value: int


def random_journeys(
    seed: int, number: int, sets: int, channels: int = CHANNELS
) -> list[Touched]:
    """Return journeys of which some channels convert more, in sets of a slice each."""
    chance = random.Random(seed)
    journeys = []
    for place in range(1, number + 1):
        touches = chance.choices(range(7), [1, 8, 6, 4, 3, 2, 1])[0]
        path = tuple(chance.randint(1, channels) for _ in range(touches))
        ages = sorted((chance.uniform(0, 90) for _ in path), reverse=True)
        if chance.random() < 0.2:
            ages = [round(ages[0])] * touches if ages else []
        better = 0.1 + 0.15 * sum(channel > 2 for channel in path)
        ended = "converted" if chance.random() < better else "lost"
        end = "open" if chance.random() < 0.15 else ended
        slice_set, customer = chance.randint(1, sets), chance.randint(1, number // 2)
        value = chance.randint(1, 999_999)
        journeys.append(
            Touched(place, slice_set, customer, path, tuple(ages), end, value)
        )
    return journeys


def draw(bench: Bench, journeys: list[Touched], channels: int = CHANNELS) -> None:
    """Draw the journeys, their customers and slices; each set is a slice."""
    bench.set_project(PROJECT)
    sets = sorted({journey.slice_set for journey in journeys})
    customers = sorted({journey.customer for journey in journeys})
    names = ["(none)", *(f"c{channel}" for channel in range(1, channels + 1))]
    given_typed(
        bench,
        int_attributed_journeys=_rows(journeys),
        int_slices={
            "slice_set": sets,
            "persona": ["all"] * len(sets),
            "segment": ["set"] * len(sets),
            "segment_value": [str(one) for one in sets],
            "slice_code": sets,
        },
        int_customers={
            "customer_code": customers,
            "customer_id": [f"customer {one}" for one in customers],
        },
        int_touch_channels={
            "channel": names,
            "credited_as": names,
            "channel_code": list(range(len(names))),
        },
    )


def _rows(journeys: list[Touched]) -> dict[str, list[object]]:
    rows = [
        (
            journey.number,
            index,
            len(journey.channels),
            channel,
            None if day is None else round(day * DAY_US),
            journey.customer,
            journey.slice_set,
            journey.end == "converted",
            journey.end == "open",
            journey.value if journey.end == "converted" else None,
        )
        for journey in journeys
        for index, (channel, day) in enumerate(
            zip(journey.channels or (0,), journey.days or (None,), strict=True), start=1
        )
    ]
    names = (
        *("journey_code", "touch_index", "touches", "channel_code", "before_us"),
        *("customer_code", "slice_set", "is_converted", "is_open", "value_units"),
    )
    return columns(names, *rows)
