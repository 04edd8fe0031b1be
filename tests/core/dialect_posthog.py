"""How far a person comes in PostHog, in plain Python.

Written from what its documentation and its own behaviour say; nothing is shared with
the loops of the product.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.core.dialect_funnels import START, US, WINDOW, Event, Variant, steps_of


def _seconds(event: Event) -> float:
    """Return the time as PostHog has it, in floating seconds since 1970."""
    return (int(START.timestamp()) * US + event.us) / US


@dataclass
class Chain:
    entry: float
    events: list[Event] = field(default_factory=list)
    is_excluded: bool = False

    def plus(self, event: Event) -> "Chain":
        return Chain(self.entry, [*self.events, event], self.is_excluded)


@dataclass
class Person:
    """What is known of a person between two moments: the latest chain per step."""

    variant: Variant
    chains: dict[int, Chain] = field(default_factory=dict)
    best: Chain | None = None

    def chain_before(self, step: int, now: float) -> Chain | None:
        """Return the chain to the step before, if the step is news to it."""
        chain = self.chains.get(step - 1)
        if chain is None or now - chain.entry > WINDOW:
            return None
        reached = self.chains.get(step)
        return None if reached and reached.entry == chain.entry else chain

    def reach(self, step: int, event: Event, now: float) -> None:
        chain = self.chain_before(step, now)
        if chain is None:
            return
        longer, length = chain.plus(event), len(self.best.events) if self.best else 0
        if step > length or (self.best and step == length and self.best.is_excluded):
            self.best = replace(longer)
        if not chain.is_excluded:
            self.chains[step] = longer

    def exclude(self, step: int, now: float) -> None:
        chain = self.chain_before(step, now)
        if chain is None or chain.is_excluded:
            return
        chain.is_excluded = True
        if (
            self.best
            and len(self.best.events) == step - 1
            and now - self.best.entry <= WINDOW
        ):
            self.best.is_excluded = True

    def take(self, event: Event) -> None:
        """Take one event that is alone in its moment, or alike with the others."""
        now, own = _seconds(event), steps_of(self.variant, event)
        goal = len(self.variant.steps)
        for step in range(goal, 0, -1):
            if self.variant.excludes and event.activity == "x":
                if step > 1:
                    self.exclude(step, now)
            elif step in own:
                self.reach(step, event, now)
        if self.variant.mode == "direct":
            self.chains = {k: one for k, one in self.chains.items() if k in {0, *own}}

    def take_mixed(self, events: Sequence[Event]) -> None:
        now = _seconds(events[0])
        for step in range(1, len(self.variant.steps) + 1):
            for event in events:
                before = self.chains.get(step - 1)
                used = before is not None and any(one is event for one in before.events)
                if step in steps_of(self.variant, event) and not used:
                    self.reach(step, event, now)


def in_posthog(variant: Variant, events: Sequence[Event]) -> list[int]:
    kept = _sent(variant, events)
    if variant.mode == "unordered":
        return any_order(variant, kept)
    person = Person(variant)
    for moment in _moments(variant, kept):
        person.chains[0] = Chain(_seconds(moment[0]))
        if len({_kind(variant, event) for event in moment}) == 1:
            for event in moment:
                person.take(event)
        else:
            person.take_mixed(moment)
        if len(variant.steps) in person.chains:
            break
    best = person.best
    return [] if best is None or best.is_excluded else [len(best.events)]


def _kind(variant: Variant, event: Event) -> tuple[int, ...]:
    """Return the steps of an event, less than 0 before which an exclusion stands."""
    if variant.excludes and event.activity == "x":
        return tuple(range(-2, -len(variant.steps) - 1, -1))
    return tuple(steps_of(variant, event))


def _sent(variant: Variant, events: Sequence[Event]) -> list[Event]:
    """Leave out what is no step, and what is between two that are the same."""
    own = [one for one in events if variant.mode == "direct" or _kind(variant, one)]
    kinds = [_kind(variant, one) for one in own]
    return [
        event
        for k, event in enumerate(own)
        if k in (0, len(own) - 1)
        or len(kinds[k]) > 1
        or not kinds[k - 1] == kinds[k] == kinds[k + 1]
        or not own[k - 1].us < event.us < own[k + 1].us
    ]


def _moments(variant: Variant, events: Sequence[Event]) -> list[list[Event]]:
    is_exact = variant.mode == "direct" or (
        variant.excludes and any(event.activity == "x" for event in events)
    )
    longest = 0 if is_exact else 0.05
    moments: list[list[Event]] = []
    for event in events:
        if moments and _seconds(event) - _seconds(moments[-1][0]) <= longest:
            moments[-1].append(event)
        else:
            moments.append([event])
    return moments


def any_order(variant: Variant, events: Sequence[Event]) -> list[int]:
    queues: dict[int, list[float]] = {k + 1: [] for k in range(len(variant.steps))}
    most = 0
    for event in events:
        now = _seconds(event)
        while True:
            held = {step: queue for step, queue in queues.items() if queue}
            if not held:
                break
            oldest = min(held, key=lambda step: held[step][0])
            if len(held) < len(queues) and held[oldest][0] + WINDOW >= now:
                break
            most = max(most, len(held))
            queues[oldest].pop(0)
        if most == len(queues):
            return [most]
        if variant.excludes and event.activity == "x":
            queues = {step: [] for step in queues}
            continue
        own = steps_of(variant, event)
        step = min(own, key=lambda one: queues[one][-1] if queues[one] else 0.0)
        queues[step].append(now)
    most = max(most, sum(1 for queue in queues.values() if queue))
    return [most] if most else []
