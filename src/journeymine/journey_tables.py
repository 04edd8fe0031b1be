"""What the project says of journeys, as `cfg_*` tables: kinds, steps, stages, rules."""

from collections.abc import Iterator

import duckdb

from journeymine.config import Config
from journeymine.config_journeys import FurtherJourney, Journey
from journeymine.config_values import microseconds
from journeymine.metric_tables import pairs
from journeymine.warehouse import Row, write_table


def write_journeys(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of journeys, their steps, stages and rules."""
    _write_kinds(con, config)
    _write_skipped(con, config)
    _write_stages(con, config)
    _write_rules(con, config)


def _write_kinds(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    kinds: dict[str, Journey | FurtherJourney]
    kinds = {"main": config.journey, **config.journeys}
    write_table(
        con,
        "cfg_journey_kinds",
        "journey_kind varchar, kind_index integer, inactivity_us bigint, "
        "has_starts boolean",
        [
            ("main", 0, None, False),
            *(
                (
                    name,
                    index,
                    kind.inactivity and microseconds(kind.inactivity),
                    bool(kind.start),
                )
                for index, (name, kind) in enumerate(config.journeys.items(), start=1)
            ),
        ],
    )
    write_table(
        con,
        "cfg_journey_roles",
        "journey_kind varchar, activity varchar, role varchar, exit_cause varchar",
        [(name, *role) for name, kind in kinds.items() for role in _roles(kind)],
    )


def _write_skipped(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write which activities are no steps: as noise, or as repeats; null for any."""
    collapse = config.journey.collapse
    write_table(
        con,
        "cfg_skipped",
        "activity varchar, reason varchar",
        [
            *((activity, "noise") for activity in config.journey.noise),
            *((one, "repeat") for one in ((None,) if collapse == "all" else collapse)),
        ],
    )


def _roles(kind: Journey | FurtherJourney) -> Iterator[Row]:
    """Yield (activity, role, cause of an exit) for all that starts or ends a kind."""
    starts = kind.start if isinstance(kind, FurtherJourney) else ()
    yield from ((activity, "start", None) for activity in dict.fromkeys(starts))
    yield from ((activity, "goal", None) for activity in kind.goal)
    yield from ((activity, "exit", cause) for cause, activity in pairs(kind.exits))


def _write_stages(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    further = [rule.stage for rule in config.rules if rule.stage]
    names = dict.fromkeys((*config.stages, *further))
    write_table(
        con,
        "cfg_stages",
        "stage_index integer, stage varchar, activity varchar",
        [
            (index, stage, activity)
            for index, stage in enumerate(names, start=1)
            # A stage that only rules name has no activity of its own.
            for activity in config.stages.get(stage, (None,))
        ],
    )


def _write_rules(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    says = [rule.says for rule in config.rules]
    write_table(
        con,
        "cfg_rules",
        "rule_index integer, rule_code integer, touchpoint varchar, channel varchar, "
        "stage varchar",
        [
            (
                index,
                says.index(rule.says) + 1,
                rule.touchpoint,
                rule.channel,
                rule.stage,
            )
            for index, rule in enumerate(config.rules, start=1)
        ],
    )
