"""The settings of pain points, as `cfg_*` tables."""

import duckdb

from journeymine.config import Config
from journeymine.warehouse import write_table


def write_pain_points(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_efforts`; and `cfg_pain_points`, a row where they are looked for."""
    asked = config.pain_points
    write_table(
        con,
        "cfg_pain_points",
        "min_customers integer, fdr double",
        [(asked.min_customers, asked.fdr)] if asked and config.journey.goal else [],
    )
    write_table(
        con,
        "cfg_efforts",
        "anchor varchar, effort double",
        list(config.efforts.items()),
    )
