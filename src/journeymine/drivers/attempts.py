"""The attempts at each funnel, and when each reached its steps."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import duckdb

from journeymine.config_funnels import Funnel
from journeymine.plan import Context
from journeymine.warehouse import write_table

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "funnel varchar, unit_code bigint, attempt_index integer, entry_us bigint, "
    "ended_us bigint, step_us bigint[], step_event bigint[]"
)


def make_attempts(context: Context) -> None:
    """Write `py_driver_attempts`: one row per attempt of a unit at a funnel.

    A funnel with entry `any` is judged by attempts too: the best of several attempts is
    known only afterwards, and to choose it would be to choose by what came of it.
    `step_us` has, per step, the time from the entry to the event that reached it, and
    `step_event` that event; null where it was not reached. `ended_us` is when an
    exclusion ended the attempt, from the entry; null if none did.
    """
    con = context.con
    write_table(con, "py_driver_attempts", COLUMNS, [])
    if not context.config.drivers:
        return
    for index, (name, funnel) in enumerate(context.config.funnels.items(), start=1):
        # Reading goes on while rows are written, so it has a cursor of its own.
        with con.cursor() as cursor:
            for found in _attempts(cursor, index, funnel):
                con.register("found", found)
                con.execute(
                    "insert into py_driver_attempts by name"
                    " select $funnel as funnel, * from found",
                    {"funnel": name},
                )
                con.unregister("found")


def _attempts(
    con: duckdb.DuckDBPyConnection, index: int, funnel: Funnel
) -> Iterator["pa.Table"]:
    # Importing numba takes half a second: a project without drivers does not wait.
    from journeymine.drivers.landmarks import attempts_of  # noqa: PLC0415
    from journeymine.funnels.log import (  # noqa: PLC0415
        log_of,
        read_units,
        select_events,
    )

    selection = select_events(con, index)
    entry = "first" if funnel.entry == "first" else "attempts"
    tried = funnel.model_copy(update={"entry": entry})
    for events in read_units(con, selection.query):
        yield attempts_of(*log_of(events, selection), tried)
