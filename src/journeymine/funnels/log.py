"""The events of a funnel, as arrays of whole units: a bounded number at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeymine.errors import ModelError
from journeymine.funnels.types import Flags, Integers, Log

BATCH = 500_000
"""Events in memory at a time, and besides them those of one unit."""

LAST = 2**63 - 1
FIRST = -LAST - 1


@dataclass(frozen=True)
class Selection:
    """What a funnel reads of the log, and what it makes of it.

    `query` gives the events of its units, `steps`, `ends`, `drops` and `exits` what
    they are to the funnel, by activity code. Entries are from `from_us` on, and before
    `until_us`.
    """

    query: str
    steps: Integers
    ends: Flags
    drops: Flags
    exits: Flags
    from_us: int
    until_us: int


def select_events(con: duckdb.DuckDBPyConnection, funnel_index: int) -> Selection:
    """Return what the funnel of this number reads."""
    ((unit, kind, from_us, until_us, has_hold),) = con.execute(
        f"""
        select unit, if(unit = 'journey', journey_kind, 'main'),
            coalesce(from_us, {FIRST}), coalesce(until_us, {LAST}),
            exists (from cfg_funnel_holds where funnel = cfg_funnels.funnel)
        from cfg_funnels
        where funnel_index = $funnel_index
        """,
        {"funnel_index": funnel_index},
    ).fetchall()
    found = con.execute(
        """
        select activity_code, steps, ends_attempt, drops_unit, is_exit
        from int_funnel_roles
        where funnel_index = $funnel_index
        """,
        {"funnel_index": funnel_index},
    ).fetchnumpy()
    roles = {name: np.asarray(column) for name, column in found.items()}
    codes = roles["activity_code"]

    def by_code(name: str) -> NDArray[Any]:
        column = np.zeros(codes.max(initial=0) + 1, roles[name].dtype)
        column[codes] = roles[name]
        return column

    # Codes are written out: the database then reads the kind of unit that is wanted
    # only, and passes over the other events as it reads.
    query = f"""
        select unit_code, events.event_number, occurred_us,
            coalesce(source_order, {LAST}) as source_order, activity_code, is_customer
            {", hold_code" if has_hold else ""}
        from int_unit_events as events
        {_HOLDS.format(funnel_index) if has_hold else ""}
        where unit = '{unit}' and journey_kind = '{kind}'
            and activity_code in ({", ".join(map(str, codes)) or "null"})
        order by unit_code, occurred_us, source_order, events.event_number
    """
    return Selection(
        query=query,
        steps=by_code("steps"),
        ends=by_code("ends_attempt"),
        drops=by_code("drops_unit"),
        exits=by_code("is_exit"),
        from_us=from_us,
        until_us=until_us,
    )


_HOLDS = """
        left join int_funnel_holds as holds
            on holds.funnel_index = {} and holds.event_number = events.event_number
"""


def read_units(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.Table]:
    """Yield sorted events of whole units.

    Raises
    ------
    ModelError
        If the database does not hand them over sorted.
    """
    reader = con.sql(query).to_arrow_reader(BATCH)
    rest = reader.schema.empty_table()
    for part in reader:
        rest = pa.concat_tables([rest, pa.Table.from_batches([part])])
        begins = unit_begins(_column(rest, "unit_code"))
        if len(begins):
            yield check_order(rest.slice(0, begins[-1]))
            rest = rest.slice(begins[-1])
    if rest.num_rows:
        yield check_order(rest)


def unit_begins(unit: Integers) -> Integers:
    """Return where a unit begins, but the first."""
    return np.flatnonzero(unit[1:] != unit[:-1]) + 1


def log_of(events: pa.Table, selection: Selection) -> tuple[Log, Integers]:
    """Return the events as arrays, and the code of each unit."""
    unit, us = _column(events, "unit_code"), _column(events, "occurred_us")
    begins = np.append(0, unit_begins(unit))
    activity = _column(events, "activity_code")
    log = Log(
        np.append(begins, len(unit)),
        _column(events, "event_number"),
        us,
        _column(events, "source_order"),
        selection.steps[activity],
        _column(events, "is_customer")
        & (us >= selection.from_us)
        & (us < selection.until_us),
        selection.ends[activity],
        selection.drops[activity],
        selection.exits[activity],
        _holds(events),
    )
    return log, unit[begins]


def _holds(events: pa.Table) -> Integers:
    if "hold_code" not in events.column_names:
        return np.zeros(events.num_rows, np.int64)
    # Null equals nothing, itself included.
    codes = events["hold_code"]
    alone = -1 - np.arange(events.num_rows)
    return np.where(codes.is_null().to_numpy(), alone, codes.fill_null(0).to_numpy())


def _column(events: pa.Table, name: str) -> NDArray[Any]:
    column = np.asarray(events[name].to_numpy())
    # numba would compile once more for arrays that it must not write.
    return column if column.flags.writeable else column.copy()


def check_order(events: pa.Table) -> pa.Table:
    """Return the events; raise unless they are sorted.

    A database may lose the order without a word.
    """
    is_after = np.zeros(max(events.num_rows - 1, 0), np.bool_)
    for name in ("unit_code", "occurred_us", "source_order"):
        column = events[name].to_numpy()
        if (~is_after & (column[1:] < column[:-1])).any():
            message = "int_unit_events: rows are not in order of unit and time"
            raise ModelError(message)
        is_after |= column[1:] > column[:-1]
    return events
