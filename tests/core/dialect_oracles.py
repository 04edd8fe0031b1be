"""How far a unit comes in PostHog, Mixpanel and ClickHouse, in plain Python.

Written from what their documentation and their own behaviour say; nothing is shared
with the loops of the product. Each returns one depth per unit or attempt that enters.
"""

from collections.abc import Callable, Sequence

from tests.core.dialect_funnels import US, WINDOW, Event, Variant, steps_of
from tests.core.dialect_posthog import in_posthog


def expected(variant: Variant, events: Sequence[Event]) -> list[int]:
    return RULES[variant.dialect](variant, events)


# ClickHouse

Levels = dict[int, tuple[int, int]]
"""Per step that was reached, when its entry was and when it was itself: seconds."""


def _clickhouse(variant: Variant, events: Sequence[Event]) -> list[int]:
    """Go through pairs of second and step; 0 is an event that is no step."""
    pairs = sorted(
        (event.us // US, step)
        for event in events
        for step in steps_of(variant, event) or [0]
    )
    levels: Levels = {}
    for second, step in pairs:
        if step == 1:
            levels[1] = (second, second)
        elif _stops(variant, step, levels) or len(variant.steps) in levels:
            break
        elif step - 1 in levels:
            entry, before = levels[step - 1]
            if second - entry <= WINDOW and not (
                variant.is_strict and before == second
            ):
                levels[step] = (entry, second)
    return [max(levels)] if levels else []


def _stops(variant: Variant, step: int, levels: Levels) -> bool:
    """Whether a mode lets nothing follow after an event that is this step."""
    if "strict_deduplication" in variant.modes and step in levels:
        return True
    if variant.mode != "direct" or not levels or step - 1 in levels:
        return False
    return step == 0 or "allow_reentry" not in variant.modes


# Mixpanel

GRACE = 2 * US


def _mixpanel(variant: Variant, events: Sequence[Event]) -> list[int]:
    """Open attempts at entries, each with the events that it may use."""
    rest, depths, ended = list(events), [], []
    entries = [one for one in events if 1 in steps_of(variant, one)]
    if variant.mode == "unordered":
        entries = [one for one in events if steps_of(variant, one)]
    for entry in entries:
        if variant.entry == "attempts" and entry not in rest:
            continue
        chain, stop = _attempt(variant, entry, rest)
        depths.append(len(chain))
        ended.append(stop)
        if variant.entry == "first":
            break
        if variant.entry == "attempts":
            rest = _after(variant, entry, chain, stop, events)
    if variant.entry == "any" and depths:
        return [max(depths)]
    return depths


def _attempt(
    variant: Variant, entry: Event, events: Sequence[Event]
) -> tuple[list[Event], Event | None]:
    until = entry.us + WINDOW * US
    stop = next(
        (
            one
            for one in events
            if variant.excludes
            and one.activity == "x"
            and entry.us - GRACE <= one.us <= until
        ),
        None,
    )
    if stop:
        until = stop.us
    usable = [
        one
        for one in events
        if one is entry
        or (
            one.us <= until and (not variant.hold or None is not one.held == entry.held)
        )
    ]
    order = _in_order if variant.mode == "ordered" else _in_any_order
    chain = order(variant, entry, usable)
    return chain, None if len(chain) == len(variant.steps) else stop


def _in_order(variant: Variant, entry: Event, usable: list[Event]) -> list[Event]:
    chain = [entry]
    for step in range(2, len(variant.steps) + 1):
        following = [
            one
            for one in usable
            if step in steps_of(variant, one)
            and one not in chain
            and one.us >= chain[-1].us - GRACE
        ]
        if not following:
            break
        chain.append(following[0])
    return chain


def _in_any_order(variant: Variant, entry: Event, usable: list[Event]) -> list[Event]:
    chain: list[Event] = []
    left = set(range(1, len(variant.steps) + 1))
    for event in usable[usable.index(entry) :]:
        own = left & {*steps_of(variant, event)}
        if own:
            left.remove(min(own))
            chain.append(event)
    return chain


def _after(
    variant: Variant,
    entry: Event,
    chain: list[Event],
    stop: Event | None,
    events: Sequence[Event],
) -> list[Event]:
    """Return the events after an attempt: its goal, its exclusion or its window."""
    places = {id(one): place for place, one in enumerate(events)}
    if len(chain) == len(variant.steps) or stop:
        used = [places[id(one)] for one in (*chain, *([stop] if stop else []))]
        return list(events[max(used) + 1 :])
    return [one for one in events if one.us > entry.us + WINDOW * US]


RULES: dict[str, Callable[[Variant, Sequence[Event]], list[int]]] = {
    "clickhouse": _clickhouse,
    "posthog": in_posthog,
    "mixpanel": _mixpanel,
}
