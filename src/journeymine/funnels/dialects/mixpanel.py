"""Mixpanel's funnels, as its documentation has them.

An entry opens an attempt, which takes the first event of each further step within the
window. An event up to two seconds before the step before it, or an exclusion as long
before the entry, counts as after it. Without an order the entry is the first event of
any step, and each event after it takes the first step that is still open.
"""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.dialects.types import (
    ANY,
    ATTEMPTS,
    Found,
    Rules,
    Seen,
    clear_row,
    copy_row,
    events_in_row,
    is_in_row,
)
from journeymine.funnels.types import Integers

GRACE = 2_000_000  # microseconds


@compiled
def follow_users(log: Seen, rules: Rules, found: Found) -> None:
    """Fill `found` with a row per unit, or attempt, of those that enter."""
    row = np.int64(0)  # with a plain 0, all below is compiled twice
    for unit in range(len(log.units) - 1):
        span = (log.units[unit], log.units[unit + 1])
        following = _following(log, span, rules)
        begin = span[0]
        entry = _entry(log, begin, span[1])
        opened = row
        while entry < span[1]:
            found.unit[row] = unit
            _follow(log, (begin, span[0], entry), rules, following, (found, row))
            row += 1
            if rules.entry == ATTEMPTS:
                begin = _closed(log, (entry, span[1]), rules, (found, row - 1))
                entry = _entry(log, begin, span[1])
            elif rules.entry == ANY:
                _keep_better(found, opened, row - 1)
                row = opened + 1
                entry = _entry(log, entry + 1, span[1])
            else:
                break


@compiled
def _following(log: Seen, span: tuple[int, int], rules: Rules) -> Integers:
    """Return, per event, the next one for each step, and last the next exclusion."""
    first, last = span
    following = np.full((last - first + 1, rules.steps + 1), last, np.int64)
    for event in range(last - 1, first - 1, -1):
        place = event - first
        copy_row(following, place + 1, following, place)
        for step in range(rules.steps):
            if log.steps[event] & (1 << step):
                following[place, step] = event
        if log.ends[event]:
            following[place, rules.steps] = event
    return following


@compiled
def _entry(log: Seen, begin: int, last: int) -> int:
    for event in range(begin, last):
        if log.can_enter[event]:
            return event
    return last


@compiled
def _follow(
    log: Seen,
    at: tuple[int, int, int],
    rules: Rules,
    following: Integers,
    to: tuple[Found, int],
) -> None:
    """Write the events of an attempt, and the exclusion that ended it.

    It looks at events from the first of `at` on; the unit begins with the second, and
    the third is the entry.
    """
    begin, first, entry = at
    found, row = to
    clear_row(found.chain, row)
    limit = log.us[entry] + rules.window_us
    ender = following[_within_grace(log, begin, entry) - first, rules.steps]
    is_ended = ender < first + len(following) - 1 and log.us[ender] <= limit
    if is_ended:
        limit = log.us[ender]
    if rules.is_unordered:
        _take_any(log, (entry, first + len(following) - 1), limit, found.chain, row)
    else:
        _take_in_order(log, at, limit, following, (found.chain, row))
    is_done = found.chain[row, rules.steps - 1] >= 0
    found.ender[row] = ender if is_ended and not is_done else -1


@compiled
def _within_grace(log: Seen, begin: int, event: int) -> int:
    """Return the first event that counts as no earlier than this one."""
    early = event
    while early > begin and log.us[early - 1] >= log.us[event] - GRACE:
        early -= 1
    return early


@compiled
def _take_in_order(
    log: Seen,
    at: tuple[int, int, int],
    limit: int,
    following: Integers,
    to: tuple[Integers, int],
) -> None:
    begin, first, entry = at
    chain, row = to
    last = first + len(following) - 1
    chain[row, 0] = entry
    for step in range(1, chain.shape[1]):
        early = _within_grace(log, begin, chain[row, step - 1])
        event = following[early - first, step]
        while event < last and (
            log.hold[event] != log.hold[entry] or is_in_row(chain, row, event)
        ):
            event = following[event + 1 - first, step]
        if event == last or log.us[event] > limit:
            return
        chain[row, step] = event


@compiled
def _take_any(
    log: Seen, span: tuple[int, int], limit: int, chain: Integers, row: int
) -> None:
    entry, last = span
    left = (1 << chain.shape[1]) - 1
    size = 0
    for event in range(entry, last):
        if left == 0 or (event > entry and log.us[event] > limit):
            return
        bits = log.steps[event] & left
        if bits and log.hold[event] == log.hold[entry]:
            left -= bits & -bits  # its first step that is open
            chain[row, size] = event
            size += 1


@compiled
def _closed(
    log: Seen, span: tuple[int, int], rules: Rules, attempt: tuple[Found, int]
) -> int:
    """Return the first event after an attempt: its goal, exclusion or window."""
    entry, last = span
    found, row = attempt
    if found.ender[row] >= 0 or found.chain[row, rules.steps - 1] >= 0:
        return int(_latest(found, row)) + 1
    event = entry
    while event < last and log.us[event] <= log.us[entry] + rules.window_us:
        event += 1
    return event


@compiled
def _latest(found: Found, row: int) -> int:
    """Return the last event of an attempt, its exclusion too."""
    latest = found.ender[row]
    for step in range(events_in_row(found.chain, row)):
        latest = max(latest, found.chain[row, step])
    return int(latest)


@compiled
def _keep_better(found: Found, old: int, new: int) -> None:
    """Keep the deeper attempt, of equal ones the later, or what no exclusion ended.

    Of conversions the first one counts, from its last entry.
    """
    if new == old:
        return
    depth = events_in_row(found.chain, new)
    before = events_in_row(found.chain, old)
    is_better = depth > before
    if depth == before == found.chain.shape[1]:
        is_better = _latest(found, new) == _latest(found, old)
    elif depth == before:
        is_better = found.ender[new] < 0 or found.ender[old] >= 0
    if is_better:
        copy_row(found.chain, new, found.chain, old)
        found.ender[old] = found.ender[new]
    clear_row(found.chain, new)
