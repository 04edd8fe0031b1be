"""Where a process changes in the course of time, and when.

The time is cut into bins. For each transition the likeliest cuts are found at which its
share changes, and for the process as a whole those at which all shares do. How much a
cut must gain to be more than chance is learned: the log is drawn anew many times with
the volumes that it has, and shares that never change. Where nothing drifts, some
transition is found to do so in 2 % of logs, and the whole in 2 %.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from journeymine.comparing.changes import MOST_CUTS, Change, Series, changes_of
from journeymine.comparing.trials import Counts, Floats, Fork, Trials, read_trials
from journeymine.plan import Context
from journeymine.warehouse import write_arrow

DRAWS = 199
"""Of logs without drift."""
MOST_BINS = 60
MOST_DAYS = 28
"""Of a longer time weeks are looked at."""


@dataclass(frozen=True)
class Chance:
    """The greatest gain per cut in each draw: of any one transition, and of all."""

    one: Floats
    all: Floats


Row = tuple[object, ...]
COLUMNS = (
    *("slice_code", "activity_code", "next_activity_code", "changed_on"),
    *("earliest_on", "latest_on", "trials_before", "trials_after"),
    *("cases_before", "cases_after", "p_value"),
)
TYPES = (*(pa.int64(),) * 3, *(pa.date32(),) * 3, *(pa.int64(),) * 4, pa.float64())


def make_drift(context: Context) -> None:
    """Write `py_drift`: one row per change, of a transition or (codes null) of all.

    Trials and cases are those between this change and the one before, or after.
    """
    drift = context.config.drift
    rows = [
        row
        for trials in (read_trials(context.con) if drift else ())
        for row in changed(
            trials, bin_days(trials.days, drift.bin if drift else "auto")
        )
    ]
    schema = pa.schema(list(zip(COLUMNS, TYPES, strict=True)))
    told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    write_arrow(context.con, "py_drift", pa.Table.from_pylist(told, schema))


def bin_days(days: int, told: str) -> int:
    """Return the length of a bin: days or weeks, so many that bins are not too many.

    A week has the same weekdays as any other, so that weekends are no change.
    """
    is_short = days <= MOST_DAYS if told == "auto" else told == "day"
    unit = 1 if is_short else 7
    return unit * max(1, -(-days // (unit * MOST_BINS)))


def changed(trials: Trials, length: int) -> Iterator[Row]:
    """Yield the changes of the whole, then those of each transition, as `COLUMNS`."""
    if not trials.forks:
        return
    edges = np.arange(0, trials.days, length)
    chance = draw_chance(trials.forks, edges)
    every = [_split(fork, None) for fork in trials.forks]
    whole = Series(
        np.hstack([one.counts for one in every]),
        np.concatenate([one.weights for one in every]),
    )
    for change in changes_of(whole, edges, chance.all):
        yield _row(trials, change)
    for fork in trials.forks:
        for way in np.flatnonzero(fork.is_tested):
            series = _split(fork, int(way))
            for change in changes_of(series, edges, chance.one):
                yield _row(trials, change, fork, int(way))


def draw_chance(forks: tuple[Fork, ...], edges: Counts) -> Chance:
    """Return what the best cuts gain in logs whose shares never change."""
    # numba takes half a second to import: only where drift is looked for.
    from journeymine.comparing.segments import note_chance, sharpest  # noqa: PLC0415

    random = np.random.default_rng(0)
    one = np.zeros(DRAWS)
    likelihoods = np.zeros((DRAWS, len(edges) + 1, len(edges) + 1))
    for fork in forks:
        counts = np.add.reduceat(fork.counts, edges)
        totals = np.broadcast_to(counts.sum(axis=1), (DRAWS, len(edges)))
        drawn = random.multinomial(totals, counts.sum(axis=0) / counts.sum())
        note_chance(drawn, fork.is_tested, MOST_CUTS, (one, likelihoods))
    whole = [sharpest(likelihoods[draw], MOST_CUTS) for draw in range(DRAWS)]
    return Chance(one, np.array(whole))


def _split(fork: Fork, way: int | None) -> Series:
    """Return the counts of a way and of all others; without a way, those of each."""
    totals = fork.counts.sum(axis=1)
    if way is None:
        counts, effect = [*fork.counts.T, totals], fork.effect
    else:
        cases = fork.counts[:, way]
        counts, effect = [cases, totals - cases, totals], float(fork.effects[way])
    weights = np.ones(len(counts)) / effect
    weights[-1] *= -1
    return Series(np.stack(counts, axis=1), weights)


def _row(
    trials: Trials, change: Change, fork: Fork | None = None, way: int | None = None
) -> Row:
    """Return a change as `COLUMNS`."""
    days = [trials.day(place) for place in change[:3]]
    if fork is None or way is None:
        return (trials.slice_code, None, None, *days, *[None] * 4, change.p)
    parts = [
        fork.counts[first:last]
        for first, last in ((change.since, change.at), (change.at, change.until))
    ]
    return (
        *(trials.slice_code, fork.activity_code, int(fork.ways[way])),
        *days,
        *(int(part.sum()) for part in parts),
        *(int(part[:, way].sum()) for part in parts),
        change.p,
    )
