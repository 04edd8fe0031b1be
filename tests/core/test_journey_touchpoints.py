"""Where a journey comes in and goes out, and its switches of channel and device."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

START = datetime(2024, 5, 1, tzinfo=UTC)
PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["order"]
noise = ["ping"]
collapse = ["view"]
{case}
[journeys.asking]
goal = ["call"]
[stages]
retention = ["login"]
[[rules]]
match = {{ path = "/blog" }}
touchpoint = "Magazine"
"""
COLUMNS = "entry_touchpoint, exit_touchpoint, channel_switches, device_switches"
MAIN = "journey_kind = 'main'"
Event = tuple[str, str, str | None, str | None, bool]
"""Activity, channel, device, path, whether the customer acted."""


def test_a_journey_is_entered_and_left_by_steps_of_the_customers_own(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(case=""))
    given(
        stg_events="""
            customer | activity | channel | path  | is_customer | occurred_at
            ann      | mail     | email   |       | false       | 2024-05-01 09:00
            ann      | ping     | app     |       | true        | 2024-05-01 09:01
            ann      | view     | web     | /blog | true        | 2024-05-01 09:02
            ann      | cart     | app     |       | true        | 2024-05-01 09:03
            ann      | order    | store   |       | false       | 2024-05-01 09:04
            ann      | login    | web     |       | true        | 2024-05-01 09:05
            bob      | mail     | email   |       | false       | 2024-05-01 09:00
            cid      | ping     | app     |       | true        | 2024-05-01 09:00
        """,
    )
    assert result_of(
        "fct_journeys", "entry_touchpoint, exit_touchpoint", where=MAIN
    ) == [
        ("Magazine", "cart · app"),
        ("mail · email", "mail · email"),
        (None, None),
    ]


def test_switches_are_between_steps_of_the_customers_own(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.format(case=""))
    given(
        stg_events="""
            customer | activity | channel | device | is_customer | occurred_at
            ann      | view     | web     | mobile | true        | 2024-05-01 09:00
            ann      | mail     | email   | server | false       | 2024-05-01 09:01
            ann      | cart     | web     |        | true        | 2024-05-01 09:02
            ann      | call     | phone   |        | true        | 2024-05-01 09:03
            ann      | ping     | app     | tablet | true        | 2024-05-01 09:04
            ann      | cart     | phone   | laptop | true        | 2024-05-01 09:05
            ann      | order    | web     | laptop | true        | 2024-05-01 09:06
            ann      | login    | app     | mobile | true        | 2024-05-01 09:07
        """,
    )
    assert result_of(
        "fct_journeys", "channel_switches, device_switches", where=MAIN
    ) == [(2, 1)]
    assert (
        result_of("fct_journeys", COLUMNS, where="journey_kind = 'asking'")
        == [(None,) * 4] * 2
    )


@pytest.mark.parametrize("case", ["", 'case = "case"'], ids=["cut", "given"])
def test_journeys_are_told_as_a_walk_over_their_events_tells_them(
    case: str, bench: Bench
) -> None:
    rng = random.Random(34)
    journeys = {f"j{number:04}": _random_events(rng) for number in range(1_500)}
    rows = [
        (
            *(name, name if case else None, START + timedelta(minutes=place // 2)),
            *event,
            f"{name}-{place:02}",
        )
        for name, events in journeys.items()
        for place, event in enumerate(events)
    ]
    rng.shuffle(rows)
    names = (
        *("customer", "case_id", "occurred_at", "activity", "channel", "device"),
        *("path", "is_customer", "event_id"),
    )
    bench.set_project(PROJECT.format(case=case))
    bench.given(stg_events=dict(zip(names, zip(*rows, strict=True), strict=True)))
    truth = [_told(events) for events in journeys.values()]
    assert bench.result_of("fct_journeys", COLUMNS, where=MAIN) == sorted(
        truth, key=lambda row: [(value is None, value) for value in row]
    )


def _random_events(rng: random.Random) -> list[Event]:
    return [
        (
            rng.choice(["view", "cart", "call", "ping"]),
            rng.choice(["web", "app", "phone"]),
            rng.choice(["mobile", "desktop", None]),
            rng.choice(["/blog", "/", None]),
            rng.random() < 0.7,
        )
        for _ in range(rng.randint(1, 12))
    ]


def _told(events: Sequence[Event]) -> tuple[object, ...]:
    steps: list[Event] = []
    for event in events:
        is_repeat = bool(steps) and steps[-1][0] == event[0] == "view"
        if event[0] != "ping" and not is_repeat:
            steps.append(event)
    own = [event for event in steps if event[4]]
    named = [
        "Magazine" if path == "/blog" else f"{activity} · {channel}"
        for activity, channel, _, path, _ in own or steps
    ]
    devices = [event[2] for event in own if event[2]]
    return (
        named[0] if named else None,
        named[-1] if named else None,
        sum(one[1] != other[1] for one, other in pairwise(own)),
        sum(one != other for one, other in pairwise(devices)),
    )
