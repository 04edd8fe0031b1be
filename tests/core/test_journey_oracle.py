"""Journeys and sessions against a loop that walks each customer's events in order."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.core.bench import Bench

START = datetime(2024, 3, 1, tzinfo=UTC)
AS_OF_HOURS = 24 * 60
GAP_HOURS = 24
ONBOARDING_GAP_HOURS = 3
ONBOARDING_HOURS = 2
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
[journeys.onboarding]
start = ["login", "order"]
goal = ["rate"]
exits = {{ refused = ["refuse"] }}
inactivity = "{ONBOARDING_GAP_HOURS} hours"
[journeys.leaving]
goal = ["cancel"]
[stages]
retention = ["login"]
[feedback.nps]
activity = "rate"
scale = [0, 10]
"""


@dataclass(frozen=True)
class Kind:
    """One definition of a journey: what ends it (a cause, or None for the goal)."""

    ends: dict[str, str | None]
    gap: int
    starts: tuple[str, ...] = ()

    def is_passive(self, event: "Event") -> bool:
        """Whether an event opens no journey after the end of one."""
        if event.activity in self.ends:
            return False
        return event.activity in {"login", "rate"} or not event.is_customer

    def opens(self, event: "Event", is_first: bool) -> bool:
        """Whether an event opens a journey where none is open."""
        if self.starts:
            return event.activity in self.starts and event.is_customer
        return is_first or not self.is_passive(event)

    def state_at(
        self, event: "Event", is_silent: bool, is_first: bool, state: str
    ) -> str:
        """Return what an event finds: a journey that is new, open or ended, or none."""
        if state == "open" and not is_silent:
            return "open"
        if self.opens(event, is_first):
            return "new"
        return "ended" if state != "none" and self.is_passive(event) else "none"


KINDS = {
    "main": Kind(
        {"order": None, "cancel": "cancelled", "refuse": "refused"}, GAP_HOURS
    ),
    "onboarding": Kind(
        {"rate": None, "refuse": "refused"}, ONBOARDING_GAP_HOURS, ("login", "order")
    ),
    "leaving": Kind({"cancel": None}, GAP_HOURS),
}


@dataclass(frozen=True)
class Event:
    customer: str
    hour: int
    activity: str
    is_customer: bool


@dataclass
class Journey:
    kind: Kind
    events: list[Event] = field(default_factory=list)
    aftermath: list[Event] = field(default_factory=list)

    @property
    def outcome(self) -> tuple[str, str | None]:
        last = self.events[-1]
        if last.activity in self.kind.ends:
            cause = self.kind.ends[last.activity]
            return ("exited", cause) if cause else ("converted", None)
        own = [event.hour for event in self.events if event.is_customer]
        known = (own[-1] if own else self.events[0].hour) + self.kind.gap
        return ("abandoned" if known <= AS_OF_HOURS else "in_progress", None)


def walked(events: Sequence[Event], kind: Kind) -> list[Journey]:
    """Return one customer's journeys: a machine that is open or ended, or none."""
    journeys: list[Journey] = []
    state = "none"
    last_own = events[0].hour
    for event in events:
        is_silent = event.hour - last_own > kind.gap
        state = kind.state_at(event, is_silent, event is events[0], state)
        if state == "new":
            journeys.append(Journey(kind))
            state = "open"
        if state == "open":
            journeys[-1].events.append(event)
        elif state == "ended":
            journeys[-1].aftermath.append(event)
        if state == "open" and event.activity in kind.ends:
            state = "ended"
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
                rng.choice(["view"] * 4 + ["login", "rate", *KINDS["main"].ends]),
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
        "journey_kind, journey_index, events, aftermath_events, duration_us",
        "outcome, exit_cause",
    )
    truth = [
        (
            customer[0].customer,
            name,
            index,
            len(journey.events) + len(journey.aftermath),
            len(journey.aftermath),
            (journey.events[-1].hour - journey.events[0].hour) * 3_600_000_000,
            *journey.outcome,
        )
        for customer in customers
        for name, kind in KINDS.items()
        for index, journey in enumerate(walked(customer, kind), start=1)
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
