"""Funnels and units drawn at random, as a project file and a table of events."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

START = datetime(2024, 5, 1, tzinfo=UTC)
AS_OF = 18  # minutes after START: some entries still have time
SESSION_GAP = 6
INACTIVITY = 7


@dataclass(frozen=True)
class Step:
    names: str
    optional: bool = False
    within: int | None = None


@dataclass(frozen=True)
class Variant:
    """A funnel: x ends attempts, y drops units, q is an exit, z is none of these."""

    number: int
    steps: tuple[Step, ...]
    window: int = 8
    entry: str = "any"
    mode: str = "ordered"
    ties: str = "interchangeable"
    unit: str = "customer"
    ends: bool = False
    drops: bool = False
    exits: bool = False
    hold: tuple[str, ...] = ()
    start: int | None = None
    until: int | None = None

    @property
    def required(self) -> list[int]:
        return [k for k, step in enumerate(self.steps) if not step.optional]


@dataclass(frozen=True)
class Event:
    minute: int
    order: int | None
    activity: str
    place: int
    is_customer: bool = True
    held: tuple[str | None, ...] = ()

    @property
    def in_log(self) -> tuple[float, ...]:
        order = float("inf") if self.order is None else self.order
        return (self.minute, order, self.place)


@dataclass(frozen=True)
class Unit:
    name: str
    variant: Variant
    events: tuple[Event, ...]


def random_variant(rng: random.Random, number: int) -> Variant:
    """Return a funnel with settings of every kind, few enough to be told apart."""
    mode = rng.choice(["ordered", "ordered", "direct", "unordered"])
    ties = ["strict", "interchangeable", "interchangeable", "source_order"]
    steps = [
        Step("".join(rng.sample("abc", rng.choice([1, 1, 1, 2]))))
        for _ in range(rng.choice([2, 3, 3, 4]))
    ]
    if mode != "unordered":
        for k in range(1, len(steps)):
            if rng.random() < 0.25:
                steps[k] = replace(steps[k], within=rng.randint(1, 5))
            before, last = steps[k - 1].optional, k == len(steps) - 1
            if rng.random() < 0.4 and not before and not last:
                steps[k] = replace(steps[k], optional=True)
    unit = rng.choice(["customer", "customer", "journey", "session"])
    return Variant(
        number,
        tuple(steps),
        window=rng.choice([4, 8, 8]),
        entry=rng.choice(["any", "any", "first", "attempts"]),
        mode=mode,
        ties=rng.choice(ties[: 3 if mode == "unordered" else 4]),
        unit=unit,
        ends=rng.random() < 0.35,
        drops=rng.random() < 0.25,
        exits=unit == "customer" and rng.random() < 0.3,
        hold=rng.choice([(), (), ("h1",), ("h1", "h2")]),
        start=rng.choice([None, None, None, rng.randint(1, 6)]),
        until=rng.choice([None, None, None, rng.randint(8, 20)]),
    )


def random_unit(rng: random.Random, variant: Variant, name: str) -> Unit:
    """Return a unit with few minutes for its events, so that many tie."""
    minutes = rng.choice([3, 8, 25])
    own = variant.unit != "customer"  # the company's events make no session
    events = [
        Event(
            rng.randrange(minutes),
            rng.choice([0, 1, 2, None]),
            rng.choice("aabbccc" + "x" * 2 + "y" + "q" + "z"),
            place,
            own or rng.random() < 0.85,
            tuple(rng.choice(["u", "u", "v", None]) for _ in variant.hold),
        )
        for place in range(rng.randint(1, 8))
    ]
    known = (event for event in events if event.minute <= AS_OF)
    return Unit(name, variant, tuple(sorted(known, key=lambda event: event.in_log)))


def project(variants: Sequence[Variant], window: int | None = None) -> str:
    """Return a project file; each funnel has activities of its own."""
    exits = [f"{one.number}q" for one in variants if one.exits]
    lines = [
        f'[project]\nname = "T"\nas_of = {_moment(AS_OF)}',
        f'[journey]\nsession_gap = "{SESSION_GAP} minutes"',
        f'inactivity = "{INACTIVITY} minutes"',
        f"exits = {{ gone = {exits} }}" if exits else "",
        *(_section(one, window or one.window) for one in variants),
    ]
    return "\n".join(lines)


def _section(variant: Variant, window: int) -> str:
    def names(letters: str) -> list[str]:
        return [f"{variant.number}{letter}" for letter in letters]

    steps = [
        f"{{ any = {names(step.names)}"
        + (", optional = true" if step.optional else "")
        + (f', within = "{step.within} minutes"' if step.within else "")
        + " }"
        for step in variant.steps
    ]
    ends, drops = "x" if variant.ends else "", "y" if variant.drops else ""
    return "\n".join(
        [
            f"[funnels.f{variant.number}]\nsteps = [{', '.join(steps)}]",
            f'window = "{window} minutes"\nmode = "{variant.mode}"',
            f'entry = "{variant.entry}"\nties = "{variant.ties}"',
            f'unit = "{variant.unit}"\nhold = {list(variant.hold)}',
            f"exclusions.end_attempt = {names(ends)}",
            f"exclusions.drop_unit = {names(drops)}",
            "" if variant.start is None else f"from = {_moment(variant.start)}",
            "" if variant.until is None else f"until = {_moment(variant.until)}",
        ]
    )


def _moment(minute: int) -> str:
    return f"{START + timedelta(minutes=minute):%Y-%m-%dT%H:%M:%SZ}"


def table(units: Sequence[Unit]) -> dict[str, list[object]]:
    """Return the events of all units as columns."""
    rows = [(unit, event) for unit in units for event in unit.events]
    held = [(*event.held, None, None) for _, event in rows]
    return {
        "customer": [unit.name for unit, _ in rows],
        "activity": [f"{unit.variant.number}{event.activity}" for unit, event in rows],
        "occurred_at": [START + timedelta(minutes=event.minute) for _, event in rows],
        "source_order": [event.order for _, event in rows],
        "event_id": [f"{unit.name}-{event.place}" for unit, event in rows],
        "is_customer": [event.is_customer for _, event in rows],
        "h1": [values[0] for values in held],
        "h2": [values[1] for values in held],
    }
