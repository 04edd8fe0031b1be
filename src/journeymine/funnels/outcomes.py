"""What else is to be known of the units of a funnel, where it is not plain already.

Most units have no tied events, no exclusion, and no entry whose window has not ended:
the further searches are only for the others.
"""

import numpy as np

from journeymine.config_values import microseconds
from journeymine.funnels.batch import Batch
from journeymine.funnels.search import Depths, Rows
from journeymine.funnels.types import Flags, Integers, Spans
from journeymine.funnels.ways import count_ties


def depths_of_ties(batch: Batch, ties: str, rows: Rows, main: Depths) -> Depths:
    """Return how far the rows come if ties are counted another way."""
    if ties == batch.funnel.ties:
        return main
    us, units = batch.log.us, batch.log.units
    tied = np.flatnonzero(us[1:] == us[:-1]) + 1
    tied = tied[~np.isin(tied, units)]
    first, last = rows.spans.first, rows.spans.last
    if rows.order is not None:
        # Exclusions are in no span: what ties with them is known of the unit only.
        unit = batch.unit_of(rows.order[first])
        first, last = units[unit], units[unit + 1] - 1
    is_tied = np.zeros(rows.number, np.bool_)
    # What ties with the last event of an attempt counts, though it stands outside.
    ties_until = np.searchsorted(tied, last, side="right")
    is_tied[rows.row] |= ties_until > np.searchsorted(tied, first)
    if not is_tied.any():
        return main
    counting = count_ties(batch.log, batch.funnel, ties)
    return _instead(main, batch.depths(rows.only(is_tied), None, counting), is_tied)


def mature_depths(batch: Batch, rows: Rows, main: Depths, before_us: int) -> Depths:
    """Return how far the rows come from entries until a time; 0 without one."""
    is_mature = batch.log.us <= before_us
    first, last = entries_of(batch, rows)
    none = Depths(np.zeros_like(main.depth), np.zeros_like(main.held), main.reached)
    found = _instead(main, none, ~is_mature[first])
    some = is_mature[first] & ~is_mature[last]
    if not some.any():
        return found
    part = batch.depths(rows.only(some), batch.opens & is_mature)
    return _instead(found, part, some)


def excluded_rows(batch: Batch, rows: Rows, main: Depths) -> Flags:
    """Whether an exclusion ended every attempt that came as far as its row did."""
    bounds = batch.main.bounds
    entry = main.reached.entry[np.arange(rows.number), main.depth - 1]
    is_open = main.depth < len(batch.funnel.steps)
    is_ended: Flags = is_open & (bounds.ender[entry] >= 0)
    if batch.funnel.entry != "any" or not is_ended.any():
        return is_ended
    others = batch.depths(rows.only(is_ended), batch.opens & (bounds.ender < 0))
    return is_ended & (others.depth < main.depth)


def leaving_rows(batch: Batch, rows: Rows, unit: Integers, main: Depths) -> Flags:
    """Whether an exclusion takes a row out: it ends an attempt that has not converted.

    Of attempts that the same exclusion ends, the last one converts last, so it tells
    of all; unless steps have time limits, or no event may stand between.
    """
    bounds, steps = batch.main.bounds, len(batch.funnel.steps)
    if batch.funnel.entry != "any":
        entry = main.reached.entry[:, 0]
        leaves: Flags = bounds.drops[entry] & (main.depth < steps)
        return leaves
    event = np.flatnonzero(batch.opens & bounds.drops)
    gapped = any(step.within for step in batch.funnel.steps)
    if batch.funnel.mode != "direct" and not gapped:
        event = _last_ones(batch, event)
    own = batch.unit_of(event)
    first = batch.log.units[own]
    single = Rows(
        Spans(first, batch.log.units[own + 1], event), np.arange(len(event)), len(event)
    )
    failed = batch.depths(single).depth < steps
    return np.isin(unit, own[failed])


def entries_of(batch: Batch, rows: Rows) -> tuple[Integers, Integers]:
    """Return the first and the last entry of each row, by position."""
    if batch.funnel.entry == "attempts":
        return rows.spans.only, rows.spans.only
    event = np.flatnonzero(batch.opens)
    unit = batch.unit_of(event)
    is_first = np.append(True, unit[1:] != unit[:-1])[: len(event)]
    is_last = np.append(unit[1:] != unit[:-1], True)[: len(event)]
    return event[is_first], event[is_last]


def window_start(batch: Batch, as_of_us: int) -> int:
    """Return the last time of an entry whose window has ended."""
    return as_of_us - microseconds(batch.funnel.window)


def _instead(depths: Depths, others: Depths, rows: Flags) -> Depths:
    return Depths(
        np.where(rows, others.depth, depths.depth),
        np.where(rows, others.held, depths.held),
        depths.reached,
    )


def _last_ones(batch: Batch, event: Integers) -> Integers:
    """Return the entries of the last moment before each exclusion, per value held."""
    bounds, hold = batch.main.bounds, batch.log.hold[event]
    unit, limit, rank = batch.unit_of(event), bounds.limit[event], bounds.rank[event]
    order = np.lexsort((rank, limit, hold, unit))
    groups = np.stack([unit, hold, limit], axis=1)[order]
    is_last = np.append((groups[1:] != groups[:-1]).any(axis=1), True)[: len(event)]
    place = np.cumsum(is_last) - is_last
    latest = rank[order][is_last]
    last_ones: Integers = event[order][rank[order] == latest[place]]
    return last_ones
