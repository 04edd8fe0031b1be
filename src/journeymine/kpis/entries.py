"""How far units come from their entries of one period: a month, a week, a span.

A range of time filters the entry, never the conversion. So a unit counts in every
period that it enters in, by the best of its entries there: who came back and bought
later counts for the later period, and all periods are watched for as long.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from journeymine.config_funnels import Funnel
from journeymine.plan import Context

if TYPE_CHECKING:
    import pyarrow as pa

    from journeymine.kpis.parts import Periods


def is_entered_often(funnel: Funnel) -> bool:
    """Return whether a unit of a funnel may enter in several periods."""
    return funnel.entry == "any" and not funnel.dialect


def make_entries(context: Context) -> None:
    """Write `py_kpi_entries`: funnel, period_code, unit_code, depth, depth_mature.

    A row per unit and period that it entered in, of funnels of which each entry
    counts. Depths are positions of steps, from 1; `depth_mature` is that from entries
    whose window has ended, 0 without one.
    """
    con = context.con
    con.execute(
        "create or replace table py_kpi_entries (funnel varchar, period_code bigint,"
        " unit_code bigint, depth integer, depth_mature integer)"
    )
    for index, (name, funnel) in enumerate(context.config.funnels.items(), start=1):
        if not is_entered_often(funnel):
            continue
        for found in _entries(context, index, funnel):
            con.register("found", found)
            con.execute(
                "insert into py_kpi_entries by name"
                " select $funnel as funnel, * from found",
                {"funnel": name},
            )
            con.unregister("found")


def _entries(context: Context, index: int, funnel: Funnel) -> Iterator["pa.Table"]:
    # Importing numba takes half a second: a project without funnels does not wait.
    from journeymine.funnels.log import (  # noqa: PLC0415
        log_of,
        read_units,
        select_events,
    )
    from journeymine.kpis.parts import entries  # noqa: PLC0415

    as_of_us = int(str(context.parameters["as_of_us"]))
    kinds = _periods(context)
    # Reading goes on while rows are written, so it has a cursor of its own.
    with context.con.cursor() as cursor:
        selection = select_events(cursor, index)
        for events in read_units(cursor, selection.query):
            log, codes = log_of(events, selection)
            yield entries(log, codes, funnel, kinds, as_of_us)


def _periods(context: Context) -> list["Periods"]:
    """Return months, weeks, and each span of a comparison by itself."""
    from journeymine.kpis.parts import Periods  # noqa: PLC0415

    rows = context.con.sql(
        """
        select period_kind, period_code, started_us, ended_us from int_kpi_periods
        where period_kind <> 'all' order by started_us, period_code
        """
    ).fetchall()
    kinds: dict[object, list[tuple[int, ...]]] = {}
    for kind, *told in rows:
        kinds.setdefault(told[0] if kind == "comparison" else kind, []).append(
            tuple(told)
        )
    return [Periods(*np.array(one, dtype=np.int64).T.copy()) for one in kinds.values()]
