"""The objects of the project file, as a small table that the models join."""

import duckdb

from journeymine.config import Config
from journeymine.warehouse import write_table


def write_objects(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write `cfg_objects`: one row per type of object and place that tells it."""
    write_table(
        con,
        "cfg_objects",
        "object_type varchar, qualifier varchar, place_kind varchar, place varchar",
        [
            (name, one.qualifier or name, kind, place)
            for name, one in config.objects.items()
            for kind, place in one.places
        ],
    )
