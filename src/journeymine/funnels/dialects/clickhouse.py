"""ClickHouse's windowFunnel, as its documentation and version 26.9 have it.

Times are whole seconds, as a DateTime has. Events of one second come in the order of
the steps, so one event that suits two steps counts as both. A later entry replaces an
earlier one, and a level that was reached is never lost.
"""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.dialects.types import Found, Rules, Seen, copy_row
from journeymine.funnels.types import Integers

SECOND = 1_000_000


@compiled
def follow_windows(log: Seen, rules: Rules, found: Found) -> None:
    """Fill `found`, which has a row per unit."""
    for unit in range(len(log.units) - 1):
        begin, last = log.units[unit], log.units[unit + 1]
        times = np.full((2, rules.steps), -1, np.int64)
        paths = np.full((rules.steps, rules.steps), -1, np.int64)
        going = True
        while going and begin < last:
            end = begin + 1
            while end < last and log.us[end] // SECOND == log.us[begin] // SECOND:
                end += 1
            going = _take_second(log, (begin, end), rules, times, paths)
            begin = end
        for level in range(rules.steps):
            if times[0, level] >= 0:
                copy_row(paths, level, found.chain, unit)


@compiled
def _take_second(
    log: Seen, second: tuple[int, int], rules: Rules, times: Integers, paths: Integers
) -> bool:
    """Take the events of a second, and return whether the search goes on."""
    begin, end = second
    if rules.is_direct and times[0, 0] >= 0:
        for event in range(begin, end):
            if log.steps[event] == 0:
                return False
    for step in range(rules.steps):
        for event in range(begin, end):
            if log.steps[event] & (1 << step) and not _take(
                log, event, (step, rules), times, paths
            ):
                return False
    return True


@compiled
def _take(
    log: Seen, event: int, place: tuple[int, Rules], times: Integers, paths: Integers
) -> bool:
    """Let an event be a step; `times` has per level that of its entry and its own."""
    step, rules = place
    second = log.us[event] // SECOND
    if step == 0:
        if log.can_enter[event]:
            times[0, 0] = times[1, 0] = second
            paths[0, 0] = event
        return True
    if rules.dedupes and times[0, step] >= 0:
        return False
    if times[0, step - 1] < 0:
        return bool(rules.reenters or not rules.is_direct or times[0, 0] < 0)
    in_window = second <= times[0, step - 1] + rules.window_us // SECOND
    if in_window and (not rules.is_strict or times[1, step - 1] < second):
        times[0, step] = times[0, step - 1]
        times[1, step] = second
        copy_row(paths, step - 1, paths, step)
        paths[step, step] = event
        return step + 1 < rules.steps
    return True
