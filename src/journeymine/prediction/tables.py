"""The settings of prediction, as the `cfg_*` table that its models join."""

import duckdb

from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.warehouse import write_table


def write_prediction(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_prediction`: one row, or none if the project predicts nothing."""
    asked = config.prediction
    horizon = microseconds(asked.horizon) if asked and asked.horizon else None
    rows = [(horizon, asked.prefixes)] if asked else []
    write_table(con, "cfg_prediction", "horizon_us bigint, prefixes bigint", rows)
