"""States of journeys as arrays: what was known at a moment, and what came of it."""

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

OUTCOMES = ("converted", "exited", "abandoned", "in_progress")
"""What a journey is at the end of the horizon: the codes of `Prefixes.outcome`."""

NOTHING = 0
"""In the place of the next activity: none came within the horizon."""

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]

_ALL = """
select
    journey_code, customer_code, moment_us, until_us, path, later, stage_index,
    company_steps, switches, elapsed_us, silence_us, earlier, earlier_conversions,
    dense_rank() over (order by channel nulls first) - 1 as channel,
    coalesce(list_position($outcomes, outcome), 0) - 1 as outcome, conversion_us
from int_prefixes
order by moment_us, journey_code
"""
_COUNTS = (
    "stage_index",
    "company_steps",
    "switches",
    "earlier",
    "earlier_conversions",
    "channel",
)


@dataclass(frozen=True)
class Prefixes:
    """States of journeys, one per row, in order of their moments.

    Attributes
    ----------
    journey, customer, moment_us, until_us
        Whose state it is, of when, and up to when it is known what came.
    last, before
        Activity codes of the last step and of the one before; 0 if there is none.
    counts
        Shape (n_rows, n_activities + 1): how often each activity was seen so far.
    told
        Shape (n_rows, n_features): what else was known, as numbers.
    next
        Activity code of the next step, or `NOTHING`.
    outcome
        Position in `OUTCOMES`; -1 for journeys of today.
    conversion_us
        Time to the goal; nan if it was not reached.
    way
        Codes of all steps that are known, those of `later` included: one array per row.
    """

    journey: Integers
    customer: Integers
    moment_us: Integers
    until_us: Integers
    last: Integers
    before: Integers
    counts: NDArray[np.int32]
    told: Floats
    next: Integers
    outcome: Integers
    conversion_us: Floats
    way: NDArray[np.object_]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.journey)

    def where(self, chosen: NDArray[np.bool_] | Integers) -> Self:
        """Return some of the rows: by a mask, or by their positions."""
        return type(self)(
            **{one.name: getattr(self, one.name)[chosen] for one in fields(self)}
        )


def read_prefixes(con: duckdb.DuckDBPyConnection) -> Prefixes:
    """Return all states, those of today included."""
    table = con.sql(_ALL, params={"outcomes": list(OUTCOMES)}).to_arrow_table()
    activities = con.execute("select count(*) from int_activities").fetchall()[0][0]
    path, later = _lists(table, "path"), _lists(table, "later")
    return Prefixes(
        journey=_column(table, "journey_code"),
        customer=_column(table, "customer_code"),
        moment_us=_column(table, "moment_us"),
        until_us=_column(table, "until_us"),
        last=_at(path, -1),
        before=_at(path, -2),
        counts=_counts(path, activities + 1),
        told=_told(table, path),
        next=_at(later, 0),
        outcome=_column(table, "outcome"),
        conversion_us=table["conversion_us"].to_numpy().astype(np.float64),
        way=_joined(path, later),
    )


def _column(table: pa.Table, name: str) -> Integers:
    return np.asarray(table[name].to_numpy(), dtype=np.int64)


def _lists(table: pa.Table, name: str) -> list[Integers]:
    # Any: an Arrow list column has no static type of its own.
    column: Any = table[name].combine_chunks()
    values = column.values.to_numpy(zero_copy_only=False).astype(np.int64)
    ends = column.offsets.to_numpy()
    return [values[one:other] for one, other in pairwise(ends)]


def _at(lists: list[Integers], place: int) -> Integers:
    """Return one value of each list; 0 where the list is too short."""
    needed = place + 1 if place >= 0 else -place
    return np.array(
        [one[place] if len(one) >= needed else 0 for one in lists], dtype=np.int64
    )


def _counts(lists: list[Integers], width: int) -> NDArray[np.int32]:
    sizes = np.array([len(one) for one in lists], dtype=np.int64)
    rows = np.repeat(np.arange(len(lists)), sizes)
    codes = np.concatenate(lists) if lists else np.array([], np.int64)
    found = np.bincount(rows * width + codes, minlength=len(lists) * width)
    return found.reshape(len(lists), width).astype(np.int32)


def _told(table: pa.Table, path: list[Integers]) -> Floats:
    steps = np.array([len(one) for one in path], dtype=np.float64)
    elapsed, silence = (
        _column(table, name) / 1e6 for name in ("elapsed_us", "silence_us")
    )
    counts = [_column(table, name).astype(np.float64) for name in _COUNTS]
    pace = (elapsed - silence) / np.maximum(1, steps - 1)
    times = [np.log1p(one) for one in (elapsed, silence, pace)]
    return np.column_stack([steps, *times, *counts])


def _joined(path: list[Integers], later: list[Integers]) -> NDArray[np.object_]:
    ways = np.empty(len(path), dtype=object)
    for row, (one, other) in enumerate(zip(path, later, strict=True)):
        ways[row] = np.concatenate([one, other])
    return ways
