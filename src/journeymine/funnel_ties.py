"""Exact funnel chains where tied events can each be several steps.

The SQL rounds let a tie satisfy any order and keep an event from being two steps in a
row, but not two steps further apart. That matters only for units with tied events of
which one can be several steps; they are few, and are settled here one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import pyarrow as pa

from journeymine.plan import Context

Chain = tuple[int, int]
"""Entry of the latest chain to a step, and the event that reaches it."""


@dataclass(frozen=True)
class StepEvent:
    """An event that can be steps of a funnel: bit k - 1 of `steps` for step k."""

    event_number: int
    occurred_us: int
    steps: int
    is_entry: bool


def exact_chains(
    events: Sequence[StepEvent], steps: int, window_us: int
) -> dict[int, Chain]:
    """Return, for each step reached, the latest entry that reaches it.

    Events of a chain are pairwise different, ties satisfy any order, and the last
    step lies at most `window_us` after the entry.

    Parameters
    ----------
    events
        The unit's step events, in order of time.
    steps
        Number of steps of the funnel.
    """
    best: dict[int, Chain] = {}
    for time, tied in groupby(events, key=lambda event: event.occurred_us):
        group = list(tied)
        found: dict[int, Chain] = {}
        for last in range(1, steps + 1):
            entries = [
                entry
                for entry, first in _starts(best, last, time)
                if time - entry <= window_us and _can_be(group, range(first, last + 1))
            ]
            if entries:
                at = max(event.event_number for event in group if _is_step(event, last))
                found[last] = (max(entries), at)
        for step, chain in found.items():
            if step not in best or chain[0] >= best[step][0]:
                best[step] = chain
    return best


def settle_shared_ties(context: Context) -> None:
    """Replace in `py_funnel_reach` what units with shared ties reached."""
    con = context.con
    con.execute(
        """
        create or replace table int_funnel_shared_ties as
        select distinct funnel, unit_code
        from (
            select funnel, unit_code
            from int_funnel_events
            group by funnel, unit_code, occurred_us
            having count(*) > 1 and bool_or(bit_count(steps) > 1)
        )
        """
    )
    rows = list(_settled(context))
    if not rows:
        return
    names = ("funnel", "unit_code", "step_index", "entry_us", "event_number")
    columns = list(zip(*rows, strict=True))
    exact = pa.table(
        {
            **{name: columns[place] for place, name in enumerate(names)},
            "is_mature": columns[5],
        }
    )
    con.register("exact", exact)
    con.execute(_MERGE)
    con.unregister("exact")


_MERGE = """
create or replace table py_funnel_reach as
select reached.*
from py_funnel_reach as reached
anti join int_funnel_shared_ties as shared
    on reached.funnel = shared.funnel and reached.unit_code = shared.unit_code
union all by name
select
    coalesce(exact.funnel, reached.funnel) as funnel,
    coalesce(exact.unit_code, reached.unit_code) as unit_code,
    cast(coalesce(exact.step_index, reached.step_index) as integer) as step_index,
    case when cfg_funnels.ties = 'interchangeable' then exact.entry_us
        else reached.entry_us end as entry_us,
    case when cfg_funnels.ties = 'interchangeable' then exact.event_number
        else reached.event_number end as event_number,
    coalesce(reached.is_strict, false) as is_strict,
    exact.funnel is not null as is_interchangeable,
    case when cfg_funnels.ties = 'interchangeable' then coalesce(exact.is_mature, false)
        else reached.is_mature end as is_mature
from (
    select py_funnel_reach.*
    from py_funnel_reach
    semi join int_funnel_shared_ties as shared
        on py_funnel_reach.funnel = shared.funnel
        and py_funnel_reach.unit_code = shared.unit_code
) as reached
full join exact
    on reached.funnel = exact.funnel
    and reached.unit_code = exact.unit_code
    and reached.step_index = exact.step_index
inner join cfg_funnels on cfg_funnels.funnel = coalesce(exact.funnel, reached.funnel)
where exact.funnel is not null or reached.is_strict
"""


def _settled(context: Context) -> Iterator[tuple[str, int, int, int, int, bool]]:
    """Yield funnel, unit, step, entry, event, is_mature for each unit concerned."""
    settings = {
        funnel: (steps, window)
        for funnel, steps, window in context.con.execute(
            "select funnel, steps, window_us from cfg_funnels"
        ).fetchall()
    }
    as_of_us = int(str(context.parameters["as_of_us"]))
    for (funnel, unit), events in _units(context):
        steps, window = settings[funnel]
        mature = [
            StepEvent(
                event.event_number,
                event.occurred_us,
                event.steps,
                event.is_entry and event.occurred_us <= as_of_us - window,
            )
            for event in events
        ]
        reached_mature = exact_chains(mature, steps, window)
        for step, (entry, at) in exact_chains(events, steps, window).items():
            yield funnel, unit, step, entry, at, step in reached_mature


def _units(context: Context) -> Iterator[tuple[tuple[str, int], list[StepEvent]]]:
    rows: Iterable[tuple[str, int, int, int, int, bool]] = context.con.execute(
        """
        select funnel, unit_code, event_number, occurred_us, steps, is_entry
        from int_funnel_events
        semi join int_funnel_shared_ties using (funnel, unit_code)
        order by funnel, unit_code, occurred_us, event_number
        """
    ).fetchall()
    for unit, events in groupby(rows, key=lambda row: (row[0], row[1])):
        yield unit, [StepEvent(*row[2:]) for row in events]


def _starts(best: dict[int, Chain], last: int, time: int) -> Iterator[tuple[int, int]]:
    """Yield entry, and first step still to be matched now, of ways to reach `last`."""
    yield time, 1
    for step in range(1, last):
        if step in best:
            yield best[step][0], step + 1


def _can_be(group: list[StepEvent], steps: range) -> bool:
    """Whether different events of a tied group can be these steps (Kuhn's matching)."""
    taken: dict[int, int] = {}

    def place(step: int, tried: set[int]) -> bool:
        for event in group:
            number = event.event_number
            if number in tried or not _is_step(event, step):
                continue
            tried.add(number)
            if number not in taken or place(taken[number], tried):
                taken[number] = step
                return True
        return False

    return all(place(step, set()) for step in steps)


def _is_step(event: StepEvent, step: int) -> bool:
    if step == 1:
        return event.is_entry
    return bool(event.steps >> (step - 1) & 1)
