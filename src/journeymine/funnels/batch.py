"""Some units of a funnel: their entries, and the events that each row looks at."""

from dataclasses import dataclass

import numpy as np

from journeymine.config_funnels import Funnel
from journeymine.funnels.search import Depths, Rows, events_of, find_depths
from journeymine.funnels.spans import open_attempts
from journeymine.funnels.types import Flags, Integers, Log, Rules, Spans
from journeymine.funnels.ways import Counting, count_ties, rules_on, ways


@dataclass(frozen=True)
class Batch:
    """Whole units: `opens` says which events may be an entry.

    `main` counts ties as the funnel says. `kinds` is more than there are different
    events, as to the steps that they can be.
    """

    log: Log
    funnel: Funnel
    main: Counting
    opens: Flags
    kinds: int

    def depths(
        self, rows: Rows, opens: Flags | None = None, counting: Counting | None = None
    ) -> Depths:
        """Return how far rows come: from some of the entries, or with other ties."""
        counting = counting or self.main
        opens = self.opens if opens is None else opens
        events = events_of(self.log, counting, opens)
        return find_depths(events, rows, self.funnel, counting.is_free, self.kinds)

    def unit_of(self, event: Integers) -> Integers:
        """Return the unit of events, by position."""
        return np.searchsorted(self.log.units, event, side="right") - 1


def make_batch(log: Log, funnel: Funnel) -> Batch:
    """Return the units of a log with their entries."""
    if funnel.mode == "unordered":
        opens = log.can_enter & (log.steps != 0)
    else:
        opens = log.can_enter & (log.steps & 1 == 1)
    if funnel.entry == "first":
        event = np.flatnonzero(opens)
        unit = np.searchsorted(log.units, event, side="right")
        opens[event[1:][unit[1:] == unit[:-1]]] = False
    main = count_ties(log, funnel, funnel.ties)
    return Batch(log, funnel, main, opens, 2 * len(np.unique(log.steps)) + 1)


def rows_of(batch: Batch) -> tuple[Rows, Integers]:
    """Return what is counted, and the unit of each row: units, or their attempts."""
    if batch.funnel.entry == "attempts":
        spans = _attempts(batch)
        number = len(spans.only)
        return Rows(spans, np.arange(number), number), batch.unit_of(spans.only)
    units = batch.log.units
    entered = np.unique(batch.unit_of(np.flatnonzero(batch.opens)))
    if batch.funnel.hold:
        return _held_rows(batch, entered), entered
    number = len(entered)
    spans = Spans(units[entered], units[entered + 1], np.full(number, -1))
    return Rows(spans, np.arange(number), number), entered


def _attempts(batch: Batch) -> Spans:
    rules = [
        rules_on(batch.funnel, way, batch.main.is_free, batch.kinds)
        for way in ways(batch.funnel)
    ]
    on_ways = Rules(
        np.concatenate([one.wanted for one in rules]),
        np.concatenate([one.gaps for one in rules]),
        *rules[0][2:],
    )
    begins = np.cumsum([0, *(len(one.wanted) for one in rules)])
    events = events_of(batch.log, batch.main, batch.opens)
    spans: Spans = open_attempts(
        events, batch.main.bounds, batch.log.units, on_ways, begins
    )
    return spans


def _held_rows(batch: Batch, entered: Integers) -> Rows:
    """Return one span per unit and value that is held constant."""
    log = batch.log
    event = np.flatnonzero(log.steps != 0)
    unit = batch.unit_of(event)
    order = np.lexsort((event, log.hold[event], unit))
    event, unit = event[order], unit[order]
    hold = log.hold[event]
    is_first = np.append(True, (unit[1:] != unit[:-1]) | (hold[1:] != hold[:-1]))
    first = np.flatnonzero(is_first[: len(event)])
    last = np.append(first[1:], len(event))
    opened = np.append(0, np.cumsum(batch.opens[event]))
    has_entry = opened[last] > opened[first]
    first, last = first[has_entry], last[has_entry]
    spans = Spans(first, last, np.full(len(first), -1))
    row = np.searchsorted(entered, unit[first])
    return Rows(spans, row, len(entered), event)
