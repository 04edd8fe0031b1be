"""Funnels without an order: how many steps the events after an entry can be."""

from journeymine.compiled import compiled
from journeymine.funnels.chains import row_of
from journeymine.funnels.matching import can_add, count_in, no_kinds, release
from journeymine.funnels.moments import agrees, is_entry
from journeymine.funnels.types import Events, Kinds, Reached, Rules, Spans


@compiled
def search_sets(events: Events, spans: Spans, rules: Rules, reached: Reached) -> None:
    """Fill `reached`, which has a row per span."""
    for place in range(len(spans.first)):
        span = (spans.first[place], spans.last[place], spans.only[place])
        gather_sets(events, span, rules, row_of(reached, place))


@compiled
def gather_sets(
    events: Events, span: tuple[int, int, int], rules: Rules, row: Reached
) -> None:
    """Fill `row` with what the span reaches: its step k is any k + 1 of the steps.

    Two pointers: what may belong to an entry moves on with it.
    """
    kinds = no_kinds(rules.kinds, len(rules.wanted))
    first, last, only = span
    window = (first, first)
    for event in range(first, last):
        if _counts(events, event, only) and is_entry(events.can_enter, event, only):
            window = _move(events, event, (last, only), kinds, window)
            for step in range(_size(events, event, rules, kinds)):
                row.entry[step] = event
    for step in range(len(rules.wanted)):
        entry = row.entry[step]
        if entry >= 0 and row.first[step] < 0:
            _find_times(events, first, (entry, only), rules, (kinds, row))


@compiled
def _move(
    events: Events,
    entry: int,
    limits: tuple[int, int],
    kinds: Kinds,
    window: tuple[int, int],
) -> tuple[int, int]:
    """Move both ends of what is counted on to the next entry."""
    left, right = window
    last, only = limits
    rank, limit = events.rank[entry], events.limit[entry]
    while right < last and (events.rank[right] < limit or events.rank[right] == rank):
        if _counts(events, right, only):
            count_in(kinds, events.steps[right], 1)
        right += 1
    while events.rank[left] < rank:
        if _counts(events, left, only):
            count_in(kinds, events.steps[left], -1)
        left += 1
    return left, right


@compiled
def _counts(events: Events, event: int, only: int) -> bool:
    return bool(events.steps[event] != 0 and agrees(events.hold, event, only))


@compiled
def _size(events: Events, entry: int, rules: Rules, kinds: Kinds) -> int:
    """Return how many steps the counted events can be."""
    if events.limit[entry] == events.rank[entry]:
        return 1  # ended at once
    release(kinds)
    size = 0
    for step in range(len(rules.wanted)):
        size += can_add(kinds, step, rules.wanted)
    return size


@compiled
def _find_times(
    events: Events,
    begin: int,
    entry: tuple[int, int],
    rules: Rules,
    found: tuple[Kinds, Reached],
) -> None:
    """Write which event completes each number of steps that this entry is the last for.

    An event more adds at most one step to a largest matching.
    """
    kinds, row = found
    latest, only = entry
    event = latest
    while event > begin and events.rank[event - 1] == events.rank[latest]:
        event -= 1
    kinds.number[0] = 0
    release(kinds)
    size = 0
    while size < len(rules.wanted) and row.entry[size] >= 0:
        if events.rank[row.entry[size]] < events.rank[latest]:
            return
        if _counts(events, event, only):
            count_in(kinds, events.steps[event], 1)
            if _adds_step(rules, kinds):
                if row.first[size] < 0:
                    row.first[size] = event
                    row.last[size] = event
                size += 1
        event += 1


@compiled
def _adds_step(rules: Rules, kinds: Kinds) -> bool:
    for step in range(len(rules.wanted)):
        if kinds.holder[step] < 0 and can_add(kinds, step, rules.wanted):
            return True
    return False
