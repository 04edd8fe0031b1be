"""What a plain walk over journeys says of their paths."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.core.path_journeys import Event, Journey, slices


@dataclass
class Told:
    """What is counted of one figure in one slice."""

    occurrences: int = 0
    minutes: list[int] = field(default_factory=list)
    journeys: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)
    seen: list[int] = field(default_factory=list)

    def add(self, journey: Journey, spent: int, at: int) -> None:
        self.occurrences += 1
        self.minutes.append(spent)
        self.journeys.add(journey.case)
        self.customers.add(journey.customer)
        self.seen.append(at)


def walked_rework(journey: Journey) -> Iterator[tuple[str, str, str, int]]:
    """Yield kind, activity, other activity and minutes of all that is done again."""
    steps = journey.steps
    for place, step in enumerate(steps):
        before = [one for one in steps[:place] if one.activity == step.activity]
        if not before:
            continue
        spent = step.minute - before[-1].minute
        yield "rework", step.activity, step.activity, spent
        if steps[place - 1].activity == step.activity:
            yield "self_loop", step.activity, step.activity, spent
        else:
            yield "return", step.activity, step.activity, spent
            yield "return_from", step.activity, steps[place - 1].activity, spent
    yield from _ping_pongs(steps)


def _ping_pongs(steps: list[Event]) -> Iterator[tuple[str, str, str, int]]:
    """Yield the longest runs of two activities in turn, of four steps or more."""
    start = 0
    while start < len(steps) - 3:
        one, other = steps[start].activity, steps[start + 1].activity
        end = start
        while (
            end < len(steps)
            and one != other
            and (steps[end].activity == (one, other)[(end - start) % 2])
        ):
            end += 1
        if end - start >= 4:
            yield "ping_pong", one, other, steps[end - 1].minute - steps[start].minute
            start = end - 1
        else:
            start += 1


def walked_transitions(journey: Journey) -> Iterator[tuple[str, str, int, int, bool]]:
    """Yield both activities, minutes between, minute, and whether channels change."""
    channel = None
    for one, other in pairwise(journey.steps):
        if one.is_own:
            channel = one.channel
        changes = other.is_own and channel not in (None, other.channel)
        yield (
            one.activity,
            other.activity,
            other.minute - one.minute,
            other.minute,
            changes,
        )


def walked_switches(journey: Journey) -> Iterator[tuple[str, str, str, str, int]]:
    """Yield both channels, activity before and after, and minutes, of each switch."""
    for one, other in pairwise(journey.own):
        if one.channel != other.channel:
            place = next(n for n, step in enumerate(journey.steps) if step is other)
            before = journey.steps[place - 1]
            spent = other.minute - before.minute
            yield one.channel, other.channel, before.activity, other.activity, spent


def walked_channels(
    journeys: list[Journey], persona_of: dict[str, str]
) -> dict[tuple[str, ...], Counter[str]]:
    """Return, per slice and channel of the first own step, how journeys fare."""
    found: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for journey in journeys:
        channels = [step.channel for step in journey.own]
        if not channels:
            continue
        is_contained = len(set(channels)) == 1
        told = {
            "starts": 1,
            "open_starts": journey.is_open,
            "settled": not journey.is_open,
            "contained": not journey.is_open and is_contained,
            "left_and_came_back": not journey.is_open
            and not is_contained
            and channels[-1] == channels[0],
            "ended_elsewhere": not journey.is_open and channels[-1] != channels[0],
            "converted": journey.is_converted,
            "contained_converted": journey.is_converted and is_contained,
        }
        for one in slices(journey, persona_of):
            found[(*one, channels[0])].update({k: int(v) for k, v in told.items()})
    return found
