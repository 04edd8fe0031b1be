"""Funnels: read the events of their steps once, in order, and say who comes how far."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import duckdb

from journeymine.config_funnels import Funnel
from journeymine.plan import Context
from journeymine.warehouse import scalar, write_table

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "funnel varchar, unit_code bigint, attempt_index integer, "
    "depth integer, optional_held bigint, "
    "depth_mature integer, optional_held_mature bigint, "
    "depth_strict integer, optional_held_strict bigint, "
    "depth_interchangeable integer, optional_held_interchangeable bigint, "
    "is_excluded boolean, first_entry_us bigint, last_entry_us bigint, "
    "last_step_event bigint, last_step_us bigint, converted_us bigint, "
    "ended_us bigint, exited_us bigint, "
    "step_us bigint[]"
)


def make_units(context: Context) -> None:
    """Write `py_funnel_units`: one row per unit, or attempt, that entered a funnel.

    Depths are positions of steps, from 1. `is_excluded` says whether exclusions ended
    all attempts that came as far; `step_us` has the time from the latest entry that
    reaches a step to the first event that does, null where none does.
    """
    write_table(context.con, "py_funnel_units", COLUMNS, [])
    for name, funnel in context.config.funnels.items():
        _write_units(context, "py_funnel_units", name, funnel)


def make_own_units(context: Context) -> None:
    """Write `py_funnel_own_units`: of funnels with a dialect, what is so without it."""
    write_table(context.con, "py_funnel_own_units", COLUMNS, [])
    for name, funnel in context.config.funnels.items():
        if funnel.dialect:
            own = funnel.model_copy(update={"dialect": None})
            _write_units(context, "py_funnel_own_units", name, own)


def _write_units(context: Context, table: str, name: str, funnel: Funnel) -> None:
    con = context.con
    index = [*context.config.funnels].index(name) + 1
    as_of_us = int(str(context.parameters["as_of_us"]))
    # Reading goes on while rows are written, so it has a cursor of its own.
    with con.cursor() as cursor:
        for found in _measured(cursor, index, funnel, as_of_us):
            con.register("found", found)
            con.execute(
                f"insert into {table} by name select $funnel as funnel, * from found",
                {"funnel": name},
            )
            con.unregister("found")


def _measured(
    con: duckdb.DuckDBPyConnection, index: int, funnel: Funnel, as_of_us: int
) -> Iterator["pa.Table"]:
    # Importing numba takes half a second: a project without funnels does not wait.
    from journeymine.funnels.dialects.measure import measure_dialect  # noqa: PLC0415
    from journeymine.funnels.log import (  # noqa: PLC0415
        log_of,
        read_units,
        select_events,
    )
    from journeymine.funnels.units import measure_units  # noqa: PLC0415

    selection = select_events(con, index)

    def measure(events: "pa.Table") -> "pa.Table":
        log, codes = log_of(events, selection)
        if funnel.dialect:
            return measure_dialect(log, codes, selection, funnel, as_of_us)
        return measure_units(log, codes, funnel, as_of_us)

    threads = int(str(scalar(con, "select current_setting('threads')")))
    return _side_by_side(measure, read_units(con, selection.query), threads)


def _side_by_side(
    measure: Callable[["pa.Table"], "pa.Table"],
    parts: Iterable["pa.Table"],
    threads: int,
) -> Iterator["pa.Table"]:
    """Yield what is measured of each part, in their order; few parts are in memory."""
    pending: deque[Future[pa.Table]] = deque()
    with ThreadPoolExecutor(max_workers=threads) as pool:
        for part in parts:
            pending.append(pool.submit(measure, part))
            if len(pending) > threads:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
