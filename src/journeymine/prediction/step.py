"""The steps of the build graph that try predictions on the past, and make them."""

import numpy as np
import pyarrow as pa

from journeymine.plan import Context
from journeymine.prediction import learners
from journeymine.prediction.prefixes import (
    NOTHING,
    Floats,
    Integers,
    Prefixes,
    read_prefixes,
)
from journeymine.prediction.trials import COLUMNS, TARGETS, can_learn, split, trials
from journeymine.warehouse import Row, write_arrow, write_table

TOLD = 5
"""So many next activities are told of each journey."""

_SCHEMA = pa.schema(
    {
        "journey_code": pa.int64(),
        "probabilities": pa.list_(pa.float64()),
        "outcome_basis": pa.string(),
        "next_codes": pa.list_(pa.int64()),
        "next_probabilities": pa.list_(pa.float64()),
        "next_basis": pa.string(),
        "conversion_us": pa.int64(),
        "time_basis": pa.string(),
    }
)
_BASES = """
select distinct on (target) target, basis
from py_prediction_trials
where bin = 0 and (basis <> 'model' or is_better)
order by target, basis <> 'model', coalesce(brier, rmse_us), basis
"""


def make_trials(context: Context) -> None:
    """Write `py_prediction_trials`: how good predictions were on later states.

    Columns as in `trials.COLUMNS`; bin 0 is the whole, 1 to 10 are the calibration.
    Empty if the project predicts nothing, or there is too little to judge by.
    """
    from journeymine.personas.threads import on_one_thread  # noqa: PLC0415

    rows: list[Row] = []
    if context.config.prediction:
        parts = split(_past(read_prefixes(context.con)))
        if parts.is_enough:
            with on_one_thread():
                rows = trials(parts)
    write_table(context.con, "py_prediction_trials", COLUMNS, rows)


def make_predictions(context: Context) -> None:
    """Write `py_predictions`: what is expected of each journey in progress.

    Learned from all states of the past. Each kind of prediction comes from the model
    if it was better than every baseline in the trials, else from the best of these;
    where nothing could be tried, nothing is told.
    """
    from journeymine.personas.threads import on_one_thread  # noqa: PLC0415

    told = _SCHEMA.empty_table()
    bases = dict(context.con.execute(_BASES).fetchall())
    if bases:
        prefixes = read_prefixes(context.con)
        past, now = _past(prefixes), prefixes.where(prefixes.outcome < 0)
        if len(now) and can_learn(past):
            with on_one_thread():
                told = _predictions(past, now, bases)
    write_arrow(context.con, "py_predictions", told)


def _past(prefixes: Prefixes) -> Prefixes:
    return prefixes.where(prefixes.outcome >= 0)


def _predictions(past: Prefixes, now: Prefixes, bases: dict[str, str]) -> pa.Table:
    """Learn from all states of the past, and tell of those of today."""
    basis = {target: pa.scalar(bases[target]) for target in TARGETS}
    classes = learners.next_classes(past)
    outcome = learners.outcomes(past, now)[bases["outcome"]]
    following = learners.next_activities(past, classes, now)[bases["next_activity"]]
    time = learners.times(past, now)[bases["time_to_conversion"]]
    codes, shares = _likeliest(following, classes)
    return pa.table(
        [
            now.journey,
            list(np.round(outcome, 6)),
            pa.repeat(basis["outcome"], len(now)),
            codes,
            shares,
            pa.repeat(basis["next_activity"], len(now)),
            np.round(time, -6).astype(np.int64),
            pa.repeat(basis["time_to_conversion"], len(now)),
        ],
        schema=_SCHEMA,
    )


def _likeliest(
    following: Floats, classes: Integers
) -> tuple[list[Integers], list[Floats]]:
    """Return the likeliest next activities: codes, 0 for none, -1 for any other."""
    shares = np.round(following, 6)
    order = np.argsort(-shares, axis=1, kind="stable")[:, :TOLD]
    codes = np.r_[classes, NOTHING - 1][order]
    return list(codes), list(np.take_along_axis(shares, order, axis=1))
