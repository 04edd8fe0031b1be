"""PostHog's funnels without an order.

Each event is put to one step, of several the one whose last event is oldest; what is
longer ago than the window is forgotten. An exclusion forgets all, uncounted. So a unit
whose events were all forgotten so is not in the funnel.
"""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.dialects.posthog import SECOND, seen_events
from journeymine.funnels.dialects.types import (
    Floats,
    Found,
    Rules,
    Seen,
    copy_row,
    events_in_row,
)
from journeymine.funnels.types import Integers


@compiled
def gather_persons(log: Seen, rules: Rules, found: Found) -> None:
    """Fill `found`, which has a row per unit."""
    for unit in range(len(log.units) - 1):
        events = seen_events(log, (log.units[unit], log.units[unit + 1]), rules)
        _gather(log, events, rules, (found.chain, unit))


@compiled
def _gather(
    log: Seen, events: Integers, rules: Rules, row: tuple[Integers, int]
) -> None:
    """Fill a row with the most steps that were held at once, in order of time.

    What is held stands in `steps` from `head` on, with the place of its event.
    """
    steps = np.full(len(events), -1, np.int64)
    held = np.zeros(rules.steps, np.int64)
    latest = np.zeros(rules.steps, np.float64)
    head = np.int64(0)  # with a plain 0, `_keep` is compiled twice
    for place in range(len(events)):
        event = events[place]
        seconds = log.us[event] / SECOND
        while head < place:
            oldest = log.us[events[head]] / SECOND
            in_window = oldest + rules.window_us // SECOND >= seconds
            if in_window and _held_steps(held) < rules.steps:
                break
            _keep(log, events, (head, place), steps, row)
            held[steps[head]] -= 1
            head += 1
        if events_in_row(*row) == rules.steps:
            return
        if log.ends[event]:
            for step in range(rules.steps):
                held[step] = 0
            head = np.int64(place + 1)
        else:
            step = _oldest_step(log.steps[event], held, latest)
            steps[place] = step
            held[step] += 1
            latest[step] = seconds
    _keep(log, events, (head, len(events)), steps, row)


@compiled
def _held_steps(held: Integers) -> int:
    steps = 0
    for events in held:
        steps += events > 0
    return steps


@compiled
def _oldest_step(bits: int, held: Integers, latest: Floats) -> int:
    """Return the step of an event: one that holds nothing, else the oldest."""
    best = -1
    for step in range(len(held)):
        if bits & (1 << step) and (
            best < 0
            or (held[best] > 0 and (held[step] == 0 or latest[step] < latest[best]))
        ):
            best = step
    return best


@compiled
def _keep(
    log: Seen,
    events: Integers,
    span: tuple[int, int],
    steps: Integers,
    row: tuple[Integers, int],
) -> None:
    """Keep the first event of each step that is held, if these are more than before."""
    begin, end = span
    chain, unit = row
    if begin == end or not log.can_enter[events[begin]]:
        return
    first = np.full((1, chain.shape[1]), -1, np.int64)
    is_held = np.zeros(chain.shape[1], np.bool_)
    size = 0
    for place in range(begin, end):
        if not is_held[steps[place]]:
            is_held[steps[place]] = True
            first[0, size] = events[place]
            size += 1
    if size > events_in_row(chain, unit):
        copy_row(first, 0, chain, unit)
