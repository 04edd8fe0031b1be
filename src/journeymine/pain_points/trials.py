"""What journeys do at activities, counted in one pass over their steps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from journeymine.models import ROUNDS
from journeymine.pain_points.cells import Codes
from journeymine.pain_points.combinations import MONTH
from journeymine.warehouse import scalar

if TYPE_CHECKING:
    from journeymine.pain_points.walking import Steps, Tally, Ways

# Numbers are written out: a parameter would be looked up for every row.
STEPS = """
select
    cast(journey_code - {first_event} as integer) as journey,
    cast(customer_code as integer) as customer,
    cast(slice_set as integer) as slice_set,
    cast(activity_code as integer) as activity,
    cast(coalesce(next_activity_code, 0) as integer) as next_activity,
    occurred_us,
    coalesce(wait_us, 0) as wait_us,
    is_open
from int_steps
where is_step and event_number between {first_event} and {last_event}
"""
WAYS = """
select activity_code, next_activity_code, p90_us
from py_transitions
where slice_code in (
    select slice_code from int_slices where persona = 'all' and segment = 'all'
)
order by activity_code, next_activity_code
"""
# Clocks change at quarters of an hour, so a month begins at one, wherever it is.
MONTHS = f"""
with quarters as (
    select distinct
        cast(floor(occurred_us / 900000000) as bigint) * 900000000 as since_us
    from int_steps
    where is_step
),
placed as (
    select since_us, {MONTH.format("timezone($zone, make_timestamptz(since_us))")}
        as month
    from quarters
)
select since_us, month
from placed
qualify month is distinct from lag(month) over (order by since_us)
order by since_us
"""


@dataclass(frozen=True)
class Trials:
    """Journeys at items: activities by their code, then the ways from one to the next.

    Attributes
    ----------
    activities
        Number of activity codes: way p is item `activities` + p.
    froms, nexts
        Activities of each way, in order.
    item, slice_set, month
        Shape (rows,): where journeys were, and what slices them; in this order.
    journeys
        Shape (rows, STATES of `walking`): how many, by what they did.
    totals, products
        Of customers, as in `walking.Tally`.
    """

    activities: int
    froms: Codes
    nexts: Codes
    item: Codes
    slice_set: Codes
    month: Codes
    journeys: Codes
    totals: Codes
    products: Codes


def read_trials(con: duckdb.DuckDBPyConnection, zone: str) -> Trials:
    """Count what all journeys do; a part of the log at a time is in memory.

    A month is that in which a journey first was there.
    """
    # Importing numba takes half a second.
    from journeymine.pain_points.walking import STATES  # noqa: PLC0415

    ways, months = _ways(con, zone)
    cells = int(str(scalar(con, "select count(*) + 1 from int_slice_sets")))
    cells *= max(len(months), 1)
    tally = _tally(ways)
    keys, counts = np.empty(0, np.int64), np.empty(0, np.int64)
    for found in _rounds(con, ways, cells, tally):
        own = np.unique(found, return_counts=True)
        keys, counts = _merged((keys, counts), own)
    row, state = np.divmod(keys, STATES)
    rows, at = np.unique(row, return_inverse=True)
    journeys = np.zeros((len(rows), STATES), np.int64)
    journeys[at, state] = counts
    item, cell = np.divmod(rows, cells)
    slice_set, month = np.divmod(cell, max(len(months), 1))
    return Trials(
        len(ways.starts) - 1,
        *(ways.froms, ways.nexts, item, slice_set),
        *(months[month], journeys, tally.totals, tally.products),
    )


def _ways(con: duckdb.DuckDBPyConnection, zone: str) -> "tuple[Ways, Codes]":
    """Return the ways from each activity, and the months in order."""
    from journeymine.pain_points.walking import Ways  # noqa: PLC0415 - as above

    read = con.execute(WAYS).fetchnumpy().values()
    froms, nexts, slow_us = (np.asarray(one, np.int64) for one in read)
    read = con.execute(MONTHS, {"zone": zone}).fetchnumpy().values()
    since_us, month = (np.asarray(one, np.int64) for one in read)
    months, place = np.unique(month, return_inverse=True)
    last = scalar(con, "select coalesce(max(activity_code), 0) from int_steps")
    starts = np.searchsorted(froms, np.arange(int(str(last)) + 2))
    place = place.astype(np.int64)
    ways = Ways(starts, froms, nexts, slow_us, since_us, place, len(months))
    return ways, months


def _tally(ways: "Ways") -> "Tally":
    from journeymine.pain_points.walking import TOLD, Tally  # noqa: PLC0415 - as above

    activities, items = len(ways.starts) - 1, len(ways.starts) - 1 + len(ways.froms)
    sizes = ((0,), (items, TOLD), (items, TOLD, TOLD), (2,), (items,), (activities,))
    further = (len(ways.froms), items, (items, TOLD), items)
    return Tally(*(np.zeros(size, np.int64) for size in (*sizes, *further)))


def _rounds(
    con: duckdb.DuckDBPyConnection, ways: "Ways", cells: int, tally: "Tally"
) -> Iterator[Codes]:
    """Yield the keys of each part of the log; it has whole customers."""
    from journeymine.pain_points.walking import Steps, walk  # noqa: PLC0415 - as above

    parts = con.execute(f"from {ROUNDS} order by first_event").fetchall()
    for first, last in parts:
        query = STEPS.format(first_event=first, last_event=last)
        read = con.sql(query).to_arrow_table().columns
        steps = _by_journey(Steps(*(column.to_numpy() for column in read)))
        tally = tally._replace(keys=np.empty(2 * len(steps.journeys), np.int64))
        walk(steps, ways, cells, tally)
        yield tally.keys[: tally.sizes[0]]


def _by_journey(steps: "Steps") -> "Steps":
    """Return steps journey by journey: those that the source gives may be mixed.

    A journey has the number of its first event, so customers stay together.
    """
    from journeymine.pain_points.walking import Steps  # noqa: PLC0415 - as above

    if (steps.journeys[1:] >= steps.journeys[:-1]).all():
        return steps
    order = np.argsort(steps.journeys, kind="stable")
    return Steps._make(column[order] for column in steps)


def _merged(
    one: tuple[Codes, Codes], other: tuple[Codes, Codes]
) -> tuple[Codes, Codes]:
    """Return the keys of both in order, each once, and how often they are there."""
    if not len(one[0]):
        return other
    keys, at = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    counts = np.bincount(at, np.concatenate([one[1], other[1]]), len(keys))
    return keys, counts.astype(np.int64)
