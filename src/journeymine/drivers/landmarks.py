"""When attempts at a funnel reached each step, from their own entry on."""

import numpy as np
import pyarrow as pa

from journeymine.config_funnels import Funnel
from journeymine.funnels.batch import make_batch, rows_of
from journeymine.funnels.outcomes import entries_of, leaving_rows
from journeymine.funnels.types import Flags, Integers, Log
from journeymine.funnels.ways import required_steps


def attempts_of(log: Log, codes: Integers, funnel: Funnel) -> pa.Table:
    """Return the columns of `py_driver_attempts`, but the funnel's name.

    Parameters
    ----------
    codes
        Code of each unit of the log.
    funnel
        With entry `attempts` or `first`.
    """
    batch = make_batch(log, funnel)
    rows, unit = rows_of(batch)
    depths = batch.depths(rows)
    entry, _ = entries_of(batch, rows)
    first = depths.reached.first
    is_reached = np.zeros(first.shape, np.bool_)
    required = required_steps(funnel)
    is_reached[:, required] = first[:, required] >= 0
    ender = batch.main.bounds.ender[entry]
    found = pa.table(
        {
            "unit_code": codes[unit],
            "attempt_index": np.arange(len(unit)) - np.searchsorted(unit, unit) + 1,
            "entry_us": log.us[entry],
            "ended_us": pa.array(log.us[ender] - log.us[entry], mask=ender < 0),
            "step_us": _per_step(log.us[first] - log.us[entry][:, None], is_reached),
            "step_event": _per_step(log.number[first], is_reached),
        }
    )
    return found.filter(~leaving_rows(batch, rows, unit, depths))


def _per_step(values: Integers, is_known: Flags) -> pa.Array:
    """Return values of rows and steps as lists over the steps."""
    rows, steps = values.shape
    return pa.ListArray.from_arrays(
        np.arange(rows + 1, dtype=np.int32) * steps,
        pa.array(np.where(is_known, values, 0).ravel(), mask=~is_known.ravel()),
    )
