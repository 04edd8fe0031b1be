"""The lists of the project file, as small `cfg_*` tables that the models join."""

import duckdb

from journeymine.config import Config
from journeymine.connectors import load_connectors
from journeymine.erasing.shared import write_shared
from journeymine.identity_tables import write_identity
from journeymine.journey_tables import write_journeys
from journeymine.metric_tables import write_metrics
from journeymine.notes import write_notes
from journeymine.object_tables import write_objects
from journeymine.privacy import masked
from journeymine.times import clock_changes
from journeymine.warehouse import write_table

BUILT_IN_SEGMENTS = ("channel", "device", "outcome")

DEFAULT_CHANNEL = {"marketing": "email", "web": "web"}
"""Channel of a source that states none; other systems give it their own name."""


def write_settings(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write every `cfg_*` table."""
    _write_sources(con, config)
    write_journeys(con, config)
    _write_personas(con, config)
    _write_segments(con, config)
    write_identity(con, config.identity)
    write_shared(con, config.output / "landing")
    write_metrics(con, config)
    write_objects(con, config)
    write_notes(con, config)


def segment_names(config: Config) -> list[str]:
    """Return the segments that slice the marts, in order; `month` is the last."""
    declared = [
        *config.project.segments,
        *(name for source in config.sources.values() for name in source.segments),
    ]
    further = [
        name
        for name in dict.fromkeys(declared)
        if name not in (*BUILT_IN_SEGMENTS, "month")
    ]
    return [*BUILT_IN_SEGMENTS, *further, "month"]


def _write_sources(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    systems = {
        name: source.system or "other" for name, source in config.sources.items()
    }
    zones = {
        name: source.timezone or config.project.timezone
        for name, source in config.sources.items()
    }
    changes = {zone: clock_changes(con, zone) for zone in sorted(set(zones.values()))}
    write_table(
        con,
        "cfg_sources",
        "source varchar, source_system varchar, timezone varchar, clock_changes bit, "
        "default_channel varchar, prefix varchar, dedupe boolean, "
        "project_currency varchar, is_required boolean, "
        "complete_until timestamptz, keeps_lifecycle boolean, "
        "publishes_attributes boolean",
        [
            (
                name,
                systems[name],
                zones[name],
                changes[zones[name]],
                DEFAULT_CHANNEL.get(systems[name], systems[name]),
                source.prefix,
                source.dedupe,
                config.project.currency,
                source.required,
                source.complete_until,
                source.lifecycle == "all",
                source.publishes_attributes,
            )
            for name, source in config.sources.items()
        ],
    )
    write_table(
        con,
        "cfg_company",
        "source varchar, activity varchar",
        [
            (name, activity)
            for name, source in config.sources.items()
            for activity in source.company
        ],
    )
    write_table(
        con,
        "cfg_activity_names",
        "raw_view varchar, written varchar, activity varchar",
        [
            (table.view, written, activity)
            for connector in load_connectors().values()
            for table in connector.tables.values()
            for written, activity in table.activities.items()
        ],
    )
    write_table(
        con,
        "cfg_filters",
        "rule varchar, attribute varchar, match varchar, is_prefix boolean",
        [
            (rule, chosen.attribute, masked(config, match), is_prefix)
            for rule, chosen in config.filters.items()
            for is_prefix, matches in ((False, chosen.equals), (True, chosen.prefix))
            for match in matches
        ],
    )


def _write_personas(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_persona_until",
        "activity varchar",
        [(activity,) for activity in config.personas.until],
    )


def _write_segments(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_segments",
        "segment_index integer, segment varchar, is_attribute boolean",
        [
            (index, name, name not in ("channel", "outcome", "month"))
            for index, name in enumerate(segment_names(config), start=1)
        ],
    )
