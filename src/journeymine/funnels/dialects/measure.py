"""One row per unit of a funnel, as the system of its dialect counts it."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeymine.config_funnels import Funnel
from journeymine.config_values import microseconds
from journeymine.funnels.batch import Batch, make_batch
from journeymine.funnels.dialects.clickhouse import follow_windows
from journeymine.funnels.dialects.mixpanel import follow_users
from journeymine.funnels.dialects.posthog import follow_persons
from journeymine.funnels.dialects.posthog_unordered import gather_persons
from journeymine.funnels.dialects.types import ENTRIES, Found, Rules, Seen
from journeymine.funnels.log import Selection
from journeymine.funnels.outcomes import window_start
from journeymine.funnels.search import Depths
from journeymine.funnels.types import Flags, Integers, Log, Reached
from journeymine.funnels.units import (
    attempt_index,
    depth_columns,
    moment_columns,
    step_times,
)


def measure_dialect(
    log: Log, codes: Integers, selection: Selection, funnel: Funnel, as_of_us: int
) -> pa.Table:
    """Return the columns of `py_funnel_units`, but the name and the bounds of ties.

    Parameters
    ----------
    codes
        Code of each unit of the log.
    as_of_us
        The watermark, in microseconds since 1970.
    """
    batch = make_batch(_seen(log, selection, funnel), funnel)
    found = _search(batch, batch.opens)
    main = _depths(found)
    mature = _mature_depths(batch, found, main, window_start(batch, as_of_us))
    first, last = _entries(batch, found)
    ends_now = np.where(
        found.chain[:, 0] == last, found.ender, batch.main.bounds.ender[last]
    )
    columns = {
        "unit_code": codes[found.unit],
        "attempt_index": attempt_index(funnel, found.unit),
        **depth_columns("", main),
        **depth_columns("_mature", mature),
        "is_excluded": (found.ender >= 0) & (main.depth < len(funnel.steps)),
        **moment_columns(batch, (first, last, ends_now), main),
        "step_us": step_times(batch, main),
    }
    return pa.table(columns)


def _seen(log: Log, selection: Selection, funnel: Funnel) -> Log:
    """Return what the system sees: it knows of no actor, so that any event may enter.

    A range bounds all events, but in Mixpanel the entry only.
    """
    in_range: Flags = (log.us >= selection.from_us) & (log.us < selection.until_us)
    if funnel.dialect == "mixpanel":
        return log._replace(can_enter=in_range)
    begins = np.append(0, np.cumsum(in_range))[log.units]
    kept = Log._make((begins, *(column[in_range] for column in log[1:])))
    return kept._replace(can_enter=np.ones(len(kept.us), np.bool_))


def _search(batch: Batch, opens: Flags) -> Found:
    """Return the rows that are in the funnel, from these entries."""
    funnel, log = batch.funnel, batch.log
    seen = Seen(log.units, log.us, log.steps, opens, log.ends, log.hold)
    rules = _rules(funnel)
    units = len(log.units) - 1
    # An attempt more is written, and then perhaps given up for the one before.
    most = int(np.count_nonzero(opens)) if funnel.entry == "attempts" else units + 1
    found = Found(
        np.arange(most),
        np.full((most, rules.steps), -1, np.int64),
        np.full(most, -1, np.int64),
    )
    if funnel.dialect == "mixpanel":
        follow_users(seen, rules, found)
    elif funnel.dialect == "clickhouse":
        follow_windows(seen, rules, found)
    elif funnel.mode == "unordered":
        gather_persons(seen, rules, found)
    else:
        follow_persons(seen, rules, found)
    is_in = found.chain[:, 0] >= 0
    return Found(*(column[is_in] for column in found))


def _rules(funnel: Funnel) -> Rules:
    return Rules(
        len(funnel.steps),
        microseconds(funnel.window),
        funnel.mode == "direct",
        funnel.mode == "unordered",
        funnel.ties == "strict",
        "strict_deduplication" in funnel.dialect_modes,
        "allow_reentry" in funnel.dialect_modes,
        ENTRIES[funnel.entry],
    )


def _depths(found: Found) -> Depths:
    depth = np.count_nonzero(found.chain >= 0, axis=1)
    entry = np.where(found.chain >= 0, found.chain[:, :1], -1)
    reached = Reached(entry, found.chain, found.chain)
    return Depths(depth, np.zeros_like(depth), reached)


def _mature_depths(batch: Batch, found: Found, main: Depths, before_us: int) -> Depths:
    """Return how far the rows come from entries until a time; 0 without one."""
    is_mature = batch.log.us <= before_us
    if batch.funnel.entry == "attempts" or is_mature[batch.opens].all():
        depth = np.where(is_mature[found.chain[:, 0]], main.depth, 0)
    else:
        some = _search(batch, batch.opens & is_mature)
        by_unit = np.zeros(len(batch.log.units), np.int64)
        by_unit[some.unit] = np.count_nonzero(some.chain >= 0, axis=1)
        depth = by_unit[found.unit]
    return Depths(depth, np.zeros_like(depth), main.reached)


def _entries(batch: Batch, found: Found) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and the last entry of each row, by position."""
    if batch.funnel.entry == "attempts":
        return found.chain[:, 0], found.chain[:, 0]
    opens = np.flatnonzero(batch.opens)
    first = opens[np.searchsorted(opens, batch.log.units[found.unit])]
    last = opens[np.searchsorted(opens, batch.log.units[found.unit + 1]) - 1]
    return first, last
