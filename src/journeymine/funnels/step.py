"""Funnels: read the events of their steps once, in order, and say who comes how far."""

from journeymine.plan import Context
from journeymine.warehouse import write_table

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
    con = context.con
    write_table(con, "py_funnel_units", COLUMNS, [])
    if not context.config.funnels:
        return
    # Importing numba takes half a second: a project without funnels does not wait.
    from journeymine.funnels.log import log_of, read_units  # noqa: PLC0415
    from journeymine.funnels.units import measure_units  # noqa: PLC0415

    as_of_us = int(str(context.parameters["as_of_us"]))
    names = [*context.config.funnels]
    # Reading goes on while rows are written, so it has a cursor of its own.
    with con.cursor() as cursor:
        for funnel_index, events in read_units(cursor):
            name = names[funnel_index - 1]
            funnel = context.config.funnels[name]
            log, codes = log_of(events, bool(funnel.hold))
            con.register("found", measure_units(log, codes, funnel, as_of_us))
            con.execute(
                "insert into py_funnel_units by name"
                " select $funnel as funnel, * from found",
                {"funnel": name},
            )
            con.unregister("found")
