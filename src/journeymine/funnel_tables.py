"""The funnels of the project file, as `cfg_*` tables."""

import duckdb

from journeymine.clock import EPOCH
from journeymine.config import Config
from journeymine.config_funnels import Funnel
from journeymine.config_values import microseconds
from journeymine.warehouse import Row, write_table


def write_funnels(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of funnels."""
    write_table(
        con,
        "cfg_funnels",
        "funnel varchar, funnel_index integer, unit varchar, entry varchar, "
        "mode varchar, ties varchar, window_us bigint, steps integer, "
        "journey_kind varchar, from_us bigint, until_us bigint, dialect varchar",
        [
            (
                name,
                index,
                funnel.unit,
                funnel.entry,
                funnel.mode,
                funnel.ties,
                microseconds(funnel.window),
                len(funnel.steps),
                funnel.journey,
                *(
                    limit and microseconds(limit - EPOCH)
                    for limit in funnel.limits(config.project.zone)
                ),
                funnel.dialect,
            )
            for index, (name, funnel) in enumerate(config.funnels.items(), start=1)
        ],
    )
    write_table(
        con,
        "cfg_funnel_steps",
        "funnel varchar, step_index integer, step varchar, is_optional boolean, "
        "previous_index integer, activity varchar",
        [
            row
            for name, funnel in config.funnels.items()
            for row in _steps(name, funnel)
        ],
    )
    write_table(
        con,
        "cfg_funnel_exclusions",
        "funnel varchar, activity varchar, drops_unit boolean",
        [
            (name, activity, drops_unit)
            for name, funnel in config.funnels.items()
            for drops_unit, activities in (
                (False, funnel.exclusions.end_attempt),
                (True, funnel.exclusions.drop_unit),
            )
            for activity in dict.fromkeys(activities)
        ],
    )
    write_table(
        con,
        "cfg_funnel_holds",
        "funnel varchar, hold_index integer, attribute varchar",
        [
            (name, index, attribute)
            for name, funnel in config.funnels.items()
            for index, attribute in enumerate(dict.fromkeys(funnel.hold), start=1)
        ],
    )


def _steps(name: str, funnel: Funnel) -> list[Row]:
    """Return a row per step and activity, with the required step before."""
    required = [
        index for index, step in enumerate(funnel.steps, start=1) if not step.optional
    ]
    return [
        (
            name,
            index,
            title,
            step.optional,
            max((one for one in required if one < index), default=None),
            activity,
        )
        for index, (step, title) in enumerate(
            zip(funnel.steps, funnel.titles, strict=True), start=1
        )
        for activity in dict.fromkeys(step.any)
    ]
