"""The steps of the build graph that try the risk to churn on the past, and tell it."""

import numpy as np
import pyarrow as pa

from journeymine.churn_risk.model import RiskModel, learned
from journeymine.churn_risk.reasons import REASONS
from journeymine.churn_risk.states import States, read_states
from journeymine.churn_risk.trials import COLUMNS, split, trials
from journeymine.plan import Context
from journeymine.warehouse import Row, scalar, write_arrow, write_table

TOLD = 3
"""So many reasons are told of each customer."""

_SCHEMA = pa.schema(
    {
        "customer_code": pa.int64(),
        "risk": pa.float64(),
        "reasons": pa.list_(pa.string()),
        "contributions": pa.list_(pa.float64()),
        "other_contribution": pa.float64(),
        "mean_log_odds": pa.float64(),
    }
)


def make_churn_trials(context: Context) -> None:
    """Write `py_churn_trials`: how good the risk was at the latest known moment.

    Columns as in `trials.COLUMNS`; bin 0 is the whole, 1 to 10 are the calibration.
    Empty if the project does not ask for it.
    """
    from journeymine.personas.threads import on_one_thread  # noqa: PLC0415

    rows: list[Row] = []
    if _is_asked(context):
        with on_one_thread():
            rows = trials(split(_past(read_states(context.con))))
    write_table(context.con, "py_churn_trials", COLUMNS, rows)


def make_churn_risk(context: Context) -> None:
    """Write `py_churn_risk`: the risk of each customer of today, and its reasons.

    Learned from all states of the past; empty where the trials allow no claim.
    """
    from journeymine.personas.threads import on_one_thread  # noqa: PLC0415

    told = _SCHEMA.empty_table()
    claims = "select coalesce(bool_or(has_claim), false) from py_churn_trials"
    if scalar(context.con, claims):
        states = read_states(context.con)
        now = states.where(states.is_lost < 0)
        if len(now):
            with on_one_thread():
                told = _risks(learned(_past(states)), now)
    write_arrow(context.con, "py_churn_risk", told)


def _is_asked(context: Context) -> bool:
    churn = context.config.churn
    return churn is not None and churn.risk


def _past(states: States) -> States:
    return states.where(states.is_lost >= 0)


def _risks(model: RiskModel, now: States) -> pa.Table:
    log_odds = model.log_odds(now)
    parts = np.round(model.contributions(now), 6)
    order = np.argsort(-np.abs(parts), axis=1, kind="stable")
    top, rest = order[:, :TOLD], order[:, TOLD:]
    return pa.table(
        [
            now.customer_code,
            np.round(model.risk(now), 6),
            list(np.array(REASONS)[top]),
            list(np.take_along_axis(parts, top, axis=1)),
            np.round(np.take_along_axis(parts, rest, axis=1).sum(axis=1), 6),
            np.full(len(now), np.round(log_odds.mean(), 6)),
        ],
        schema=_SCHEMA,
    )
