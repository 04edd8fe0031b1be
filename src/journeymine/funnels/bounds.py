"""How far the attempt of each possible entry of a funnel may go: one pass."""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.types import Bounds, Log


@compiled
def find_bounds(log: Log, window_us: int, by_order: bool, is_closed: bool) -> Bounds:
    """Return the bounds of each event.

    Parameters
    ----------
    by_order
        Whether events of one time stand in the source's order.
    is_closed
        Whether an exclusion of the entry's own moment ends the attempt, and one of the
        chain's last moment too.
    """
    events = len(log.us)
    bounds = Bounds(
        np.empty(events, np.int64),
        np.empty(events, np.int64),
        np.empty(events, np.int64),
        np.empty(events, np.int64),
        np.empty(events, np.bool_),
        np.empty(events, np.int64),
    )
    _rank(log, bounds, by_order)
    for unit in range(len(log.units) - 1):
        span = (log.units[unit], log.units[unit + 1])
        _limit(log, bounds, span, window_us, is_closed)
    return bounds


@compiled
def _rank(log: Log, bounds: Bounds, by_order: bool) -> None:
    us, order, ranks = log.us, log.order, bounds.rank
    for unit in range(len(log.units) - 1):
        rank = 0
        for event in range(log.units[unit], log.units[unit + 1]):
            if event > log.units[unit] and (
                us[event] != us[event - 1]
                or (by_order and order[event] != order[event - 1])
            ):
                rank += 1
            ranks[event] = rank


@compiled
def _limit(  # noqa: C901, PLR0915 - a call per moment would cost more than what it does
    log: Log, bounds: Bounds, span: tuple[int, int], window_us: int, is_closed: bool
) -> None:
    """Go back through a unit's moments, and keep what comes next after each."""
    us, rank = log.us, bounds.rank
    first, last = span
    ender, leaver, exit_, beyond, end = -1, False, -1, last, last
    while end > first:
        begin = end - 1
        ends, drops, exits = log.ends[begin], log.drops[begin], log.exits[begin]
        while begin > first and rank[begin - 1] == rank[end - 1]:
            begin -= 1
            ends |= log.ends[begin]
            drops |= log.drops[begin]
            exits |= log.exits[begin]
        while us[beyond - 1] - us[begin] > window_us:
            beyond -= 1
        if is_closed and ends:
            ender, leaver = begin, drops
        limit = rank[beyond] if beyond < last else rank[last - 1] + 1
        is_ended = ender >= 0 and us[ender] - us[begin] <= window_us
        if is_ended:
            limit = min(limit, rank[ender] + (0 if is_closed else 1))
        has_exit = exit_ >= 0 and us[exit_] - us[begin] <= window_us
        for event in range(begin, end):
            bounds.size[event] = end - begin
            bounds.limit[event] = limit
            bounds.ender[event] = ender if is_ended else -1
            bounds.drops[event] = is_ended and leaver
            bounds.exit[event] = exit_ if has_exit else -1
        if ends:
            ender, leaver = begin, drops
        if exits:
            exit_ = begin
        end = begin
