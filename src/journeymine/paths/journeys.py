"""The path of each journey: its activities in order, as one list."""

import duckdb
import numpy as np
import pyarrow as pa

from journeymine.models import ROUNDS
from journeymine.plan import Context
from journeymine.warehouse import write_table

# Numbers are written out: a parameter would be looked up for every row.
STEPS = """
select
    cast(journey_code - {first_event} as integer) as journey,
    cast(step_position as integer) as step_position,
    cast(activity_code as bigint) as activity_code
from int_steps
where is_step and event_number between {first_event} and {last_event}
"""


def make_paths(context: Context) -> None:
    """Write `py_paths`: the activity codes of each journey that has a step, in order.

    Each part of the log has whole journeys, so one part at a time is in memory.
    """
    con = context.con
    write_table(con, "py_paths", "journey_code bigint, path bigint[]", [])
    parts = con.execute(f"select * from {ROUNDS} order by first_event").fetchall()
    for first_event, last_event in parts:
        con.register("paths", _paths(con, first_event, last_event))
        con.execute("insert into py_paths from paths")
        con.unregister("paths")


def _paths(
    con: duckdb.DuckDBPyConnection, first_event: int, last_event: int
) -> pa.Table:
    # Importing numba takes half a second.
    from journeymine.paths.loops import put_in_order  # noqa: PLC0415

    query = STEPS.format(first_event=first_event, last_event=last_event)
    steps = con.sql(query).to_arrow_table()
    # A journey has the number of its first event, so its place is in the part.
    starts, path = put_in_order(
        *(column.to_numpy() for column in steps.columns), last_event - first_event + 1
    )
    has_steps = starts[1:] > starts[:-1]
    ends = starts[1:][has_steps].astype(np.int32)
    return pa.table(
        {
            "journey_code": np.flatnonzero(has_steps) + first_event,
            "path": pa.ListArray.from_arrays(np.append(np.int32(0), ends), path),
        }
    )
