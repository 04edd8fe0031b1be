"""How drivers are looked for, as the `cfg_*` table that the models join."""

from datetime import timedelta

import duckdb

from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.warehouse import write_table


def write_drivers(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_drivers`: one row, or none if the project looks for no drivers."""
    asked = config.drivers
    rows = []
    if asked:
        landmark = microseconds(asked.landmark or timedelta())
        lookback = microseconds(asked.lookback) if asked.lookback else None
        rows = [(landmark, lookback)]
    write_table(con, "cfg_drivers", "landmark_us bigint, lookback_us bigint", rows)
