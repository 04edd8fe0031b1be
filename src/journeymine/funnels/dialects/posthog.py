"""PostHog's funnels with an order, sequential and strict.

Times are seconds as floating numbers, and so are their differences: at the edge of a
window a fraction of a second may fall on either side, as it does there. The latest
entry counts; what is within 50 ms counts as one moment, unless the funnel is strict
or the unit has an exclusion. Events of one moment are taken in the order of the steps,
and exclusions among them are passed over.
"""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.dialects.types import (
    Found,
    Rules,
    Seen,
    States,
    clear_row,
    copy_row,
    is_in_row,
)
from journeymine.funnels.types import Integers

MOMENT = 0.05  # seconds
SECOND = 1_000_000


@compiled
def follow_persons(log: Seen, rules: Rules, found: Found) -> None:
    """Fill `found`, which has a row per unit."""
    for unit in range(len(log.units) - 1):
        events = seen_events(log, (log.units[unit], log.units[unit + 1]), rules)
        states = _follow(log, events, rules)
        if not states.excluded[-1]:
            copy_row(states.path, rules.steps + 1, found.chain, unit)


@compiled
def seen_events(log: Seen, span: tuple[int, int], rules: Rules) -> Integers:
    """Return the events that PostHog sends on to be counted.

    Of equal ones that follow each other, those between the first and the last are
    left out: that decides which others are within 50 ms.
    """
    events = np.empty(span[1] - span[0], np.int64)
    number = 0
    for event in range(span[0], span[1]):
        if rules.is_direct or log.steps[event] != 0 or log.ends[event]:
            events[number] = event
            number += 1
    kept = np.empty(number, np.int64)
    size = 0
    for place in range(number):
        event = events[place]
        if not (
            0 < place < number - 1
            and _has_few_steps(log, event, rules.steps)
            and _is_alike(log, events[place - 1], event)
            and _is_alike(log, event, events[place + 1])
            and log.us[events[place - 1]] < log.us[event] < log.us[events[place + 1]]
        ):
            kept[size] = event
            size += 1
    return kept[:size]


@compiled
def _has_few_steps(log: Seen, event: int, steps: int) -> bool:
    """Whether it is at most one step; an exclusion stands before all but the first."""
    if log.ends[event]:
        return steps == 2
    return bool(log.steps[event] & (log.steps[event] - 1) == 0)


@compiled
def _is_alike(log: Seen, one: int, other: int) -> bool:
    return bool(log.steps[one] == log.steps[other] and log.ends[one] == log.ends[other])


@compiled
def _follow(log: Seen, events: Integers, rules: Rules) -> States:
    """Return the chains of a unit.

    Place 0 of the states is the moment itself, the last but one the goal, and the last
    one the best that was found: an exclusion of that takes the unit out.
    """
    goal = rules.steps
    states = States(
        np.zeros(goal + 2, np.float64),
        np.zeros(goal + 2, np.bool_),
        np.full((goal + 2, goal), -1, np.int64),
        np.zeros(1, np.int64),
    )
    is_exact = rules.is_direct
    for event in events:
        is_exact |= log.ends[event]
    longest = 0.0 if is_exact else MOMENT
    begin = np.int64(0)  # with a plain 0, all below is compiled twice
    while begin < len(events) and states.entry[goal] == 0:
        start = log.us[events[begin]] / SECOND
        end, is_mixed = begin + 1, False
        while end < len(events) and log.us[events[end]] / SECOND - start <= longest:
            is_mixed |= not _is_alike(log, events[begin], events[end])
            end += 1
        states.entry[0] = start
        if is_mixed:
            _take_mixed(log, events, (begin, end), rules, states)
        else:
            for place in range(begin, end):
                _take_event(log, events[place], rules, states)
        begin = end
    return states


@compiled
def _take_mixed(
    log: Seen, events: Integers, span: tuple[int, int], rules: Rules, states: States
) -> None:
    """Take different events of one moment, each step after the one before."""
    begin, end = span
    start = log.us[events[begin]] / SECOND
    for step in range(1, rules.steps + 1):
        for place in range(begin, end):
            event = events[place]
            is_used = is_in_row(states.path, step - 1, event)
            if _can_be(log, event, step) and not is_used:
                _reach(step, (event, start), rules, states)


@compiled
def _can_be(log: Seen, event: int, step: int) -> bool:
    return bool(
        log.steps[event] & (1 << (step - 1)) and (step > 1 or log.can_enter[event])
    )


@compiled
def _take_event(log: Seen, event: int, rules: Rules, states: States) -> None:
    """Take an event for all that it can be, later steps first."""
    seconds = log.us[event] / SECOND
    for step in range(rules.steps, 0, -1):
        if step > 1 and log.ends[event]:
            _exclude(step, seconds, rules, states)
        elif _can_be(log, event, step):
            _reach(step, (event, seconds), rules, states)
    if rules.is_direct:
        for step in range(1, rules.steps + 1):
            if not log.steps[event] & (1 << (step - 1)):
                states.entry[step] = 0
                states.excluded[step] = False
                clear_row(states.path, step)


@compiled
def _goes_on(step: int, seconds: float, rules: Rules, states: States) -> bool:
    """Whether a chain to the step before goes on, and did not yet."""
    entry = states.entry[step - 1]
    return bool(
        entry != 0
        and seconds - entry <= rules.window_us // SECOND
        and states.entry[step] != entry
    )


@compiled
def _reach(step: int, at: tuple[int, float], rules: Rules, states: States) -> None:
    """Let an event be a step; a chain that is excluded only shows how far it came."""
    event, seconds = at
    if not _goes_on(step, seconds, rules, states):
        return
    best, found = states.best, rules.steps + 1
    if step > best[0] or (step == best[0] and states.excluded[found]):
        best[0] = step
        _lengthen(step, event, found, states)
    if not states.excluded[step - 1]:
        _lengthen(step, event, step, states)


@compiled
def _lengthen(step: int, event: int, place: int, states: States) -> None:
    states.entry[place] = states.entry[step - 1]
    states.excluded[place] = states.excluded[step - 1]
    copy_row(states.path, step - 1, states.path, place)
    states.path[place, step - 1] = event


@compiled
def _exclude(step: int, seconds: float, rules: Rules, states: States) -> None:
    """Let an exclusion end the chain to the step before, and so perhaps the best."""
    excluded, found = states.excluded, rules.steps + 1
    if excluded[step - 1] or not _goes_on(step, seconds, rules, states):
        return
    excluded[step - 1] = True
    is_near = seconds - states.entry[found] <= rules.window_us // SECOND
    if states.best[0] == step - 1 and is_near:
        excluded[found] = True
