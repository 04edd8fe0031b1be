"""Silences that count as leaving: set by the project, or learned from its customers."""

from datetime import timedelta

from journeymine.config_values import microseconds
from journeymine.plan import Context
from journeymine.warehouse import write_table

DAY_US = microseconds(timedelta(days=1))
LEAST_DAYS, MOST_DAYS = 7, 180
LEAST_TIMEOUT = timedelta(minutes=30)
RETURNING_SHARE = 0.05
"""Of those who were silent for the horizon, so many may return before twice it."""


def make_churn_horizon(context: Context) -> None:
    """Write `py_churn_horizon`, and set `churn_horizon_us`: the silence that is churn.

    Learned, it is the least whole number of days, from 7 to 180, such that of the
    silences of that length which began before A - 2 x that length at most 5 % end
    before twice that length; else 180 days, and `is_fallback` is true. Of contracts
    it is the days of grace. Columns: horizon_us, is_learned, is_fallback. Zero where
    the project asks for no churn.
    """
    churn = context.config.churn
    is_learned = churn is not None and not churn.is_contractual and not churn.horizon
    learned = _learned(context) if is_learned else None
    if churn is None:
        horizon_us = 0
    elif churn.is_contractual:
        # Active is a term's last microsecond; its end is the one after it.
        horizon_us = microseconds(churn.grace or timedelta(0)) + 1
    elif churn.horizon is not None:
        horizon_us = microseconds(churn.horizon)
    else:
        horizon_us = (learned or MOST_DAYS) * DAY_US
    write_table(
        context.con,
        "py_churn_horizon",
        "horizon_us bigint, is_learned boolean, is_fallback boolean",
        [(horizon_us, is_learned, is_learned and learned is None)],
    )
    context.parameters["churn_horizon_us"] = horizon_us
    basis = "learned" if learned else "the longest: nothing shorter holds"
    context.parameters["churn_horizon_basis"] = basis if is_learned else "set"


def make_attempt_timeouts(context: Context) -> None:
    """Write `py_attempt_timeouts`: attempt_kind, timeout_us, is_learned.

    Learned, it is the 0.95 quantile of `int_attempt_gaps`, and at least 30 minutes.
    """
    context.con.execute(
        f"""
        create or replace table py_attempt_timeouts as
        select
            cfg_attempts.attempt_kind,
            coalesce(
                any_value(cfg_attempts.timeout_us),
                greatest(
                    quantile_disc(int_attempt_gaps.silence_us, 0.95),
                    {microseconds(LEAST_TIMEOUT)}
                )
            ) as timeout_us,
            any_value(cfg_attempts.timeout_us) is null as is_learned
        from cfg_attempts
        left join int_attempt_gaps
            on cfg_attempts.attempt_kind = int_attempt_gaps.attempt_kind
        group by cfg_attempts.attempt_kind
        """
    )


def lifecycle_basis(context: Context) -> dict[str, str]:
    """Return what attempts, churn and retention of this run depend on, by name."""
    config, scalars = context.config, context.parameters
    found: dict[str, str] = {}
    if config.churn:
        found["churn_kind"] = config.churn.kind
        found["churn_horizon_seconds"] = _seconds(scalars["churn_horizon_us"])
        found["churn_horizon_basis"] = str(scalars["churn_horizon_basis"])
    for kind, timeout_us, is_learned in context.con.execute(
        "select attempt_kind, timeout_us, is_learned from py_attempt_timeouts"
    ).fetchall():
        found[f"abandonment_{kind}_timeout_seconds"] = _seconds(timeout_us)
        basis = "learned" if is_learned else "set"
        found[f"abandonment_{kind}_timeout_basis"] = basis
    if config.retention:
        found["retention_period"] = config.retention.period
        found["retention_cohort"] = _any_of(config.retention.cohort)
        found["retention_returns"] = _any_of(config.retention.returns)
    return found


def _any_of(activities: tuple[str, ...]) -> str:
    return " or ".join(activities) or "any own event"


def _seconds(microseconds: object) -> str:
    return str(int(str(microseconds)) // 1_000_000)


def _learned(context: Context) -> int | None:
    """Return the least number of days that customers seldom return after, or None."""
    found = context.con.execute(
        f"""
        with silences as (
            select
                occurred_us as began_us,
                lead(occurred_us) over (
                    partition by customer_code order by occurred_us, event_number
                ) - occurred_us as silence_us
            from int_event_log
            where is_customer
        ),
        long as (
            -- A silence that is not over counts as one without a return. Which days it
            -- speaks for, and from which on it counts as a return, is all that counts.
            select
                least(
                    ({context.parameters["as_of_us"]} - began_us - 1) // {2 * DAY_US},
                    coalesce((silence_us - 1) // {DAY_US}, {MOST_DAYS})
                ) as last_day,
                silence_us // {2 * DAY_US} + 1 as returns_from,
                count(*) as silences
            from silences
            where silence_us is null or silence_us > {LEAST_DAYS * DAY_US}
            group by all
        )
        select days
        from range({LEAST_DAYS}, {MOST_DAYS + 1}) as horizons (days)
        inner join long on days <= long.last_day
        group by days
        having coalesce(sum(silences) filter (where days >= long.returns_from), 0)
            <= {RETURNING_SHARE} * sum(silences)
        order by days
        limit 1
        """
    ).fetchall()
    return int(found[0][0]) if found else None
