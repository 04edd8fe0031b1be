"""Journeys and sessions against a loop that walks each customer's events in order."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.core.bench import Bench

START = datetime(2024, 3, 1, tzinfo=UTC)
AS_OF_HOURS = 24 * 60
GAP_HOURS = 24
SESSION_GAP_HOURS = 2
CUSTOMERS = 4_000

PROJECT = f"""
[project]
name = "Test"
as_of = {START + timedelta(hours=AS_OF_HOURS):%Y-%m-%dT%H:%M:%SZ}
[journey]
goal = ["order"]
exits = {{ cancelled = ["cancel"], refused = ["refuse"] }}
inactivity = "{GAP_HOURS} hours"
session_gap = "{SESSION_GAP_HOURS} hours"
[stages]
retention = ["login"]
[feedback.nps]
activity = "rate"
scale = [0, 10]
"""
ENDS = {"order": None, "cancel": "cancelled", "refuse": "refused"}


@dataclass(frozen=True)
class Event:
    customer: str
    hour: int
    activity: str
    is_customer: bool

    @property
    def is_passive(self) -> bool:
        """Whether it opens no journey after the end of one."""
        if self.activity in ENDS:
            return False
        return self.activity in {"login", "rate"} or not self.is_customer


@dataclass
class Journey:
    events: list[Event] = field(default_factory=list)
    aftermath: list[Event] = field(default_factory=list)

    @property
    def outcome(self) -> tuple[str, str | None]:
        last = self.events[-1]
        if last.activity in ENDS:
            cause = ENDS[last.activity]
            return ("exited", cause) if cause else ("converted", None)
        own = [event.hour for event in self.events if event.is_customer]
        known = (own[-1] if own else self.events[0].hour) + GAP_HOURS
        return ("abandoned" if known <= AS_OF_HOURS else "in_progress", None)


def walked(events: Sequence[Event]) -> list[Journey]:
    """Return one customer's journeys: a machine that is open or ended."""
    journeys: list[Journey] = []
    is_ended = False
    last_own = events[0].hour
    for event in events:
        if event.hour - last_own > GAP_HOURS:
            is_ended = True
        if not journeys or (is_ended and not event.is_passive):
            journeys.append(Journey())
            is_ended = False
        (journeys[-1].aftermath if is_ended else journeys[-1].events).append(event)
        is_ended = is_ended or event.activity in ENDS
        if event.is_customer:
            last_own = event.hour
    return journeys


def sessions(events: Sequence[Event]) -> list[int]:
    """Return the number of events of each session of one customer."""
    found: list[int] = []
    last: int | None = None
    for event in events:
        if not event.is_customer:
            continue
        if last is None or event.hour - last > SESSION_GAP_HOURS:
            found.append(0)
        found[-1] += 1
        last = event.hour
    return found


def random_customer(rng: random.Random, number: int) -> list[Event]:
    hour, events = rng.randrange(AS_OF_HOURS - 100), []
    for _ in range(rng.randint(1, 15)):
        hour += rng.choice([0, 0, 1, 1, 2, 3, 20, 24, 25, 60])
        events.append(
            Event(
                f"c{number:05}",
                hour,
                rng.choice(["view"] * 4 + ["login", "rate", *ENDS]),
                rng.random() < 0.7,
            )
        )
    return [event for event in events if event.hour <= AS_OF_HOURS]


def test_journeys_and_sessions_are_those_of_a_walk_over_the_events(
    bench: Bench,
) -> None:
    rng = random.Random(5)
    customers = [random_customer(rng, number) for number in range(CUSTOMERS)]
    events = [event for customer in customers for event in customer]
    order = rng.sample(range(len(events)), len(events))
    bench.set_project(PROJECT)
    bench.given(
        stg_events={
            "customer": [events[i].customer for i in order],
            "activity": [events[i].activity for i in order],
            "occurred_at": [START + timedelta(hours=events[i].hour) for i in order],
            "is_customer": [events[i].is_customer for i in order],
            "event_id": [f"e{i:07}" for i in order],
        }
    )
    found = bench.result_of(
        "int_journeys inner join int_set_customers using (customer_code)",
        "split_part(identifiers, '=', 2)",
        "journey_index, events, aftermath_events, duration_us, outcome, exit_cause",
    )
    truth = [
        (
            customer[0].customer,
            index,
            len(journey.events) + len(journey.aftermath),
            len(journey.aftermath),
            (journey.events[-1].hour - journey.events[0].hour) * 3_600_000_000,
            *journey.outcome,
        )
        for customer in customers
        for index, journey in enumerate(walked(customer), start=1)
    ]
    assert found == sorted(truth)
    assert bench.result_of(
        "int_sessions inner join int_set_customers using (customer_code)",
        "split_part(identifiers, '=', 2), session_index, events",
    ) == [
        (customer[0].customer, index, count)
        for customer in customers
        for index, count in enumerate(sessions(customer), start=1)
    ]
