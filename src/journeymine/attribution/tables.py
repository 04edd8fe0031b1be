"""The settings of attribution, as the `cfg_*` tables that its models join."""

import duckdb

from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.warehouse import write_table


def write_attribution(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_attribution`, one row or none, what is no touch, and what costs."""
    asked = config.attribution
    write_table(
        con,
        "cfg_attribution",
        "lookback_us bigint, half_life_us bigint",
        [(microseconds(asked.lookback), microseconds(asked.half_life))]
        if asked
        else [],
    )
    write_table(
        con,
        "cfg_ignored_touches",
        "activity varchar",
        [(activity,) for activity in dict.fromkeys(asked.ignore if asked else ())],
    )
    write_table(
        con,
        "cfg_channel_costs",
        "channel varchar, month varchar, spend decimal(18, 4)",
        [
            (channel, month, spend)
            for channel, cost in (asked.costs if asked else {}).items()
            for month, spend in cost.items()
        ],
    )
