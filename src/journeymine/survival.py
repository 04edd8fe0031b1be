"""Estimates from durations of which some are not over: Aalen and Johansen's."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from journeymine.plan import Context

OPEN = "in_progress"
"""The cause of a duration that is not over: it is censored."""


def cumulative_incidences(
    durations: NDArray[np.int64], causes: NDArray[np.str_], counts: NDArray[np.int64]
) -> dict[str, float]:
    """Return, per cause, the probability to end by it within the longest duration.

    Aalen and Johansen (1978). What no cause explains is survival, under
    `in_progress`; all together sum to 1.

    Parameters
    ----------
    durations
        Shape (n,). An end at the same time as a censoring comes first.
    causes
        Shape (n,). `in_progress` where the duration is censored.
    counts
        Shape (n,): how many share the duration and the cause.
    """
    times, places = np.unique(durations, return_inverse=True)
    is_end = causes != OPEN
    ended = np.bincount(places[is_end], counts[is_end], len(times))
    gone = np.bincount(places, counts, len(times))
    at_risk = gone[::-1].cumsum()[::-1]
    survival = np.cumprod(1 - ended / at_risk)
    before = np.r_[1.0, survival[:-1]]
    incidence = {}
    for cause in np.unique(causes[is_end]):
        of_it = causes == cause
        ends = np.bincount(places[of_it], counts[of_it], len(times))
        incidence[str(cause)] = float(np.sum(before * ends / at_risk))
    incidence[OPEN] = float(survival[-1]) if len(times) else 1.0
    return incidence


def make_incidences(context: Context) -> None:
    """Write `py_attempt_incidence`: how attempts end, per slice and cause.

    Columns: attempt_kind, persona, segment, segment_value, cause, incidence, settled
    (attempts whose end is known). Every cause of a kind stands in every slice.
    """
    con = context.con
    keys = con.execute(f"{_SLICES} select * from slices order by slice").fetchall()
    attempts = con.execute(
        f"""
        {_SLICES}
        select slices.slice, duration_us, cause, sum(attempts)::bigint as attempts
        from int_attempt_slices
        inner join slices using (attempt_kind, persona, segment, segment_value)
        group by all
        order by all
        """
    ).fetchnumpy()
    slices = np.asarray(attempts["slice"])
    causes = np.asarray(attempts["cause"]).astype(np.str_)
    durations = np.asarray(attempts["duration_us"])
    counts = np.asarray(attempts["attempts"])
    every_cause = {
        name: sorted({"converted", "silence", OPEN, *kind.exits})
        for name, kind in context.config.abandonment.items()
    }
    found = []
    for slice_, *key in keys:
        part = slice(*np.searchsorted(slices, [slice_, slice_ + 1]))
        incidence = cumulative_incidences(durations[part], causes[part], counts[part])
        settled = int(counts[part][causes[part] != OPEN].sum())
        found += [
            (*key, cause, incidence.get(cause, 0.0), settled)
            for cause in every_cause[key[0]]
        ]
    names = ("attempt_kind", "persona", "segment", "segment_value", "cause")
    schema = pa.schema(
        [(name, pa.string()) for name in names]
        + [("incidence", pa.float64()), ("settled", pa.int64())]
    )
    con.register(
        "estimated",
        pa.Table.from_pylist(
            [dict(zip(schema.names, row, strict=True)) for row in found], schema
        ),
    )
    con.execute("create or replace table py_attempt_incidence as from estimated")
    con.unregister("estimated")


_SLICES = """
with slices as (
    select
        row_number() over (
            order by attempt_kind, persona, segment, segment_value
        ) as slice,
        attempt_kind,
        persona,
        segment,
        segment_value
    from int_attempt_slices
    group by attempt_kind, persona, segment, segment_value
)
"""
