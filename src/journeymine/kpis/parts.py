"""The events of a funnel cut into periods, and how far units come in each."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from journeymine.compiled import compiled
from journeymine.config_funnels import Funnel
from journeymine.config_values import microseconds
from journeymine.funnels.batch import make_batch, rows_of
from journeymine.funnels.outcomes import mature_depths, window_start
from journeymine.funnels.types import Flags, Integers, Log


class Periods(NamedTuple):
    """Periods that do not overlap, in order: numbers, first moments, those after."""

    codes: Integers
    starts: Integers
    ends: Integers


class Parts(NamedTuple):
    """The entries of a unit in one period: the unit, the first, the last, the period.

    Units and entries by their position, periods by their number.
    """

    unit: Integers
    first: Integers
    last: Integers
    period_code: Integers


def entries(
    log: Log, codes: Integers, funnel: Funnel, kinds: list[Periods], as_of_us: int
) -> pa.Table:
    """Return how far each unit comes from its entries of each period.

    `codes` has the code of each unit of the log; periods of different `kinds` may
    overlap.
    """
    opened = np.flatnonzero(_openings(log, funnel))
    found = [parted(log, opened, periods) for periods in kinds]
    parts = Parts(*map(np.concatenate, zip(*found, strict=True)))
    # Most entries of a week are all those of its month: these are looked at once.
    pairs = parts.first * (len(log.us) + 1) + parts.last
    _, some, own = np.unique(pairs, return_index=True, return_inverse=True)
    different = cut(log, funnel, Parts(*(column[some] for column in parts)))
    batch = make_batch(different, funnel)
    rows, _ = rows_of(batch)
    main = batch.depths(rows)
    mature = mature_depths(batch, rows, main, window_start(batch, as_of_us))
    return pa.table(
        {
            "period_code": parts.period_code,
            "unit_code": codes[parts.unit],
            "depth": main.depth[own].astype(np.int32),
            "depth_mature": mature.depth[own].astype(np.int32),
        }
    )


def parted(log: Log, opened: Integers, periods: Periods) -> Parts:
    """Return the parts of periods of one kind; `opened` has the entries."""
    period = np.searchsorted(periods.starts, log.us[opened], side="right") - 1
    is_in = (period >= 0) & (log.us[opened] < periods.ends[period])
    event, period = opened[is_in], period[is_in]
    unit = np.searchsorted(log.units, event, side="right") - 1
    is_new = (unit[1:] != unit[:-1]) | (period[1:] != period[:-1])
    is_first = np.append(True, is_new)[: len(event)]
    is_last = np.append(is_new, True)[: len(event)]
    return Parts(
        unit[is_first], event[is_first], event[is_last], periods.codes[period[is_first]]
    )


def cut(log: Log, funnel: Funnel, parts: Parts) -> Log:
    """Return a log whose units are parts.

    Each begins with the moment of its first entry, and ends with the window of its
    last; what happens after this is no entry.
    """
    until = log.us[parts.last] + microseconds(funnel.window)
    units = (log.units[parts.unit], log.units[parts.unit + 1])
    first, last = _bounds(log.us, parts.first, units, until)
    length = last - first
    begins = np.append(0, np.cumsum(length))
    taken = np.repeat(first - begins[:-1], length) + np.arange(begins[-1])
    columns = log._replace(units=taken)._asdict()
    own = {name: column[taken] for name, column in columns.items() if name != "units"}
    own["can_enter"] = own["can_enter"] & (taken <= np.repeat(parts.last, length))
    return Log(units=begins, **own)


def _openings(log: Log, funnel: Funnel) -> Flags:
    if funnel.mode == "unordered":
        return np.asarray(log.can_enter & (log.steps != 0))
    return np.asarray(log.can_enter & (log.steps & 1 == 1))


@compiled
def _bounds(
    us: Integers, entry: Integers, unit: tuple[Integers, Integers], until: Integers
) -> tuple[Integers, Integers]:
    """Return the first event at the moment of each entry, and the first after a time.

    What ties with the entry may be a step though it stands before it.
    """
    first, last = entry.copy(), entry.copy()
    for part in range(len(entry)):
        while first[part] > unit[0][part] and us[first[part] - 1] == us[entry[part]]:
            first[part] -= 1
        while last[part] < unit[1][part] and us[last[part]] <= until[part]:
            last[part] += 1
    return first, last
