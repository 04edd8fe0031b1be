"""Random units of a funnel, and their depths by trying every chain."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

from tests.core.bench import Bench

from journeymine.warehouse import Row

START = datetime(2024, 5, 1, tzinfo=UTC)
WINDOW = 8  # minutes
AS_OF = 18  # minutes after START: some entries still have time

STEPS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("a",), ("b",), ("c",)),
    (("a",), ("b",), ("a",)),
    (("a",), ("a",), ("a",)),
    (("a",), ("a", "b"), ("c",)),
    (("a", "b"), ("b", "c"), ("a", "c"), ("b",)),
    (("a",), ("b",), ("a", "b"), ("a",)),
    (("a", "b"), ("c",)),
    (("a",), ("b",), ("c",), ("d",), ("a", "d")),
)
ENTRIES = ("any", "first")
TIES = ("strict", "interchangeable", "source_order")


@dataclass(frozen=True)
class Event:
    minute: int
    order: int
    activity: str


@dataclass(frozen=True)
class Unit:
    name: str
    steps: int
    events: tuple[Event, ...]


def random_unit(rng: random.Random, number: int) -> Unit:
    """Return a unit with few minutes for its events, so that many tie."""
    minutes = rng.choice([3, 8, 25])
    events = tuple(
        Event(rng.randrange(minutes), rng.randrange(3), rng.choice("aabbccdx"))
        for _ in range(rng.randint(1, 8))
    )
    return Unit(f"u{number:05}", number % len(STEPS), events)


def follows(ties: str) -> Callable[[Event, Event], bool]:
    """Return whether one event may be the step after another."""
    match ties:
        case "strict":
            return lambda one, other: one.minute < other.minute
        case "interchangeable":
            return lambda one, other: one.minute <= other.minute
        case _:
            return lambda one, other: (
                (one.minute, one.order) < (other.minute, other.order)
            )


def depth(unit: Unit, entries: Sequence[int], ties: str) -> int | None:
    """Return the length of the longest chain: every one is tried."""
    steps, events, may_follow = STEPS[unit.steps], unit.events, follows(ties)

    def lengths(chain: tuple[int, ...]) -> Iterator[int]:
        yield len(chain)
        if len(chain) == len(steps):
            return
        for place, event in enumerate(events):
            if (
                place not in chain
                and event.activity in steps[len(chain)]
                and may_follow(events[chain[-1]], event)
                and event.minute - events[chain[0]].minute <= WINDOW
            ):
                yield from lengths((*chain, place))

    return max((n for entry in entries for n in lengths((entry,))), default=None)


def expected(unit: Unit, entry: str, ties: str) -> Row | None:
    """Return unit, depths and state, or None if the unit does not enter."""
    events = unit.events
    opening = [
        place
        for place, event in enumerate(events)
        if event.activity in STEPS[unit.steps][0]
    ]
    # In the log's order: time, the source's own order, event_id (here the place).
    opening.sort(key=lambda place: (events[place].minute, events[place].order, place))
    entries = opening[:1] if entry == "first" else opening
    if not entries:
        return None
    mature = [place for place in entries if events[place].minute <= AS_OF - WINDOW]
    reached = depth(unit, entries, ties)
    if reached == len(STEPS[unit.steps]):
        state = "converted"
    elif any(events[place].minute + WINDOW > AS_OF for place in entries):
        state = "in_progress"
    else:
        state = "dropped"
    return (
        unit.name,
        reached,
        depth(unit, entries, "strict"),
        depth(unit, entries, "interchangeable"),
        depth(unit, mature, ties),
        state,
    )


def funnel_name(steps: int, entry: str, ties: str) -> str:
    return f"f{steps}_{entry}_{ties}"


def project(window: int = WINDOW) -> str:
    """Return a project file with one funnel per step set, entry and ties."""
    as_of = START + timedelta(minutes=AS_OF)
    parts = [f'[project]\nname = "T"\nas_of = {as_of:%Y-%m-%dT%H:%M:%SZ}']
    for (steps, activities), entry, ties in product(enumerate(STEPS), ENTRIES, TIES):
        named = [[f"{steps}{name}" for name in step] for step in activities]
        parts.append(
            f"[funnels.{funnel_name(steps, entry, ties)}]\nsteps = {named}\n"
            f'window = "{window} minutes"\nentry = "{entry}"\nties = "{ties}"'
        )
    return "\n".join(parts)


def table(units: Sequence[Unit]) -> dict[str, list[object]]:
    """Return the units' events; each step set has activities of its own."""
    rows = [
        (unit.name, f"{unit.steps}{event.activity}", event, f"{unit.name}-{place}")
        for unit in units
        for place, event in enumerate(unit.events)
        if event.minute <= AS_OF
    ]
    return {
        "customer": [row[0] for row in rows],
        "activity": [row[1] for row in rows],
        "occurred_at": [START + timedelta(minutes=row[2].minute) for row in rows],
        "source_order": [row[2].order for row in rows],
        "event_id": [row[3] for row in rows],
    }


def known(unit: Unit) -> Unit:
    """Return a unit without what happened after the watermark."""
    events = tuple(event for event in unit.events if event.minute <= AS_OF)
    return Unit(unit.name, unit.steps, events)


def units(number: int, seed: int) -> list[Unit]:
    rng = random.Random(seed)
    return [known(random_unit(rng, place)) for place in range(number)]


def measured(bench: Bench, events: dict[str, list[object]]) -> dict[str, set[Row]]:
    """Return, per funnel, unit, depths and state as the product has them."""
    bench.given(stg_events=events)
    bench.build("int_funnel_units")
    found: dict[str, set[Row]] = {}
    for funnel, *values in bench.con.execute(
        """
        select
            funnel, split_part(identifiers, '=', 2), depth, depth_strict,
            depth_interchangeable, depth_mature, state
        from int_funnel_units
        inner join int_set_customers
            on int_funnel_units.customer_code = int_set_customers.customer_code
        """
    ).fetchall():
        found.setdefault(str(funnel), set()).add(tuple(values))
    return found
