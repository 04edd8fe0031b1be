"""Attempts, churn and retention in the project file, as `cfg_*` tables and scalars."""

from collections.abc import Iterator
from datetime import timedelta

import duckdb

from journeymine.config import Config
from journeymine.config_lifecycle import Retention, Term
from journeymine.config_values import microseconds
from journeymine.warehouse import Parameters, Row, write_table

PERIODS = {"week": timedelta(days=7), "month": timedelta(days=30)}
"""How long a period of a customer's own is."""

RISK_STATES, RISK_MOMENTS = 60_000, 24
"""From how many states of the past, and how many moments, the risk is learned."""


def write_lifecycle(con: duckdb.DuckDBPyConnection, config: Config) -> None:
    """Write the `cfg_*` tables of attempts, churn and retention."""
    write_table(
        con,
        "cfg_attempts",
        "attempt_kind varchar, timeout_us bigint, recover_us bigint",
        list(_attempts(config)),
    )
    write_table(
        con,
        "cfg_attempt_activities",
        "attempt_kind varchar, cause varchar, activity varchar",
        list(_attempt_activities(config)),
    )
    write_table(
        con,
        "cfg_retention_activities",
        "role varchar, activity varchar",
        list(_retention_activities(config)),
    )
    write_table(
        con,
        "cfg_churn_activities",
        "role varchar, activity varchar",
        list(_churn_activities(config)),
    )
    is_asked = config.churn is not None and config.churn.risk
    write_table(
        con,
        "cfg_churn_risk",
        "states bigint, moments bigint",
        [(RISK_STATES, RISK_MOMENTS)] if is_asked else [],
    )


def lifecycle_scalars(config: Config) -> Parameters:
    """Return what the models of churn and retention ask of the project file."""
    retention, churn = config.retention or Retention(), config.churn
    term = (churn and churn.term) or Term()
    return {
        "has_retention": config.retention is not None,
        "retention_period": retention.period,
        "retention_us": microseconds(PERIODS[retention.period]),
        "has_churn": churn is not None,
        "is_contractual": churn is not None and churn.is_contractual,
        "term_us": microseconds(term.length),
        "term_months": term.months,
        "term_end": churn.term_end if churn else None,
    }


def _attempts(config: Config) -> Iterator[Row]:
    for name, kind in config.abandonment.items():
        timeout = None if kind.timeout == "learned" else microseconds(kind.timeout)
        yield name, timeout, microseconds(kind.recover_within)


def _attempt_activities(config: Config) -> Iterator[Row]:
    """Yield what opens an attempt (`intent`) and what ends it (its cause)."""
    for name, kind in config.abandonment.items():
        yield from ((name, "intent", activity) for activity in kind.intent)
        yield from ((name, "converted", activity) for activity in kind.goal)
        for cause, activities in kind.exits.items():
            yield from ((name, cause, activity) for activity in activities)


def _retention_activities(config: Config) -> Iterator[Row]:
    if config.retention:
        yield from (("birth", activity) for activity in config.retention.cohort)
        yield from (("return", activity) for activity in config.retention.returns)


def _churn_activities(config: Config) -> Iterator[Row]:
    """Yield what opens a term or renews it (`term`), and what ends it (`end`)."""
    if config.churn:
        opening = (*config.churn.start, *config.churn.renew)
        yield from (("term", activity) for activity in opening)
        yield from (("end", activity) for activity in config.churn.end)
