"""How attempts end and how long customers stay, where some of it is not over yet."""

import numpy as np

from journeymine.estimation.curves import AT_THE_END, Points, incidence_curves
from journeymine.estimation.sliced import COLUMNS, cells_of, ends_by, rows_of, units
from journeymine.plan import Context

OPEN = "in_progress"
"""The cause of what is not over: it is censored."""

PARTS, TIMEOUTS = 40, 4
"""Curves of attempts are read at the ends of so many parts of so many timeouts."""

SPELL_DAYS = 30
"""How long a period of a spell is."""

NO_LEVELS = np.array([], np.float64)


def make_incidences(context: Context) -> None:
    """Write `py_attempt_incidence`: how attempts end, per slice, cause and time.

    Columns: attempt_kind, cause, period (`all`, or the month of opening), persona,
    segment, segment_value, time_us (41 points of four timeouts; null: in the end),
    at_risk, ended, incidence, incidence_low, incidence_high. Every cause of a kind
    stands in every slice; months only with what comes in the end.
    """
    con = context.con
    con.execute(_NO_INCIDENCES)
    for name, kind in context.config.abandonment.items():
        causes = [OPEN, "converted", "silence", *kind.exits]
        con.execute(_ATTEMPTS, {"attempt_kind": name, "causes": causes})
        timeout = con.execute(_TIMEOUT, {"attempt_kind": name}).fetchall()[0][0]
        grid = np.arange(PARTS + 1, dtype=np.int64) * (timeout * TIMEOUTS) // PARTS
        points = Points(np.r_[grid, AT_THE_END], NO_LEVELS)
        keys, cells = cells_of(con)
        found = units(con)
        for place, cause in enumerate(causes):
            curves = incidence_curves(ends_by(found, place), cells, points)
            con.register("estimated", rows_of(keys, points.times, curves))
            con.execute(_ADD_INCIDENCES, {"attempt_kind": name, "cause": cause})
            con.unregister("estimated")


def make_churn_survival(context: Context) -> None:
    """Write `py_churn_survival`: how long spells last, per slice.

    Spells are watched up to the churn horizon before the watermark: of that time it is
    known who was there. Columns: persona, segment, segment_value, time_us (whole
    periods of a spell, from 1), at_risk, ended (so far), incidence (of churn, by
    then), incidence_low, incidence_high.
    """
    con, scalars = context.con, context.parameters
    con.execute(_NO_SURVIVAL)
    period_us = SPELL_DAYS * 86_400_000_000
    watched = int(str(scalars["as_of_us"])) - int(str(scalars["churn_horizon_us"])) + 1
    con.execute(_SPELLS, {"watched_us": watched, "period_us": period_us})
    found = units(con)
    longest = int(found["duration"].max(initial=0))
    if longest:
        keys, cells = cells_of(con)
        points = Points(np.arange(1, longest + 1, dtype=np.int64), NO_LEVELS)
        curves = incidence_curves(ends_by(found, 1), cells, points)
        con.register("estimated", rows_of(keys, points.times, curves))
        con.execute("insert into py_churn_survival by name from estimated")
        con.unregister("estimated")


_NO_INCIDENCES = f"""
create or replace table py_attempt_incidence (
    attempt_kind varchar, cause varchar, {COLUMNS}
)
"""

_NO_SURVIVAL = f"create or replace table py_churn_survival ({COLUMNS})"

# Of what is open, the survival stands in the place of the incidence.
_ADD_INCIDENCES = f"""
insert into py_attempt_incidence by name
select
    $attempt_kind as attempt_kind,
    $cause as cause,
    * replace (
        case when $cause = '{OPEN}' then 1 - incidence else incidence end as incidence,
        case when $cause = '{OPEN}' then 1 - incidence_high else incidence_low end
            as incidence_low,
        case when $cause = '{OPEN}' then 1 - incidence_low else incidence_high end
            as incidence_high,
        case when $cause = '{OPEN}' then 0 else ended end as ended
    )
from estimated
"""

_TIMEOUT = """
select timeout_us from py_attempt_timeouts where attempt_kind = $attempt_kind
"""

_ATTEMPTS = """
create or replace temp table curve_units as
select
    opened_event as unit_index,
    duration_us as duration,
    list_position($causes, cause) - 1 as cause,
    customer_code,
    slice_set,
    month as period,
    dense_rank() over (order by month, slice_set) - 1 as set_index
from int_attempt_slices
where attempt_kind = $attempt_kind
"""

# A spell that ended in its k-th period ends at time k; one that was still there is
# censored after the last period that was watched to its end.
_SPELLS = """
create or replace temp table curve_units as
select
    row_number() over (order by int_spells.customer_code, spell_index)
        as unit_index,
    least(
        (last_active_us - started_us) // $period_us + 1,
        ($watched_us - started_us) // $period_us
    ) as duration,
    cast(
        (last_active_us - started_us) // $period_us
        < ($watched_us - started_us) // $period_us as integer
    ) as cause,
    int_spells.customer_code,
    slice_set,
    'all' as period,
    dense_rank() over (order by slice_set) - 1 as set_index
from int_spells
inner join int_unit_slices
    on unit = 'customer' and int_spells.customer_code = int_unit_slices.customer_code
where started_us + $period_us <= $watched_us
"""
