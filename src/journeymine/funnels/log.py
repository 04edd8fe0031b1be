"""The events of a funnel, as arrays of whole units: a bounded number at a time."""

from collections.abc import Iterator
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa

from journeymine.errors import ModelError
from journeymine.funnels.types import Integers, Log

BATCH = 500_000
"""Events in memory at a time, and besides them those of one unit."""

LAST = 2**63 - 1

COLUMNS = (
    *("event_number", "occurred_us", "source_order", "steps"),
    *("can_enter", "ends_attempt", "drops_unit", "is_exit"),
)
"""Columns that are fields of `Log` as they are, in their order."""


def read_units(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, pa.Table]]:
    """Yield number of the funnel, and sorted events of whole units of it.

    Raises
    ------
    ModelError
        If the database does not hand them over sorted.
    """
    reader = con.sql(
        f"""
        select funnel_index, unit_code, event_number, occurred_us,
            coalesce(source_order, {LAST}) as source_order, steps, can_enter,
            ends_attempt, drops_unit, is_exit, hold_code
        from int_funnel_events
        order by funnel_index, unit_code, occurred_us, source_order nulls last,
            event_number
        """
    ).to_arrow_reader(BATCH)
    rest = reader.schema.empty_table()
    for part in reader:
        rest = pa.concat_tables([rest, pa.Table.from_batches([part])])
        begins = unit_begins(rest)
        if len(begins):
            yield from _by_funnel(rest.slice(0, begins[-1]))
            rest = rest.slice(begins[-1])
    yield from _by_funnel(rest)


def unit_begins(events: pa.Table) -> Integers:
    """Return where a unit begins, but the first."""
    funnel, unit = _column(events, "funnel_index"), _column(events, "unit_code")
    return np.flatnonzero((np.diff(funnel) != 0) | (np.diff(unit) != 0)) + 1


def _by_funnel(events: pa.Table) -> Iterator[tuple[int, pa.Table]]:
    check_order(events)
    funnel = _column(events, "funnel_index")
    begins = [0, *(np.flatnonzero(np.diff(funnel)) + 1), len(funnel)]
    for begin, end in pairwise(begins):
        if begin < end:
            yield int(funnel[begin]), events.slice(begin, end - begin)


def log_of(events: pa.Table, has_hold: bool) -> tuple[Log, Integers]:
    """Return the events as arrays, and the code of each unit."""
    unit = _column(events, "unit_code")
    begins = np.append(0, unit_begins(events))
    hold = np.zeros(len(unit), np.int64)
    if has_hold:
        # Null equals nothing, itself included.
        codes = events["hold_code"]
        alone = -1 - np.arange(len(unit))
        is_null = codes.is_null().to_numpy()
        hold = np.where(is_null, alone, codes.fill_null(0).to_numpy())
    # Copies: numba would compile once more for arrays that it must not write.
    columns = [np.array(events[name].to_numpy()) for name in COLUMNS]
    log = Log._make([np.append(begins, len(unit)), *columns, hold])
    return log, unit[begins]


def _column(events: pa.Table, name: str) -> Integers:
    return np.asarray(events[name].to_numpy())


def check_order(events: pa.Table) -> None:
    """Raise unless events are sorted: a database may lose it without a word."""
    is_after = np.zeros(max(events.num_rows - 1, 0), np.bool_)
    for name in ("funnel_index", "unit_code", "occurred_us", "source_order"):
        step = np.diff(_column(events, name))
        if (~is_after & (step < 0)).any():
            message = "int_funnel_events: rows are not in order of unit and time"
            raise ModelError(message)
        is_after |= step > 0
