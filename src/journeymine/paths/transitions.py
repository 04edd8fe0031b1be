"""Which activity directly follows which: how often, and after how long, per slice."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeymine.plan import Context
from journeymine.warehouse import scalar, write_arrow

if TYPE_CHECKING:
    from journeymine.paths.loops import Quantiles, Waits

TRANSITIONS_PER_ROUND = 16_000_000
"""Transitions in memory at a time, or those from one activity if they are more."""

PAIRS_PER_ROUND = 4_000_000
"""Pairs of activities that are told apart at a time."""

COLUMNS = (
    "slice_code",
    "activity_code",
    "next_activity_code",
    "transitions",
    "p50_us",
    "p90_us",
)

FREQUENCIES = """
select activity_code, count(*) as transitions
from int_steps
where next_activity_code is not null
group by activity_code
order by activity_code
"""

# Numbers are written out: a parameter would be looked up for every row.
TRANSITIONS = """
select
    cast((activity_code - {first}) * {width} + next_activity_code as integer) as pair,
    cast(slice_set as integer) as slice_set,
    wait_us
from int_steps
where next_activity_code is not null and activity_code between {first} and {last}
"""

SLICES = """
select slice_set, cast(slice_code as bigint) as slice_code
from int_slices
order by slice_set, segment, persona = 'all'
"""

Integers: TypeAlias = NDArray[np.int64]
Steps: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32], Integers]
"""Pairs of activities, combinations of values that slice them, waiting times."""


class Cut(NamedTuple):
    """One way to cut all journeys into slices: by a segment, or by it and persona.

    `places` has the place in `codes` of the slice of each combination of values.
    """

    codes: Integers
    places: Integers


def make_transitions(context: Context) -> None:
    """Write `py_transitions`: transitions per slice, and their waiting times.

    Its columns are `COLUMNS`: p50_us is the median, p90_us what nine in ten do not
    exceed. Some activities at a time are in memory, with all that follows them.
    """
    con = context.con
    cuts = _cuts(con)
    width = int(str(scalar(con, "select max(activity_code) + 1 from int_steps") or 0))
    parts = [
        _rows(found, cut, first, width)
        for first, last in _rounds(con, width)
        for cut, found in _measured(con, cuts, (first, last, width))
    ]
    empty = pa.table({name: np.empty(0, np.int64) for name in COLUMNS})
    write_arrow(con, "py_transitions", pa.concat_tables([empty, *parts]))


def _cuts(con: duckdb.DuckDBPyConnection) -> list[Cut]:
    """Return the cuts; each combination of values is in one slice of each."""
    read = con.execute(SLICES).fetchnumpy()
    sets = np.unique(read["slice_set"])
    cuts = []
    for codes in read["slice_code"].reshape(len(sets), -1).T if len(sets) else []:
        told, number = np.unique(codes, return_inverse=True)
        places = np.zeros(sets[-1] + 1, np.int64)
        places[sets] = number
        cuts.append(Cut(told, places))
    return cuts


def _rounds(con: duckdb.DuckDBPyConnection, width: int) -> Iterator[tuple[int, int]]:
    """Yield first and last activity of each round: those that transitions are from."""
    steps = int(str(scalar(con, "select count(*) from int_steps")))
    if 0 < steps <= TRANSITIONS_PER_ROUND and width**2 <= PAIRS_PER_ROUND:
        yield 0, width - 1
        return
    begin, last, held = None, 0, 0
    for activity, transitions in con.execute(FREQUENCIES).fetchall():
        if begin is not None and (
            held + transitions > TRANSITIONS_PER_ROUND
            or (activity - begin + 1) * width > PAIRS_PER_ROUND
        ):
            yield begin, last
            begin, held = None, 0
        begin = activity if begin is None else begin
        last, held = activity, held + transitions
    if begin is not None:
        yield begin, last


def _measured(
    con: duckdb.DuckDBPyConnection, cuts: Sequence[Cut], span: tuple[int, int, int]
) -> Iterator[tuple[Cut, "Quantiles"]]:
    """Yield what is found of a round, per cut: first activity, last, width of code."""
    first, last, width = span
    query = TRANSITIONS.format(first=first, last=last, width=width)
    read = con.sql(query).to_arrow_table()
    threads = int(str(scalar(con, "select current_setting('threads')")))
    size = max(1, -(-len(read) // threads))
    parts = [_steps(read.slice(at, size)) for at in range(0, len(read), size)]
    with ThreadPoolExecutor(max_workers=threads) as pool:
        waits = _by_pair(pool, parts, (last - first + 1) * width)
        shares = np.linspace(0, len(read), threads + 1)[1:-1]
        ends = [0, *np.searchsorted(waits.starts, shares), len(waits.starts) - 1]
        quantiles = partial(_quantiles, waits, cuts)
        for found in pool.map(quantiles, ends, ends[1:]):
            yield from zip(cuts, found, strict=True)


def _steps(read: pa.Table) -> list[Steps]:
    return [
        tuple(column.to_numpy() for column in batch.columns)
        for batch in read.to_batches()
    ]


def _by_pair(
    pool: ThreadPoolExecutor, parts: Sequence[list[Steps]], pairs: int
) -> "Waits":
    """Return all transitions by their pair; each thread puts one part of them."""
    # Importing numba takes half a second.
    from journeymine.paths.loops import Waits, count, put_by_pair  # noqa: PLC0415

    def counted(part: list[Steps]) -> Integers:
        counts = np.zeros(pairs + 1, np.int64)
        for pair, _, _ in part:
            count(pair, counts)
        return counts

    def put(part: list[Steps], place: Integers) -> None:
        for transitions in part:
            put_by_pair(transitions, place, waits)

    counts = np.zeros((len(parts) + 1, pairs + 1), np.int64)
    for number, found in enumerate(pool.map(counted, parts)):
        counts[number + 1] = found
    starts = np.cumsum(counts.sum(axis=0))
    waits = Waits(
        starts, np.empty(starts[-1], np.int32), np.empty(starts[-1], np.int64)
    )
    # A part begins in each pair where the parts before it end.
    places = starts[:-1] + np.cumsum(counts, axis=0)[:-1, 1:]
    list(pool.map(put, parts, places))
    return waits


def _quantiles(
    waits: "Waits", cuts: Sequence[Cut], first: int, last: int
) -> list["Quantiles"]:
    """Return what is found of the pairs from `first`, before `last`, per cut."""
    from journeymine.paths.loops import find_quantiles  # noqa: PLC0415 - as above

    own = waits._replace(starts=waits.starts[first : last + 1])
    return [find_quantiles(own, cut.places, len(cut.codes), first) for cut in cuts]


def _rows(found: "Quantiles", cut: Cut, first: int, width: int) -> pa.Table:
    activity, next_activity = np.divmod(found.pair, width)
    return pa.table(
        [
            cut.codes[found.slice],
            activity + first,
            next_activity,
            found.transitions,
            found.p50_us,
            found.p90_us,
        ],
        names=COLUMNS,
    )
