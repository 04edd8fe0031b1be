"""How far units come in a funnel, whatever optional steps they take."""

from dataclasses import dataclass

import numpy as np

from journeymine.config_funnels import Funnel
from journeymine.funnels.spans import search
from journeymine.funnels.types import Events, Flags, Integers, Log, Reached, Spans
from journeymine.funnels.ways import (
    Counting,
    required_steps,
    rules_on,
    steps_on,
    ways,
)


@dataclass(frozen=True)
class Rows:
    """What is searched for each row of the result.

    Attributes
    ----------
    spans
        Events by position, in the order of `order` if there is one.
    row
        Row of each span, ascending.
    number
        Number of rows.
    order
        Positions of the events, those together that may chain; None as they stand.
    """

    spans: Spans
    row: Integers
    number: int
    order: Integers | None = None

    def only(self, rows: Flags) -> "Rows":
        """Return the spans of some rows; the rows keep their numbers."""
        wanted = rows[self.row]
        spans = Spans(*(column[wanted] for column in self.spans))
        return Rows(spans, self.row[wanted], self.number, self.order)


@dataclass(frozen=True)
class Depths:
    """How far each row came: its last required step, from 1; 0 without an entry.

    `held` has a bit per optional step of the chain that decides. In `reached`, the
    columns of optional steps mean nothing.
    """

    depth: Integers
    held: Integers
    reached: Reached


def events_of(log: Log, counting: Counting, opens: Flags) -> Events:
    """Return the columns that chains are made of; `opens` says what may be an entry."""
    bounds = counting.bounds
    columns = (log.us, log.steps, opens, log.hold)
    return Events(*columns, bounds.rank, bounds.size, bounds.limit)


def find_depths(
    events: Events, rows: Rows, funnel: Funnel, is_free: bool, kinds: int
) -> Depths:
    """Return how far the rows come.

    Each way through the funnel, with some optional steps and without the others, is a
    funnel of its own; a row comes as far as on its best way.
    """
    rank = events.rank
    if rows.order is not None:
        events = Events._make(column[rows.order] for column in events)
    found = _nothing(rows.number, len(funnel.steps))
    for way in ways(funnel):
        rules = rules_on(funnel, way, is_free, kinds)
        reached = _per_row(search(events, rows.spans, rules), rows, rank)
        _merge(found, steps_on(funnel, way), reached, rank)
    required = required_steps(funnel)
    came = np.count_nonzero(found.entry[:, required] >= 0, axis=1)
    depth = np.array([0, *(step + 1 for step in required)])[came]
    held = np.zeros(rows.number, np.int64)
    for way in reversed(ways(funnel)) if funnel.optional else ():
        # The best way comes last, and overwrites the others.
        rules = rules_on(funnel, way, is_free, kinds)
        reached = _per_row(search(events, rows.spans, rules), rows, rank)
        holds = _decides(way, steps_on(funnel, way), reached, (depth, found), rank)
        held[holds] = sum(1 << step for step in way)
    return Depths(depth, held, found)


def _nothing(rows: int, steps: int) -> Reached:
    return Reached(*(np.full((rows, steps), -1, np.int64) for _ in Reached._fields))


def _per_row(reached: Reached, rows: Rows, rank: Integers) -> Reached:
    """Return what the spans of each row reach together."""
    found = _nothing(rows.number, reached.entry.shape[1])
    if rows.order is None:
        for column, values in zip(found, reached, strict=True):
            column[rows.row] = values
        return found
    for step in range(reached.entry.shape[1]):
        spans = np.flatnonzero(reached.entry[:, step] >= 0)
        entry, first, last = (rows.order[column[spans, step]] for column in reached)
        row = rows.row[spans]
        best = np.lexsort((-first, rank[entry], row))
        best = best[np.append(np.diff(row[best]) > 0, True)[: len(best)]]
        found.entry[row[best], step] = entry[best]
        found.first[row[best], step] = first[best]
        same = rank[entry] == rank[found.entry[row, step]]
        np.maximum.at(found.last[:, step], row[same], last[same])
    return found


def _merge(found: Reached, steps: Integers, more: Reached, rank: Integers) -> None:
    """Keep, per row and step, the latest entry, and its first and last event."""
    for column, step in enumerate(steps):
        entry, first, last = (values[:, column] for values in more)
        old = found.entry[:, step].copy()
        is_new = (entry >= 0) & ((old < 0) | (rank[entry] > rank[old]))
        is_same = (entry >= 0) & (old >= 0) & (rank[entry] == rank[old])
        found.entry[is_new, step] = entry[is_new]
        found.first[is_new, step] = first[is_new]
        found.last[is_new, step] = last[is_new]
        found.first[is_same, step] = np.minimum(first, found.first[:, step])[is_same]
        found.last[is_same, step] = np.maximum(last, found.last[:, step])[is_same]


def _decides(
    way: tuple[int, ...],
    steps: Integers,
    reached: Reached,
    found: tuple[Integers, Reached],
    rank: Integers,
) -> Flags:
    """Whether a way has the latest entry to each row's depth, and all its own steps.

    An optional step right after the last required one may be held too.
    """
    depth, best = found
    rows = np.arange(len(depth))
    top = np.where(np.isin(depth, way), depth, depth - 1)
    column = np.searchsorted(steps, top).clip(max=len(steps) - 1)
    entry, latest = reached.entry[rows, column], best.entry[rows, depth - 1]
    is_short = max(way, default=0) <= depth
    decides: Flags = (depth > 0) & is_short & (entry >= 0)
    decides &= rank[entry] == rank[latest]
    return decides
