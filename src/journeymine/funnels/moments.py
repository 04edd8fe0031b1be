"""What the events of one moment can be: tied ones in any order, or directly on."""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.matching import can_add, count_in, release
from journeymine.funnels.types import Events, Flags, Integers, Kinds, Reached, Rules


@compiled
def is_entry(can_enter: Flags, event: int, only: int) -> bool:
    """Whether an event may be an entry, if `only` (unless -1) is the only one."""
    return event == only or (only < 0 and bool(can_enter[event]))


@compiled
def agrees(hold: Integers, event: int, only: int) -> bool:
    """Whether an event has what is held constant; those of a span without `only` do."""
    return only < 0 or bool(hold[event] == hold[only])


@compiled
def _steps_of(events: Events, event: int, only: int) -> int:
    """Return the steps that an event can be: the first one only if it may enter."""
    if not agrees(events.hold, event, only):
        return 0
    if is_entry(events.can_enter, event, only):
        return int(events.steps[event])
    return int(events.steps[event] & ~1)


@compiled
def _is_in_time(
    events: Events, event: int, entry: int, since: int, longest: int
) -> bool:
    return (
        entry >= 0
        and events.rank[event] < events.limit[entry]
        and events.us[event] - since <= longest
    )


@compiled
def go_on_directly(
    events: Events,
    moment: tuple[int, int, int],
    rules: Rules,
    state: tuple[Integers, Integers, Kinds],
    row: Reached,
) -> None:
    """Chain on from the moment before only, and through no event that is left over."""
    begin, _, _ = moment
    going, since, _ = state
    found, on = match_moment(events, moment, rules, state)
    # In a tie, some order of the moment has another event between.
    is_cut = events.size[begin] > 1 and not rules.is_free
    for step in range(len(found)):
        going[step] = -1 if is_cut else on[step]
        since[step] = events.us[begin]
        if is_cut and step > 0:
            found[step] = -1
    note_all(events, moment, rules, (found, since), row)


@compiled
def match_moment(
    events: Events,
    moment: tuple[int, int, int],
    rules: Rules,
    state: tuple[Integers, Integers, Kinds],
) -> tuple[Integers, Integers]:
    """Return, per step, the latest entry that reaches it in any order of a moment.

    And the same of chains that a next event directly follows: all events of the moment
    are in the chain, or those that are not can stand before its entry.
    """
    before, since, kinds = state
    begin, _, _ = moment
    newest = _count_moment(events, moment, kinds)
    steps = len(rules.wanted)
    found, on = np.full(steps, -1, np.int64), np.full(steps, -1, np.int64)
    for first in range(steps):
        entry = newest if first == 0 else before[first - 1]
        if entry < 0 or not (
            first == 0
            or _is_in_time(events, begin, entry, since[first - 1], rules.gaps[first])
        ):
            continue
        release(kinds)
        for step in range(first, steps):
            if not can_add(kinds, step, rules.wanted):
                break
            found[step] = _later(events, entry, found[step])
            if first == 0 or step - first + 1 == events.size[begin]:
                on[step] = _later(events, entry, on[step])
    return found, on


@compiled
def _count_moment(events: Events, moment: tuple[int, int, int], kinds: Kinds) -> int:
    """Count the events of a moment by kind, and return the last that may enter."""
    begin, end, only = moment
    kinds.number[0] = 0
    newest = -1
    for event in range(begin, end):
        steps = _steps_of(events, event, only)
        if steps:
            count_in(kinds, steps, 1)
        if steps & 1:
            newest = event
    return newest


@compiled
def _later(events: Events, one: int, other: int) -> int:
    return one if other < 0 or events.rank[one] > events.rank[other] else other


@compiled
def note_all(
    events: Events,
    moment: tuple[int, int, int],
    rules: Rules,
    found: tuple[Integers, Integers],
    row: Reached,
) -> None:
    """Write what was found per step, and its events, into `row`."""
    begin, end, only = moment
    for step in range(len(rules.wanted)):
        if found[0][step] < 0:
            continue
        for event in range(begin, end):
            if _steps_of(events, event, only) & rules.wanted[step]:
                _note(events, event, (step, found[0][step]), found[1], row)


@compiled
def _note(
    events: Events, event: int, chain: tuple[int, int], since: Integers, row: Reached
) -> None:
    step, entry = chain
    old = row.entry[step]
    if old < 0 or events.rank[entry] > events.rank[old]:
        row.entry[step] = entry
        row.first[step] = event
        row.last[step] = event
    elif events.rank[entry] < events.rank[old]:
        return
    else:
        row.last[step] = max(row.last[step], event)
    since[step] = events.us[event]
