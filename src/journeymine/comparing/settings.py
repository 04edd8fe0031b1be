"""What is compared, as `cfg_*` tables, and where drift is looked for."""

import duckdb

from journeymine.clock import EPOCH
from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.warehouse import Row, write_table

FOREVER_US = 2**62


def write_comparisons(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of comparisons and of drift."""
    zone = config.project.zone
    named = list(enumerate(config.comparisons.items(), start=1))
    sides: list[Row] = []
    values: list[Row] = []
    for index, (_, comparison) in named:
        for side, told in zip("ab", comparison.sides(zone), strict=True):
            since = microseconds(told.since - EPOCH) if told.since else -FOREVER_US
            until = microseconds(told.until - EPOCH) if told.until else FOREVER_US
            segment = comparison.segment
            sides.append((index, side, segment, told.values is None, since, until))
            values += [
                (index, side, segment, one) for one in dict.fromkeys(told.values or ())
            ]
        for segment, kept in comparison.only.items():
            values += [(index, "only", segment, one) for one in dict.fromkeys(kept)]
    write_table(
        con,
        "cfg_comparisons",
        "comparison_index integer, comparison varchar, label_a varchar, "
        "label_b varchar",
        [
            (index, name, *(side.label for side in comparison.sides(zone)))
            for index, (name, comparison) in named
        ],
    )
    write_table(
        con,
        "cfg_compared_sides",
        "comparison_index integer, side varchar, segment varchar, is_rest boolean, "
        "from_us bigint, until_us bigint",
        sides,
    )
    write_table(
        con,
        "cfg_compared_values",
        "comparison_index integer, side varchar, segment varchar, "
        "segment_value varchar",
        values,
    )
    _write_drift(con, config)


def _write_drift(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    drift = config.drift
    write_table(
        con,
        "cfg_drift",
        "within_us bigint",
        [(microseconds(drift.within),)] if drift else [],
    )
    write_table(
        con,
        "cfg_drift_by",
        "segment varchar",
        [(segment,) for segment in ("all", *drift.by)] if drift else [],
    )
