"""Random journeys that paths are made of.

Events tie, customers come back, journeys run side by side and some are in progress.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.core.bench import Bench

from journeymine.warehouse import connect

START = datetime(2024, 6, 1, tzinfo=UTC)
OPEN_FROM = 20 * 24 * 60
"""Minute from which a journey without an order is in progress: 10 days before."""
PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["order"]
inactivity = "10 days"
case = "case"
noise = ["ping"]
"""
Slice = tuple[str, str]
"""Persona, and value of the segment `device`; `all` for the whole."""


class Event(NamedTuple):
    minute: int
    activity: str
    channel: str
    is_own: bool


@dataclass(frozen=True)
class Journey:
    case: str
    customer: str
    device: str
    events: list[Event]

    @property
    def steps(self) -> list[Event]:
        return [event for event in self.events if event.activity != "ping"]

    @property
    def own(self) -> list[Event]:
        return [event for event in self.steps if event.is_own]

    @property
    def is_open(self) -> bool:
        last = max(
            [event.minute for event in self.events if event.is_own]
            or [self.events[0].minute]
        )
        return not self.is_converted and last > OPEN_FROM

    @property
    def is_converted(self) -> bool:
        return any(event.activity == "order" for event in self.events)


def random_journeys(number: int, seed: int) -> list[Journey]:
    """Return journeys of few activities, so that they repeat, return and alternate."""
    rng = random.Random(seed)
    return [
        Journey(
            f"case{place:05}",
            f"c{rng.randrange(number // 3):05}",
            rng.choice(["mobile", "desktop"]),
            _random_events(rng),
        )
        for place in range(number)
    ]


def _random_events(rng: random.Random) -> list[Event]:
    minute, events = rng.randrange(28 * 24 * 60), []
    for _ in range(rng.randint(1, 9)):
        minute += rng.choice([0, 0, 1, 5, 60])
        is_own = rng.random() < 0.8
        activity = rng.choice(["view", "view", "cart", "help", "ping", "order"])
        events.append(Event(minute, activity, rng.choice("wwwas"), is_own))
    return events


def draw(bench: Bench, journeys: list[Journey]) -> None:
    """Draw the journeys, their rows in no order, and two personas."""
    rows = [
        (one.case, one.customer, one.device, f"{one.case}-{place:02}", *event)
        for one in journeys
        for place, event in enumerate(one.events)
    ]
    random.Random(1).shuffle(rows)
    case, customer, device, event_id, minute, activity, channel, is_own = zip(
        *rows, strict=True
    )
    bench.set_project(PROJECT)
    bench.given(
        stg_events={
            "case_id": case,
            "customer": customer,
            "device": device,
            "event_id": event_id,
            "occurred_at": [START + timedelta(minutes=one) for one in minute],
            "activity": activity,
            "channel": channel,
            "is_customer": is_own,
        }
    )
    bench.build("int_customers")
    codes = bench.con.execute("select customer_code from int_customers").fetchall()
    bench.given(
        int_personas={
            "customer_code": [code for (code,) in codes],
            "persona": [persona_of_code(code) for (code,) in codes],
        }
    )


def persona_of_code(code: int) -> str:
    return "p2" if code % 3 == 0 else "p1"


def personas(bench: Bench) -> dict[str, str]:
    """Return the persona of each journey."""
    found = bench.con.execute(
        "select journey_id, customer_code from int_journeys"
    ).fetchall()
    return {case: persona_of_code(code) for case, code in found}


def slices(journey: Journey, persona_of: dict[str, str]) -> list[Slice]:
    return [
        (persona, value)
        for persona in ("all", persona_of[journey.case])
        for value in ("all", journey.device)
    ]


def built(folder: Path) -> Iterator[tuple[Bench, list[Journey], dict[str, str]]]:
    """Yield a bench with 10,000 journeys, these journeys, and the persona of each."""
    journeys = random_journeys(10_000, 17)
    with connect(":memory:") as con:
        bench = Bench(con, folder)
        draw(bench, journeys)
        bench.build("int_journeys")
        yield bench, journeys, personas(bench)
