"""Search the events of many units for the steps of a funnel."""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.chains import follow_chains, search_chains
from journeymine.funnels.sets import gather_sets, search_sets
from journeymine.funnels.types import (
    UNORDERED,
    Bounds,
    Events,
    Integers,
    Reached,
    Rules,
    Spans,
)


def search(events: Events, spans: Spans, rules: Rules) -> Reached:
    """Return what each span reaches.

    Which loops are run is chosen here, so that those of the other mode need not be
    compiled.
    """
    reached = _nothing(len(spans.first), len(rules.wanted))
    loops = search_sets if rules.mode == UNORDERED else search_chains
    loops(events, spans, rules, reached)
    return reached


@compiled
def open_attempts(
    events: Events, bounds: Bounds, units: Integers, rules: Rules, ways: Integers
) -> Spans:
    """Return the attempts of the units: an entry opens one if none is open.

    It closes with its conversion, its exclusion, or its window; events of the same
    moment still belong to it. `rules` has the steps of all ways through the funnel,
    `ways` where each begins, and the number of all.
    """
    most = np.count_nonzero(events.can_enter)
    spans = Spans(
        np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64)
    )
    opened = 0
    for unit in range(len(units) - 1):
        first, last = units[unit], units[unit + 1]
        begin = first
        while begin < last:
            event = _entry(events, begin, last)
            if event < 0:
                break
            while begin < event and events.rank[begin] < events.rank[event]:
                begin += 1
            spans.first[opened], spans.only[opened] = begin, event
            span = (begin, last, event)
            closing = _closing(events, bounds, span, rules, ways)
            while begin < last and events.rank[begin] <= closing:
                begin += 1
            spans.last[opened] = begin
            opened += 1
    return Spans(spans.first[:opened], spans.last[:opened], spans.only[:opened])


@compiled
def _entry(events: Events, begin: int, last: int) -> int:
    for event in range(begin, last):
        if events.can_enter[event]:
            return event
    return -1


@compiled
def _closing(
    events: Events,
    bounds: Bounds,
    span: tuple[int, int, int],
    rules: Rules,
    ways: Integers,
) -> int:
    """Return the rank of the moment at which an attempt closes."""
    ender, entry = bounds.ender[span[2]], span[2]
    closing = events.rank[ender] if ender >= 0 else events.limit[entry] - 1
    for way in range(len(ways) - 1):
        steps = slice(ways[way], ways[way + 1])
        wanted, gaps = rules.wanted[steps], rules.gaps[steps]
        one = Rules(wanted, gaps, rules.mode, rules.is_free, rules.kinds)
        row = Reached(
            np.full(len(wanted), -1, np.int64),
            np.full(len(wanted), -1, np.int64),
            np.full(len(wanted), -1, np.int64),
        )
        _search(events, span, one, row)
        if row.first[-1] >= 0:
            closing = min(closing, events.rank[row.first[-1]])
    return int(closing)


@compiled
def _search(
    events: Events, span: tuple[int, int, int], rules: Rules, row: Reached
) -> None:
    if rules.mode == UNORDERED:
        gather_sets(events, span, rules, row)
    else:
        follow_chains(events, span, rules, row)


def _nothing(spans: int, steps: int) -> Reached:
    return Reached(*(np.full((spans, steps), -1, np.int64) for _ in Reached._fields))
