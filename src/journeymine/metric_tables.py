"""What the project file measures, as `cfg_*` tables: funnels, attempts, feedback."""

from collections.abc import Iterator

import duckdb

from journeymine.config import Config
from journeymine.config_values import microseconds
from journeymine.warehouse import Row, write_table


def write_metrics(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of funnels, attempts and feedback."""
    _write_funnels(con, config)
    _write_abandonment(con, config)
    _write_feedback(con, config)


def _write_funnels(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    write_table(
        con,
        "cfg_funnels",
        "funnel varchar, funnel_index integer, unit varchar, entry varchar, "
        "ties varchar, window_us bigint, steps integer, journey_kind varchar",
        [
            (
                name,
                index,
                funnel.unit,
                funnel.entry,
                funnel.ties,
                microseconds(funnel.window),
                len(funnel.steps),
                funnel.journey,
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
        yield from ((name, *pair) for pair in pairs(kind.exits))


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


def pairs(named: dict[str, tuple[str, ...]]) -> list[Row]:
    """Return (name, activity) for each activity of each name."""
    return [
        (name, activity)
        for name, activities in named.items()
        for activity in activities
    ]
