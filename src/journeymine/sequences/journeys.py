"""The paths of all journeys as arrays, those of a customer side by side."""

from typing import NamedTuple, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]
Small: TypeAlias = NDArray[np.int32]
Smallest: TypeAlias = NDArray[np.int16]
Flags: TypeAlias = NDArray[np.bool_]

MOST_ACTIVITIES = 500
"""How many activities are looked at, the most frequent ones; others are no steps."""

PATHS = """
select
    int_journey_paths.journey_code,
    int_journey_paths.path,
    int_unit_slices.customer_code,
    int_unit_slices.slice_set,
    int_journeys.outcome <> 'in_progress' as is_ended,
    int_journeys.outcome = 'converted' as is_converted
from int_journey_paths
inner join int_journeys
    on int_journey_paths.journey_code = int_journeys.journey_code
inner join int_unit_slices
    on
        int_unit_slices.unit = 'journey'
        and int_journey_paths.journey_code = int_unit_slices.unit_code
"""


class Journeys(NamedTuple):
    """Journeys, by customer.

    Journey j is `steps[starts[j]:stops[j]]`, each step the place of its activity in
    `activities`, or -1 for a rare one. `customers` numbers the customers from 1, `sets`
    is the combination of values that slices the journey.
    """

    starts: Integers
    stops: Integers
    steps: Smallest
    customers: Small
    sets: Integers
    is_ended: Flags
    is_converted: Flags
    activities: Integers


class Slices(NamedTuple):
    """The slices of each combination of values: `places[starts[set]:starts[set + 1]]`.

    A place is one in `codes`, the numbers of the slices.
    """

    starts: Integers
    places: Integers
    codes: Integers


def read_journeys(con: duckdb.DuckDBPyConnection) -> Journeys:
    """Read the steps of every journey."""
    read = con.sql(PATHS).to_arrow_table()
    # The paths stay where they are: to sort them would take longer than all the rest.
    order = np.lexsort(
        (_numbers(read.column("journey_code")), _numbers(read.column("customer_code")))
    )
    bounds = np.concatenate(
        [[0], np.cumsum(_numbers(pc.list_value_length(read.column("path"))))]
    ).astype(np.int64)
    codes = _numbers(pc.list_flatten(read.column("path")))
    steps, activities = _frequent(codes)
    return Journeys(
        bounds[:-1][order],
        bounds[1:][order],
        steps,
        _numbered(_numbers(read.column("customer_code"))[order]),
        _numbers(read.column("slice_set"))[order],
        np.asarray(read.column("is_ended").to_numpy(), np.bool_)[order],
        np.asarray(read.column("is_converted").to_numpy(), np.bool_)[order],
        activities,
    )


def read_slices(con: duckdb.DuckDBPyConnection) -> Slices:
    """Read the slices of each combination: of a persona, as `all` is their sum."""
    read = con.sql(
        """
        select slice_set, slice_code
        from int_slices
        where persona <> 'all'
        order by slice_set, slice_code
        """
    ).to_arrow_table()
    sets = _numbers(read.column("slice_set"))
    codes, places = np.unique(_numbers(read.column("slice_code")), return_inverse=True)
    starts = np.searchsorted(sets, np.arange(sets.max(initial=0) + 2))
    return Slices(starts.astype(np.int64), places.astype(np.int64), codes)


def whole(slices: Slices) -> Slices:
    """Return the one slice of all journeys."""
    sets = len(slices.starts) - 1
    return Slices(np.arange(sets + 1), np.zeros(sets, np.int64), np.zeros(1, np.int64))


def _numbered(customers: Integers) -> Small:
    """Return 1 for the first customer, 2 for the next: they stand side by side."""
    is_other = np.diff(customers, prepend=-1) != 0
    return np.cumsum(is_other, dtype=np.int32)


def _frequent(codes: Integers) -> tuple[Smallest, Integers]:
    """Return the place of each step's activity, and the activities, by code."""
    counts = np.bincount(codes)
    by_count = np.argsort(-counts, kind="stable")
    activities = np.sort(by_count[counts[by_count] > 0][:MOST_ACTIVITIES])
    places = np.full(len(counts), -1, np.int16)
    places[activities] = np.arange(len(activities), dtype=np.int16)
    return places[codes], activities


def _numbers(column: pa.ChunkedArray) -> Integers:
    return np.asarray(column.to_numpy(), np.int64)
