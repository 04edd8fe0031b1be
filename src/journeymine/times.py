"""SQL for times as a source writes them: brought into the form that staging reads."""

import re

import duckdb

from journeymine.config_sources import Source, TimeUnit
from journeymine.records import quoted
from journeymine.warehouse import scalar

MICROSECONDS: dict[TimeUnit, int] = {
    "seconds": 1_000_000,
    "milliseconds": 1_000,
    "microseconds": 1,
}
HOUR = re.compile("%-?[HIcXTR]")
"""What of a time format stands for a time of day."""


def written_time(value: str, source: Source, unit: TimeUnit | None = None) -> str:
    """Return SQL for a time in ISO form; for a date, if no time of day is told.

    A value that is not as the source says is marked, so that nothing reads it: read
    in another way, it might be another time.

    Parameters
    ----------
    value
        SQL for the text of the time.
    unit
        What numbers count, if the source does not say it; it may have no numbers.
    """
    if source.time_unit:
        read = f"epoch_time({value}, {MICROSECONDS[source.time_unit]})"
    elif source.time_format:
        parsed = f"try_strptime(trim({value}), {quoted(source.time_format)})"
        has_hour = HOUR.search(source.time_format.replace("%%", ""))
        read = f"cast({parsed if has_hour else f'cast({parsed} as date)'} as varchar)"
    elif unit:
        return f"coalesce(epoch_time({value}, {MICROSECONDS[unit]}), {value})"
    else:
        return value
    return f"coalesce({read}, '? ' || {value})"


def clock_changes(con: duckdb.DuckDBPyConnection, zone: str) -> str | None:
    """Return one bit per day of UTC, 1990 to 2099: whether it is near a change.

    It is 1 where the offset of the zone changes on the day or on the one before; None
    if the offset is always the same.
    """
    found = scalar(con, _CLOCK_CHANGES.format(zone=quoted(zone)))
    return None if found is None else str(found)


_CLOCK_CHANGES = """
with offsets as (
    select
        midnight,
        timezone({zone}, midnight) - timezone('UTC', midnight) as shift
    from range(
        timestamptz '1989-12-31 00:00:00+00', timestamptz '2100-01-02 00:00:00+00',
        interval 1 day
    ) as days (midnight)
), compared as (
    select
        midnight,
        shift <> lag(shift) over (order by midnight)
            or shift <> lead(shift) over (order by midnight) as is_near
    from offsets
)
select
    case
        when bool_or(is_near)
            then string_agg(if(is_near, '1', '0'), '' order by midnight)
    end
from compared
where midnight >= timestamptz '1990-01-01 00:00:00+00'
    and midnight < timestamptz '2100-01-01 00:00:00+00'
"""
