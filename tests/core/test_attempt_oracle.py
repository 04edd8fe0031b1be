"""Attempts against a loop that walks each customer's events."""

import random
from datetime import UTC, datetime, timedelta

from tests.core.bench import Bench
from tests.core.test_attempts import CART

from journeymine.warehouse import Row

START = datetime(2024, 5, 1, tzinfo=UTC)
TIMEOUT, RECOVER, AS_OF = 60, 2 * 24 * 60, 8000  # minutes
ENDS = {"order": "converted", "fail": "error"}
Event = tuple[str, int, str]
"""Customer, minute and activity."""


def random_customer(rng: random.Random, number: int) -> list[Event]:
    minute, events = rng.randrange(3000), []
    for _ in range(rng.randint(1, 12)):
        minute += rng.choice([0, 5, 30, 59, 60, 61, 300, 2800, 2880, 3000])
        events.append(
            (
                f"c{number:05}",
                minute,
                rng.choice(["cart", "cart", "view", "order", "fail"]),
            )
        )
    return [event for event in events if event[1] <= AS_OF]


def parted(events: list[Event]) -> list[list[Event]]:
    """Return the events of each attempt of one customer."""
    attempts: list[list[Event]] = []
    is_open = False
    for event in events:
        is_open = is_open and event[1] - attempts[-1][-1][1] < TIMEOUT
        if is_open:
            attempts[-1].append(event)
        elif event[2] == "cart":
            attempts.append([event])
            is_open = True
        is_open = is_open and event[2] not in ENDS
    return attempts


def cause(attempt: list[Event]) -> str:
    _, last, activity = attempt[-1]
    is_known = last + TIMEOUT <= AS_OF
    return ENDS.get(activity) or ("silence" if is_known else "in_progress")


def walked(events: list[Event]) -> list[Row]:
    """Return opened, cause, settled, recovered and recovered_converted of attempts."""
    attempts = parted(events)
    converting = [one[0] for one in attempts if cause(one) == "converted"]
    rows: list[Row] = []
    for one in attempts:
        why, last = cause(one), one[-1][1]
        settled = {"silence": last + TIMEOUT, "in_progress": AS_OF}.get(why, last)
        back = [e for e in events if e[1] > last and e[2] in {"cart", "order"}][:1]
        in_time = [e for e in back if e[1] <= last + RECOVER]
        is_lost = why not in {"converted", "in_progress"}
        is_known = is_lost and (bool(in_time) or last + RECOVER <= AS_OF)
        is_converted = any(e[2] == "order" or e in converting for e in in_time)
        rows.append(
            (
                *one[0][:2],
                why,
                settled,
                bool(in_time) if is_known else None,
                is_lost and is_converted,
            )
        )
    return rows


def test_attempts_are_those_of_a_walk_over_the_events(bench: Bench) -> None:
    rng = random.Random(8)
    customers = [random_customer(rng, number) for number in range(2_000)]
    events = [event for customer in customers for event in customer]
    as_of = START + timedelta(minutes=AS_OF)
    bench.set_project(
        f'[project]\nname = "T"\nas_of = {as_of:%Y-%m-%dT%H:%M:%SZ}\n{CART}'
    )
    bench.given(
        stg_events={
            "customer": [event[0] for event in events],
            "occurred_at": [START + timedelta(minutes=event[1]) for event in events],
            "activity": [event[2] for event in events],
        }
    )
    zero = int(START.timestamp() * 1_000_000)
    assert bench.result_of(
        "int_attempts inner join int_set_customers using (customer_code)",
        "split_part(identifiers, '=', 2)",
        f"(opened_us - {zero}) // 60000000",
        "cause",
        f"(settled_us - {zero}) // 60000000",
        "is_recovered",
        "is_recovered_converted",
    ) == sorted(
        (row for customer in customers for row in walked(customer)), key=lambda r: r[:2]
    )
