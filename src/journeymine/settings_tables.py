"""The lists of the project file, as small `cfg_*` tables that the models join."""

from collections.abc import Iterator
from datetime import timedelta

import duckdb

from journeymine.config import Config
from journeymine.warehouse import Row, write_table

BUILT_IN_SEGMENTS = ("channel", "device", "outcome")
MICROSECOND = timedelta(microseconds=1)

DEFAULT_CHANNEL = {"marketing": "email", "web": "web"}
"""Channel of a source that states none; other systems give it their own name."""


def write_settings(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write every `cfg_*` table."""
    _write_sources(con, config)
    _write_journey(con, config)
    _write_stages(con, config)
    _write_segments(con, config)
    _write_funnels(con, config)
    _write_abandonment(con, config)
    _write_feedback(con, config)


def microseconds(length: timedelta) -> int:
    """Return a length of time in whole microseconds."""
    return length // MICROSECOND


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
    write_table(
        con,
        "cfg_sources",
        "source varchar, source_system varchar, timezone varchar, "
        "default_channel varchar, prefix varchar, dedupe boolean, "
        "project_currency varchar, is_required boolean, "
        "complete_until timestamptz",
        [
            (
                name,
                systems[name],
                source.timezone or config.project.timezone,
                DEFAULT_CHANNEL.get(systems[name], systems[name]),
                source.prefix,
                source.dedupe,
                config.project.currency,
                source.required,
                source.complete_until,
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
        "cfg_filters",
        "rule varchar, attribute varchar, match varchar, is_prefix boolean",
        [
            (rule, chosen.attribute, match, is_prefix)
            for rule, chosen in config.filters.items()
            for is_prefix, matches in ((False, chosen.equals), (True, chosen.prefix))
            for match in matches
        ],
    )


def _write_journey(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_goals",
        "activity varchar",
        [(activity,) for activity in config.journey.goal],
    )
    write_table(
        con,
        "cfg_exits",
        "exit_cause varchar, activity varchar",
        _pairs(config.journey.exits),
    )


def _write_stages(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_stages",
        "stage_index integer, stage varchar, activity varchar",
        [
            (index, stage, activity)
            for index, (stage, activities) in enumerate(config.stages.items(), start=1)
            for activity in activities
        ],
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


def _write_funnels(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_funnels",
        "funnel varchar, funnel_index integer, unit varchar, entry varchar, "
        "ties varchar, window_us bigint, steps integer",
        [
            (
                name,
                index,
                funnel.unit,
                funnel.entry,
                funnel.ties,
                microseconds(funnel.window),
                len(funnel.steps),
            )
            for index, (name, funnel) in enumerate(config.funnels.items(), start=1)
        ],
    )
    write_table(
        con,
        "cfg_funnel_steps",
        "funnel varchar, step_index integer, step varchar, activity varchar",
        [
            (name, index, " or ".join(step), activity)
            for name, funnel in config.funnels.items()
            for index, step in enumerate(funnel.steps, start=1)
            for activity in dict.fromkeys(step)
        ],
    )


def _write_abandonment(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_attempts",
        "attempt_kind varchar, timeout_us bigint, recover_us bigint",
        [
            (
                name,
                None if kind.timeout == "learned" else microseconds(kind.timeout),
                microseconds(kind.recover_within),
            )
            for name, kind in config.abandonment.items()
        ],
    )
    write_table(
        con,
        "cfg_attempt_activities",
        "attempt_kind varchar, cause varchar, activity varchar",
        list(_attempt_activities(config)),
    )


def _attempt_activities(config: Config) -> Iterator[Row]:
    """Yield what opens an attempt (`intent`) and what ends it (its cause)."""
    for name, kind in config.abandonment.items():
        yield from ((name, "intent", activity) for activity in kind.intent)
        yield from ((name, "converted", activity) for activity in kind.goal)
        yield from ((name, *pair) for pair in _pairs(kind.exits))


def _write_feedback(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_feedback",
        "feedback varchar, activity varchar, kind varchar, "
        "score_attribute varchar, low double, high double, "
        "is_solicited boolean, sent_activity varchar, text_attribute varchar, "
        "about_attribute varchar",
        [
            (
                name,
                answer.activity,
                answer.kind,
                answer.score,
                *answer.scale,
                answer.solicited,
                answer.sent,
                answer.text,
                answer.about,
            )
            for name, answer in config.feedback.items()
        ],
    )


def _pairs(named: dict[str, tuple[str, ...]]) -> list[Row]:
    return [
        (name, activity)
        for name, activities in named.items()
        for activity in activities
    ]
