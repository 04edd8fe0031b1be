"""Chains of events through the steps of a funnel: one pass over a unit's events.

At each moment, `entry` holds for each step the latest entry of a chain that has
reached it. A later entry serves the steps to come at least as well as an earlier one,
and the chain that reached the step last has the latest entry, also where a step has a
time limit of its own: so one chain per step is enough.
"""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.matching import no_kinds
from journeymine.funnels.moments import (
    agrees,
    go_on_directly,
    is_entry,
    match_moment,
    note_all,
)
from journeymine.funnels.types import DIRECT, Events, Integers, Reached, Rules, Spans


@compiled
def search_chains(events: Events, spans: Spans, rules: Rules, reached: Reached) -> None:
    """Fill `reached`, which has a row per span."""
    for place in range(len(spans.first)):
        span = (spans.first[place], spans.last[place], spans.only[place])
        follow_chains(events, span, rules, row_of(reached, place))


@compiled
def row_of(reached: Reached, place: int) -> Reached:
    """Return one row, to be written."""
    return Reached(reached.entry[place], reached.first[place], reached.last[place])


@compiled
def follow_chains(
    events: Events, span: tuple[int, int, int], rules: Rules, row: Reached
) -> None:
    """Fill `row` with what the span (first event, end, only entry) reaches."""
    steps = len(rules.wanted)
    kinds = no_kinds(rules.kinds, steps)
    since = np.zeros(steps, np.int64)
    going = np.full(steps, -1, np.int64)
    begin, last, only = span
    rank = -1
    while begin < last:
        if rules.mode != DIRECT:
            begin = _step_on(events, (begin, last, only), rules, since, row)
            if begin == last:
                return
        elif only >= 0 and events.rank[begin] >= events.rank[only] + steps:
            return
        end = begin + 1
        while end < last and events.rank[end] == events.rank[begin]:
            end += 1
        moment = (begin, end, only)
        if rules.mode == DIRECT:
            if events.rank[begin] != rank + 1:
                going[:] = -1
            rank = events.rank[begin]
            go_on_directly(events, moment, rules, (going, since, kinds), row)
        else:
            found, _ = match_moment(events, moment, rules, (row.entry, since, kinds))
            note_all(events, moment, rules, (found, since), row)
        begin = end


@compiled
def _step_on(  # noqa: C901 - a call per event would cost more than what it does
    events: Events,
    span: tuple[int, int, int],
    rules: Rules,
    since: Integers,
    row: Reached,
) -> int:
    """Follow chains that take one event of a moment, and return the end of the span.

    Or the first moment with several events, if those may chain in any order. In a
    moment later steps come first, so that they see what was before it.
    """
    us, steps, can_enter, hold, rank, _, limit = events
    wanted, gaps, _, is_free, _ = rules
    entries, firsts, lasts = row
    begin, last, only = span
    goal = len(rules.wanted) - 1
    while begin < last:
        end = begin + 1
        while end < last and rank[end] == rank[begin]:
            end += 1
        if is_free and end > begin + 1:
            return begin
        if only >= 0 and rank[begin] > rank[only]:
            has_converted = entries[goal] >= 0 and rank[begin] > rank[firsts[goal]]
            if has_converted or rank[begin] >= limit[only]:
                return last
        for step in range(goal, -1, -1):
            for event in range(begin, end):
                if steps[event] & wanted[step] == 0:
                    continue
                if step == 0:
                    if not is_entry(can_enter, event, only):
                        continue
                    entry = event
                else:
                    entry = entries[step - 1]
                    if (
                        entry < 0
                        or rank[event] >= limit[entry]
                        or us[event] - since[step - 1] > gaps[step]
                        or not agrees(hold, event, only)
                    ):
                        continue
                if entries[step] < 0 or rank[entry] > rank[entries[step]]:
                    entries[step] = entry
                    firsts[step] = event
                lasts[step] = event
                since[step] = us[event]
        begin = end
    return last
