"""What funnels say of random units, by trying every chain of events.

Written from `definitions.md` alone: it shares no code and no idea with the product,
which follows the latest entry through the steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.core.funnel_variants import Event, Variant

Chain = tuple[tuple[int, Event], ...]
"""Steps, by position, and the events that are these steps."""
Key = tuple[float, ...]


@dataclass(frozen=True)
class Ruled:
    """A unit's events under one way of counting ties."""

    variant: Variant
    events: Sequence[Event]
    ties: str

    def key(self, event: Event) -> Key:
        return event.in_log[:2] if self.ties == "source_order" else event.in_log[:1]

    def follows(self, one: Event, other: Event) -> bool:
        if self.ties == "interchangeable":
            return self.key(one) <= self.key(other)
        return self.key(one) < self.key(other)

    def enders(self, entry: Event) -> list[Event]:
        """Return the exclusions that end the attempt of an entry, the first first."""
        names = ("x" if self.variant.ends else "") + ("y" if self.variant.drops else "")
        return [
            event
            for event in self.events
            if event.activity in names
            and (
                self.key(event) > self.key(entry)
                or (self.ties == "strict" and self.key(event) == self.key(entry))
            )
            and event.minute <= entry.minute + self.variant.window
        ]

    def is_dropped_by(self, entry: Event) -> bool:
        """Whether the first exclusion after an entry takes the unit out."""
        first = self.enders(entry)[:1]
        return any(
            one.activity == "y" and self.key(one) == self.key(first[0])
            for one in self.enders(entry)
        )

    def may_hold(self, entry: Event, event: Event) -> bool:
        """Whether a chain from an entry may hold an event, whatever is between."""
        if event is entry:
            return True
        within = entry.minute <= event.minute <= entry.minute + self.variant.window
        closed = self.ties == "strict"
        spanned = any(
            self.key(ender) < self.key(event)
            or (closed and self.key(ender) == self.key(event))
            for ender in self.enders(entry)
        )
        alike = None not in entry.held and entry.held == event.held
        return within and not spanned and (alike or not self.variant.hold)

    def is_direct(self, chain: Chain) -> bool:
        """Whether no other event of the unit stands between, in some or every order."""
        keys = [self.key(event) for _, event in chain]
        held = [event for _, event in chain]
        others = [self.key(event) for event in self.events if event not in held]
        if self.ties == "interchangeable":
            return not any(keys[0] < other < keys[-1] for other in others)
        return len(chain) == 1 or not any(
            keys[0] <= other <= keys[-1] for other in others
        )

    def chains(self, entry: Event, allowed: Sequence[Event]) -> Iterator[Chain]:
        """Yield every chain from an entry, short ones too."""
        yield from self._longer(((0, entry),), allowed)

    def _longer(self, chain: Chain, allowed: Sequence[Event]) -> Iterator[Chain]:
        if self.variant.mode != "direct" or self.is_direct(chain):
            yield chain
        steps = self.variant.steps
        at, last = chain[-1]
        nexts = [at + 1]
        if at + 1 < len(steps) and steps[at + 1].optional:
            nexts.append(at + 2)
        for step in nexts:
            if step >= len(steps):
                continue
            for event in allowed:
                gap = steps[step].within
                if (
                    event.activity in steps[step].names
                    and all(event is not held for _, held in chain)
                    and self.follows(last, event)
                    and self.may_hold(chain[0][1], event)
                    and (gap is None or event.minute - last.minute <= gap)
                ):
                    yield from self._longer((*chain, (step, event)), allowed)

    def sets(self, entry: Event, allowed: Sequence[Event]) -> Iterator[Chain]:
        """Yield sets of events after an entry that can each be another step."""
        events = [one for one in allowed if self.may_hold(entry, one)]
        for number in range(1, len(self.variant.steps) + 1):
            for chosen in combinations(events, number):
                if entry in chosen and self._can_be(chosen, 0):
                    ordered = sorted(chosen, key=self.key)
                    # The k-th step is reached with the last of its k events.
                    yield (*((k, one) for k, one in enumerate(ordered)),)

    def _can_be(self, events: Sequence[Event], step: int) -> bool:
        if not events:
            return True
        if step == len(self.variant.steps):
            return False
        names = self.variant.steps[step].names
        return self._can_be(events, step + 1) or any(
            one.activity in names
            and self._can_be([other for other in events if other is not one], step + 1)
            for one in events
        )

    def ways(self, entry: Event, allowed: Sequence[Event]) -> list[Chain]:
        if self.variant.mode == "unordered":
            return list(self.sets(entry, allowed))
        return list(self.chains(entry, allowed))
