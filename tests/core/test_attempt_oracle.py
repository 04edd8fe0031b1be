"""Attempts against a loop that walks each customer's events."""

import random
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import NamedTuple

from tests.core.bench import WHOLE, Bench
from tests.core.test_attempts import CART

from journeymine.warehouse import Row

START = datetime(2024, 5, 1, tzinfo=UTC)
TIMEOUT, RECOVER, AS_OF = 60, 2 * 24 * 60, 8000  # minutes
ENDS = {"order": "converted", "fail": "error"}
CUSTOMERS = 10_000


class Event(NamedTuple):
    minute: int
    order: int
    activity: str
    is_own: bool = True


def random_customer(rng: random.Random) -> list[Event]:
    """Return events at few distances, so that they tie and meet the limits."""
    minute, events = rng.randrange(3000), []
    for order in range(rng.randint(1, 12)):
        minute += rng.choice([0, 0, 5, 30, 59, 60, 61, 300, 2800, 2880, 3000])
        activity = rng.choice(["cart", "cart", "view", "order", "fail"])
        events.append(Event(minute, order, activity, rng.random() < 0.9))
    return [event for event in events if event.minute <= AS_OF]


def parted(events: list[Event]) -> list[list[Event]]:
    """Return the events of each attempt of one customer."""
    attempts: list[list[Event]] = []
    is_open = False
    for event in events:
        if not event.is_own and event.activity not in ENDS:
            continue  # the company neither opens an attempt nor keeps one alive
        is_open = is_open and event.minute - attempts[-1][-1].minute < TIMEOUT
        if is_open:
            attempts[-1].append(event)
        elif event.activity == "cart":
            attempts.append([event])
            is_open = True
        is_open = is_open and event.activity not in ENDS
    return attempts


def cause(attempt: list[Event]) -> str:
    last = attempt[-1]
    is_known = last.minute + TIMEOUT <= AS_OF
    return ENDS.get(last.activity) or ("silence" if is_known else "in_progress")


def walked(events: list[Event]) -> list[Row]:
    """Return opened, cause, settled, recovered and recovered_converted of attempts."""
    attempts = parted(events)
    cause_of = {one[0]: cause(one) for one in attempts}
    rows: list[Row] = []
    for one in attempts:
        why, last = cause(one), one[-1]
        settled = {"silence": last.minute + TIMEOUT, "in_progress": AS_OF}
        recovered = converted = None
        is_lost = why not in {"converted", "in_progress"}
        if is_lost and last.minute + RECOVER <= AS_OF:
            back = next(
                (
                    event
                    for event in events[events.index(last) + 1 :]
                    if event.activity == "order" or event in cause_of
                ),
                None,
            )
            recovered = back is not None and back.minute <= last.minute + RECOVER
            end = cause_of.get(back, "converted") if back and recovered else "none"
            converted = None if end == "in_progress" else end == "converted"
        rows.append(
            (
                one[0].minute,
                one[0].order,
                why,
                settled.get(why, last.minute),
                recovered,
                converted,
            )
        )
    return rows


def draw(bench: Bench, customers: list[list[Event]], settings: str = CART) -> None:
    """Set the project, and draw the events of some customers."""
    rows = [
        (f"c{number:05}", event)
        for number, events in enumerate(customers)
        for event in events
    ]
    as_of = START + timedelta(minutes=AS_OF)
    bench.set_project(
        f'[project]\nname = "T"\nas_of = {as_of:%Y-%m-%dT%H:%M:%SZ}\n{settings}'
    )
    bench.given(
        stg_events={
            "customer": [name for name, _ in rows],
            "event_id": [f"{name}-{event.order}" for name, event in rows],
            "occurred_at": [START + timedelta(minutes=row[1].minute) for row in rows],
            "source_order": [event.order for _, event in rows],
            "activity": [event.activity for _, event in rows],
            "is_customer": [event.is_own for _, event in rows],
        }
    )


def test_attempts_are_those_of_a_walk_over_the_events(bench: Bench) -> None:
    rng = random.Random(8)
    customers = [random_customer(rng) for _ in range(CUSTOMERS)]
    draw(bench, customers)
    zero = int(START.timestamp() * 1_000_000)
    truth = [
        (f"c{number:05}", *row)
        for number, events in enumerate(customers)
        for row in walked(events)
    ]
    assert truth == bench.result_of(
        "int_attempts inner join int_set_customers using (customer_code)"
        " inner join int_event_log on opened_event = event_number",
        "split_part(identifiers, '=', 2)",
        f"(opened_us - {zero}) // 60000000",
        "source_order",
        "cause",
        f"(settled_us - {zero}) // 60000000",
        "is_recovered",
        "is_recovered_converted",
    )
    for value in (True, False, None):
        assert any(row[5] is True and row[6] is value for row in truth)


def test_every_cell_counts_the_attempts_that_stand_behind_it(bench: Bench) -> None:
    rng = random.Random(7)
    draw(bench, [random_customer(rng) for _ in range(300)])
    bench.build("fct_abandonment")
    bench.build("fct_abandonment_periods")
    counts = "sum(attempts), sum(recoverable), sum(recovered), sum(recovered_converted)"
    behind = bench.result_of(
        "fct_attempts",
        "cause, count(*), count(recovered), count(*) filter (where recovered)",
        "count(*) filter (where recovered_converted)",
        where="true group by cause",
    )
    assert len(behind) == 4
    for table in ("fct_abandonment", "fct_abandonment_periods"):
        for slices in (WHOLE, "persona <> 'all' and segment = 'channel'"):
            where = f"{slices} group by cause"
            assert bench.result_of(table, "cause", counts, where=where) == behind


def learned(customers: list[list[Event]]) -> int:
    """Return the 0.95 quantile of silences between an intent and its goal."""
    day = 24 * 60
    gaps: list[int] = []
    for events in customers:
        own = [one for one in events if one.is_own or one.activity in ENDS]
        counted = set[int]()
        for place, intent in enumerate(own):
            if intent.activity != "cart" or not intent.is_own:
                continue
            end = place + 1
            while end < len(own) and own[end].activity not in ENDS:
                end += 1
            if end == len(own) or own[end].activity != "order":
                continue
            is_soon = own[end].minute - intent.minute <= 14 * day
            if is_soon and intent.minute <= AS_OF - 14 * day:
                counted.update(range(place + 1, end + 1))
        gaps += [own[place].minute - own[place - 1].minute for place in counted]
    gaps.sort()
    return max(gaps[ceil(0.95 * len(gaps)) - 1], 30)


def test_a_timeout_is_learned_as_a_loop_learns_it(bench: Bench) -> None:
    rng = random.Random(6)
    customers = [
        [event._replace(minute=event.minute - 16_000) for event in random_customer(rng)]
        for _ in range(2_000)
    ]
    # Some are so late that their intents have not had 14 days, and slow beside.
    for _ in range(500):
        minute = rng.randrange(3000)
        customers.append([Event(minute, 0, "cart"), Event(minute + 4000, 1, "order")])
    draw(bench, customers, CART.replace('timeout = "60 minutes"', ""))
    found = bench.result_of("py_attempt_timeouts", "timeout_us // 60000000")
    assert found == [(learned(customers),)]
    assert learned(customers) > 30
