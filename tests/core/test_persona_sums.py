"""What profiles of personas are made of, against plain loops."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.core.bench import Bench

from journeymine.warehouse import Row

PROJECT = """
[journey]
goal = ["order", "renewal"]
exits = { refused = ["refusal"] }
[funnels.buy]
steps = ["view", "cart", "order"]
[abandonment.cart]
intent = ["cart"]
goal = ["order"]
exits = { error = ["crash"] }
timeout = "1 hour"
"""
ACTIVITIES = ("view", "cart", "order", "renewal", "refusal", "crash", "chat")
PERSONAS = ("p1", "p2")
NAMES = ("customer", "activity", "occurred_at", "channel", "source_system", "amount")
START = datetime(2024, 1, 1, tzinfo=UTC)
Event = tuple[str, str, datetime, str, str, float | None]
Put = Callable[[tuple[str, str, str], str, int, int], None]
Counts = dict[tuple[str, str, str], dict[str, tuple[int, int]]]
"""Aspect, kind and name -> customer -> (x, y)."""


@pytest.fixture
def events() -> list[Event]:
    """Return events of 200 customers: journeys of one customer are 90 days apart."""
    rng, events = random.Random(5), []
    for number in range(200):
        time = START + timedelta(minutes=rng.randrange(20_000))
        for _ in range(rng.randint(1, 2)):
            for _ in range(rng.randint(1, 6)):
                what = rng.choice(ACTIVITIES[: rng.choice([2, 3, 7])])
                where = rng.choice(["web", "app"])
                system = "support" if what == "chat" else "web"
                amount = rng.choice([None, 9.99, 20]) if what == "order" else None
                events.append((f"c{number}", what, time, where, system, amount))
                time += timedelta(minutes=rng.randint(1, 50))
                if what in ("order", "renewal", "refusal"):
                    break
            time += timedelta(days=90)
    return [event for event in events if event[2].month < 6]


def test_the_sums_are_those_of_a_plain_count(bench: Bench, events: list[Event]) -> None:
    bench.set_project(PROJECT)
    columns = dict(zip(NAMES, map(list, zip(*events, strict=True)), strict=True))
    bench.given(stg_events=columns | {"event_id": list(map(str, range(len(events))))})
    personas = draw_personas(bench)
    found = bench.result_of(
        "int_persona_sums",
        "persona, aspect, kind, name, customers, x, y, xx, xy, yy",
        where="kind <> 'drop_off'",
    )
    assert found == sorted(told(counted(events), personas))


def draw_personas(bench: Bench) -> dict[str, str]:
    """Give every other customer another persona, and return the persona of each."""
    codes = bench.result_of(
        "int_set_customers", "split_part(identifiers, '=', 2), customer_code"
    )
    bench.build("int_customers")
    bench.con.execute(
        "create table int_personas as"
        " select customer_code, 'p' || (1 + customer_code % 2) as persona"
        " from int_customers"
    )
    bench.con.execute("create table py_persona_profiles as select 'p1' as persona")
    bench.made.add("int_personas")
    return {str(name): f"p{1 + int(str(code)) % 2}" for name, code in codes}


def told(counts: Counts, personas: dict[str, str]) -> list[Row]:
    """Return what must stand in the table."""
    rows = []
    for key, of_customers in counts.items():
        if not any(y for _, y in of_customers.values()):
            continue  # what nobody does is not told
        for persona in PERSONAS:
            pairs = [xy for who, xy in of_customers.items() if personas[who] == persona]
            sums = (
                sum(x for x, _ in pairs),
                sum(y for _, y in pairs),
                sum(x * x for x, _ in pairs),
                sum(x * y for x, y in pairs),
                sum(y * y for _, y in pairs),
            )
            if pairs:
                rows.append((persona, *key, len(pairs), *map(float, sums)))
    return rows


def counted(events: list[Event]) -> Counts:
    """Count by plain loops: every journey is over, and so is every attempt."""
    own = defaultdict[str, list[Event]](list)
    for event in events:
        own[event[0]].append(event)
    journeys = {who: journeys_of(mine) for who, mine in own.items()}
    counts: Counts = {}

    def put(key: tuple[str, str, str], who: str, x: int, y: int) -> None:
        counts.setdefault(key, {})[who] = (x, y)

    for who, mine in own.items():
        ends = Counter(end_of(one) for one in journeys[who])
        every = len(journeys[who])
        for end in ("order", "renewal"):
            put(("goal", "goal", end), who, every, ends[end])
        for end in ("refused", "abandoned"):
            put(("exit", "exit", end), who, every, ends[end])
        places = Counter(event[3] for event in mine)
        for place in ("web", "app"):
            put(("channel", "channel", place), who, len(mine), places[place])
        turned = any(event[4] == "support" for event in mine)
        put(("pain_point", "contact", "support"), who, 1, int(turned))
        buy(put, who, journeys[who])
        attempt(put, who, mine)
        turn_back(put, who, journeys[who])
    return counts


def journeys_of(mine: list[Event]) -> list[list[Event]]:
    journeys: list[list[Event]] = []
    for place, event in enumerate(mine):
        before = mine[place - 1] if place else None
        if (
            before is None
            or event[2] - before[2] >= timedelta(days=30)
            or before[1] in ("order", "renewal", "refusal")
        ):
            journeys.append([])
        journeys[-1].append(event)
    return journeys


def end_of(journey: list[Event]) -> str:
    last = journey[-1][1]
    if last in ("order", "renewal"):
        return last
    return "refused" if last == "refusal" else "abandoned"


def buy(put: Put, who: str, journeys: list[list[Event]]) -> None:
    orders = [one[-1] for one in journeys if end_of(one) in ("order", "renewal")]
    put(("buying", "buying", "orders_per_customer"), who, 1, len(orders))
    if orders:
        put(("buying", "buying", "repeat_buyers"), who, 1, int(len(orders) > 1))
    priced = [round(100 * order[5]) for order in orders if order[5] is not None]
    if priced:
        put(("buying", "buying", "mean_basket"), who, len(priced), sum(priced))


def attempt(put: Put, who: str, mine: list[Event]) -> None:
    causes = Counter[str]()
    is_open, last = False, START
    for _, what, at, *_ in mine:
        if is_open and at - last >= timedelta(hours=1):
            causes["silence"] += 1
            is_open = False
        if is_open and what in ("order", "crash"):
            causes["order" if what == "order" else "error"] += 1
            is_open = False
        is_open, last = is_open or what == "cart", at
    causes["silence"] += is_open
    if causes.total():
        for cause in ("silence", "error"):
            key = ("pain_point", "abandonment", f"cart · {cause}")
            put(key, who, causes.total(), causes[cause])


def turn_back(put: Put, who: str, journeys: list[list[Event]]) -> None:
    steps = ["view", "cart", "order"]
    for step in ("cart", "order"):
        reached = [one for one in journeys if step in {event[1] for event in one}]
        back = [
            one
            for one in reached
            if any(
                here[1] == step and beyond[1] in steps[: steps.index(step)]
                for here, beyond in pairwise(one)
            )
        ]
        if reached:
            key = ("pain_point", "step_back", f"buy · {step}")
            put(key, who, len(reached), len(back))
