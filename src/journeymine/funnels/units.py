"""One row per unit of a funnel: how far it came, when, and what ended its attempts."""

import numpy as np
import pyarrow as pa

from journeymine.config_funnels import Funnel
from journeymine.config_values import microseconds
from journeymine.funnels.batch import Batch, make_batch, rows_of
from journeymine.funnels.outcomes import (
    depths_of_ties,
    entries_of,
    excluded_rows,
    leaving_rows,
    mature_depths,
    window_start,
)
from journeymine.funnels.search import Depths
from journeymine.funnels.types import Integers, Log
from journeymine.funnels.ways import required_steps


def measure_units(log: Log, codes: Integers, funnel: Funnel, as_of_us: int) -> pa.Table:
    """Return the columns of `py_funnel_units`, but the funnel's name.

    Parameters
    ----------
    codes
        Code of each unit of the log.
    as_of_us
        The watermark, in microseconds since 1970.
    """
    batch = make_batch(log, funnel)
    rows, unit = rows_of(batch)
    main = batch.depths(rows)
    mature = mature_depths(batch, rows, main, window_start(batch, as_of_us))
    (first, last), bounds = entries_of(batch, rows), batch.main.bounds
    columns = {
        "unit_code": codes[unit],
        "attempt_index": attempt_index(funnel, unit),
        **depth_columns("", main),
        **depth_columns("_mature", mature),
        **{
            name: column
            for ties in ("strict", "interchangeable")
            for name, column in depth_columns(
                f"_{ties}", depths_of_ties(batch, ties, rows, main)
            ).items()
        },
        "is_excluded": excluded_rows(batch, rows, main),
        **moment_columns(batch, (first, last, bounds.ender[last]), main),
    }
    stays = ~leaving_rows(batch, rows, unit, main)
    return pa.table(columns | {"step_us": step_times(batch, main)}).filter(stays)


def attempt_index(funnel: Funnel, unit: Integers) -> Integers:
    """Return the position of each row among the attempts of its unit, from 1."""
    if funnel.entry != "attempts":
        return np.ones(len(unit), np.int64)
    return np.arange(len(unit)) - np.searchsorted(unit, unit) + 1


def depth_columns(name: str, depths: Depths) -> dict[str, pa.Array]:
    """Return the columns of a depth, null where there is no entry."""
    is_none = depths.depth == 0
    return {
        f"depth{name}": pa.array(depths.depth, pa.int32(), mask=is_none),
        f"optional_held{name}": pa.array(depths.held, mask=is_none),
    }


def moment_columns(
    batch: Batch, events: tuple[Integers, Integers, Integers], main: Depths
) -> dict[str, pa.Array]:
    """Return when the entries were, and what followed them.

    `events` are the first and the last entry of each row, by position, and the
    exclusion that ends the last one's attempt, or -1.
    """
    log = batch.log
    first, last, ender = events
    own = np.arange(len(main.depth))
    deepest = main.reached.last[own, main.depth - 1]
    return {
        "first_entry_us": pa.array(log.us[first]),
        "last_entry_us": pa.array(log.us[last]),
        "last_step_event": pa.array(log.number[deepest]),
        "last_step_us": pa.array(log.us[deepest]),
        "converted_us": _times(log, main.reached.first[:, -1]),
        "ended_us": _times(log, ender),
        "exited_us": _times(log, batch.main.bounds.exit[last]),
    }


def _times(log: Log, event: Integers) -> pa.Array:
    return pa.array(log.us[event], mask=event < 0)


def step_times(batch: Batch, main: Depths) -> pa.Array:
    """Return, as lists over the steps, the time since the latest entry to each.

    It is from 0 to the window, also where a dialect counts fractions of a second so.
    """
    entry, first = main.reached.entry, main.reached.first
    is_known = np.zeros(entry.shape, np.bool_)
    required = required_steps(batch.funnel)
    is_known[:, required] = entry[:, required] >= 0
    times = np.where(is_known, batch.log.us[first] - batch.log.us[entry], 0)
    times = times.clip(0, microseconds(batch.funnel.window))
    return pa.ListArray.from_arrays(
        np.arange(len(times) + 1, dtype=np.int32) * entry.shape[1],
        pa.array(times.ravel(), mask=~is_known.ravel()),
    )
