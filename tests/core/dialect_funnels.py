"""Funnels of three dialects, and random units with ties, repeats and edges."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

START = datetime(2024, 5, 1, tzinfo=UTC)
WINDOW = 6  # seconds
US = 1_000_000
FRACTIONS = [0, 0, 0, 0, 30_000, 60_000, 100_000, 700_000]  # microseconds


@dataclass(frozen=True)
class Variant:
    """A funnel: x is the exclusion, if there is one, and z no step of any."""

    name: str
    dialect: str
    steps: tuple[str, ...] = ("a", "b", "c")
    mode: str = "ordered"
    entry: str = "any"
    excludes: bool = False
    is_strict: bool = False
    hold: bool = False
    modes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """An event; `us` is since `START`."""

    us: int
    activity: str
    place: int
    held: str | None


def steps_of(variant: Variant, event: Event) -> list[int]:
    """Return the steps that an event can be, from 1."""
    return [k for k, names in enumerate(variant.steps, 1) if event.activity in names]


def posthog() -> list[Variant]:
    plain = [Variant(f"ph_{mode}", "posthog", mode=mode) for mode in MODES]
    others = [replace(one, name=f"{one.name}_x", excludes=True) for one in plain]
    several = [
        replace(one, name=f"{one.name}_or", steps=("ab", "bc", "b", "c"))
        for one in (*plain, *others)
    ]
    return [*plain, *others, *several]


def mixpanel() -> list[Variant]:
    kinds = product(("ordered", "unordered"), ("first", "attempts", "any"), (0, 1))
    return [
        Variant(
            f"mp_{number}",
            "mixpanel",
            steps=("a", "b", "bc", "c") if number % 4 in {0, 3} else ("a", "b", "a"),
            mode=mode,
            entry=entry,
            excludes=bool(excludes),
            hold=number % 4 in {0, 3},
        )
        for number, (mode, entry, excludes) in enumerate(kinds)
    ]


def clickhouse() -> list[Variant]:
    """Return every combination of modes that there is."""
    combined = [
        modes
        for size in range(len(WINDOW_MODES) + 1)
        for modes in combinations(WINDOW_MODES, size)
        if "allow_reentry" not in modes or "strict_order" in modes
    ]
    return [
        Variant(
            f"ch_{number}",
            "clickhouse",
            steps=("ab", "b", "a", "c") if number % 2 else ("a", "b", "c"),
            mode="direct" if "strict_order" in modes else "ordered",
            is_strict="strict_increase" in modes,
            modes=tuple(one for one in modes if one in OPTIONS),
        )
        for number, modes in enumerate(combined)
    ]


MODES = ("ordered", "direct", "unordered")
OPTIONS = ("strict_deduplication", "allow_reentry")
WINDOW_MODES = ("strict_order", "strict_increase", *OPTIONS)


def random_units(seed: int, names: Sequence[str]) -> dict[str, list[Event]]:
    """Return the events of units in order; few moments for them, so that many tie."""
    rng = random.Random(seed)
    return {name: _random_unit(rng) for name in names}


def _random_unit(rng: random.Random) -> list[Event]:
    seconds = rng.choice([3, 9, 20])
    events = [
        Event(
            rng.randrange(seconds) * US + rng.choice(FRACTIONS),
            rng.choice("aaabbbcccxz"),
            place,
            rng.choice(["u", "u", "u", "v", None]),
        )
        for place in range(rng.randint(1, 9))
    ]
    return sorted(events, key=lambda event: (event.us, event.place))


def project(variants: list[Variant]) -> str:
    return "\n".join(_section(one) for one in variants)


def _section(variant: Variant) -> str:
    kind = "drop_unit" if variant.dialect == "posthog" else "end_attempt"
    lines = [
        f"[funnels.{variant.name}]",
        f'dialect = "{variant.dialect}"',
        f"steps = {[list(step) for step in variant.steps]}",
        f'window = "{WINDOW} seconds"',
        f'mode = "{variant.mode}"',
        f'entry = "{variant.entry}"',
        f"dialect_modes = {list(variant.modes)}",
        'ties = "strict"' if variant.is_strict else "",
        'hold = ["h1"]' if variant.hold else "",
        f'exclusions.{kind} = ["x"]' if variant.excludes else "",
    ]
    return "\n".join(lines)


def table(units: Mapping[str, Sequence[Event]]) -> dict[str, list[object]]:
    """Return the events of all units as columns."""
    rows = [(name, event) for name, events in units.items() for event in events]
    return {
        "customer": [name for name, _ in rows],
        "activity": [event.activity for _, event in rows],
        "occurred_at": [START + timedelta(microseconds=one.us) for _, one in rows],
        "event_id": [f"{name}-{event.place}" for name, event in rows],
        "h1": [event.held for _, event in rows],
    }
