"""What is told of a session: entry, exit, and switches of channel and device."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tests.core.bench import Bench, Given, ResultOf

START = datetime(2024, 5, 1, tzinfo=UTC)
GAP_MINUTES = 30
Event = tuple[int, str, str, str | None, bool]
"""Minute, activity, channel, device, whether the customer acted."""

COLUMNS = (
    "events, entry_activity, exit_activity, channel, device,"
    " channel_switches, device_switches"
)


def test_switches_are_counted_between_what_neighbours_state(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | channel | device | is_customer | occurred_at
            ann      | view     | web     |        | true        | 2024-05-01 09:00
            ann      | mail     | email   | server | false       | 2024-05-01 09:01
            ann      | cart     | app     | mobile | true        | 2024-05-01 09:02
            ann      | view     | app     |        | true        | 2024-05-01 09:03
            ann      | call     | phone   | mobile | true        | 2024-05-01 09:04
            ann      | order    | app     | tablet | true        | 2024-05-01 09:05
        """,
    )
    assert result_of("fct_sessions", COLUMNS) == [
        (5, "view", "order", "web", "mobile", 3, 1)
    ]


def test_sessions_are_those_of_a_walk_over_the_events(bench: Bench) -> None:
    rng = random.Random(8)
    logs = {f"c{number:03}": _random_events(rng) for number in range(500)}
    rows = [
        (customer, START + timedelta(minutes=minute), *rest, f"{customer}-{place:02}")
        for customer, events in logs.items()
        for place, (minute, *rest) in enumerate(events)
    ]
    rng.shuffle(rows)
    names = (
        *("customer", "occurred_at", "activity", "channel", "device", "is_customer"),
        "event_id",
    )
    bench.given(stg_events=dict(zip(names, zip(*rows, strict=True), strict=True)))
    truth = [_told(session) for events in logs.values() for session in _cut(events)]
    assert bench.result_of("fct_sessions", COLUMNS) == sorted(
        truth, key=lambda row: [(value is None, value) for value in row]
    )


def _random_events(rng: random.Random) -> list[Event]:
    minute, events = 0, []
    for _ in range(rng.randint(1, 12)):
        minute += rng.choice([0, 1, 5, 30, 31, 90])
        events.append(
            (
                minute,
                rng.choice(["view", "cart", "order"]),
                rng.choice(["web", "app", "phone"]),
                rng.choice(["mobile", "desktop", None]),
                rng.random() < 0.8,
            )
        )
    return events


def _cut(events: list[Event]) -> list[list[Event]]:
    sessions: list[list[Event]] = []
    for event in (one for one in events if one[4]):
        if not sessions or event[0] - sessions[-1][-1][0] > GAP_MINUTES:
            sessions.append([])
        sessions[-1].append(event)
    return sessions


def _told(session: list[Event]) -> tuple[object, ...]:
    channels = [event[2] for event in session]
    devices = [event[3] for event in session if event[3]]
    return (
        len(session),
        session[0][1],
        session[-1][1],
        channels[0],
        devices[0] if devices else None,
        sum(one != other for one, other in pairwise(channels)),
        sum(one != other for one, other in pairwise(devices)),
    )
