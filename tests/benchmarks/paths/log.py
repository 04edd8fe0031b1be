"""The log that all tools load."""

from pathlib import Path

import duckdb

LOG = """
with customers as (
    -- Lengths fall off as in real logs: many short journeys, few long ones.
    select
        number as customer,
        1 + cast(floor(-12 * ln((hash(number, 1) % 1000000 + 1) / 1000001)) as bigint)
            as events
    from range($events // 12) as numbers (number)
),

placed as (
    select customer, unnest(range(events)) as place
    from customers
)

select
    customer,
    cast(
        1704067200 + hash(customer, 2) % (180 * 86400) + place * 4000
        + hash(customer, place, 3) % (1 + hash(customer, place, 5) % 3600) as bigint
    ) as second,
    cast(floor(40 * pow((hash(customer, place, 4) % 1000000) / 1000000, 3)) as integer)
        as activity_code
from placed
order by customer, second
"""


def drawn(events: int, folder: Path) -> Path:
    """Write a log of about so many events to a folder."""
    folder.mkdir(exist_ok=True)
    path = folder / "log.parquet"
    with duckdb.connect() as con:
        con.sql(LOG, params={"events": events}).write_parquet(str(path))
    return path
