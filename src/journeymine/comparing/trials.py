"""What drift is looked for in: how often what followed an activity, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

LEAST_TRIALS = 20
"""That went a way, and that did not: of what is rarer no change could be seen."""

MOST_WAYS = 200
"""The most frequent transitions of a slice are looked at one by one."""

REST = -1
"""Stands for all rare ways on from an activity together."""


@dataclass(frozen=True)
class Fork:
    """An activity, and the ways that journeys took from it.

    Attributes
    ----------
    activity_code
        0 for what is before the start.
    ways
        Shape (ways,): activities that followed; 0 for none in time, `REST` for the
        rare ones.
    counts
        Shape (days, ways).
    effects
        Shape (ways,), from 1: by how much the variance exceeds that of independent
        trials, because those of one customer are alike.
    is_tested
        Shape (ways,).
    """

    activity_code: int
    ways: Counts
    counts: Counts
    effects: Floats
    is_tested: NDArray[np.bool_]

    @property
    def effect(self) -> float:
        """The same over all ways (Rao and Scott 1981, first order)."""
        shares = self.counts.sum(axis=0) / self.counts.sum()
        return float((1 - shares) @ self.effects / (1 - shares).sum())


@dataclass(frozen=True)
class Trials:
    """All forks of a slice, and its first day."""

    slice_code: int
    first: date
    days: int
    forks: tuple[Fork, ...]

    def day(self, place: int) -> date:
        """Return the day at a place, from 0."""
        return self.first + timedelta(days=place)


def read_trials(con: duckdb.DuckDBPyConnection) -> Iterator[Trials]:
    """Yield the trials of each slice that has any."""
    slices = con.execute(
        "select slice_code, min(day), date_diff('day', min(day), max(day)) + 1"
        " from int_drift_counts group by slice_code order by slice_code"
    ).fetchall()
    for code, first, days in slices:
        found = con.execute(
            """
            select
                counts.activity_code,
                counts.next_activity_code,
                date_diff('day', $first, counts.day),
                counts.trials
            from int_drift_counts as counts
            where counts.slice_code = $code
            order by all
            """,
            {"first": first, "code": code},
        ).fetchnumpy()
        sums = con.execute(
            """
            select activity_code, next_activity_code, nn, kn, kk
            from int_drift_sums
            where slice_code = $code
            order by all
            """,
            {"code": code},
        ).fetchall()
        columns = [np.asarray(column, dtype=np.int64) for column in found.values()]
        yield Trials(code, first, days, _forks(columns, sums, days))


def _forks(
    columns: list[Counts], sums: list[tuple[float, ...]], days: int
) -> tuple[Fork, ...]:
    """Return the forks of which anything can be said, by activity."""
    keys = [(int(row[0]), int(row[1])) for row in sums]
    place = {key: number for number, key in enumerate(keys)}
    pairs = zip(columns[0].tolist(), columns[1].tolist(), strict=True)
    numbers = np.array([place[pair] for pair in pairs], dtype=np.int64)
    counts = np.zeros((days, len(keys)), dtype=np.int64)
    counts[columns[2], numbers] = columns[3]
    totals = counts.sum(axis=0)
    codes, ways = np.array(keys, dtype=np.int64).T
    of = np.bincount(codes, totals)[codes].astype(np.int64)
    can_tell = np.minimum(totals, of - totals) >= LEAST_TRIALS
    frequent = np.argsort(np.where(can_tell, -totals, 0), kind="stable")[:MOST_WAYS]
    is_tested = np.zeros(len(keys), dtype=np.bool_)
    is_tested[frequent] = can_tell[frequent]
    effects = _effects(np.array([row[2:] for row in sums]), totals, of)
    forks = []
    for code in np.unique(codes[can_tell]).tolist():
        here = np.flatnonzero(codes == code)
        all_ways = Fork(
            code, ways[here], counts[:, here], effects[here], is_tested[here]
        )
        forks.append(_with_rest(all_ways))
    return tuple(forks)


def _with_rest(fork: Fork) -> Fork:
    """Put all ways together that are too rare."""
    is_rare = fork.counts.sum(axis=0) < LEAST_TRIALS
    if not is_rare.any():
        return fork
    rest = fork.counts[:, is_rare].sum(axis=1, keepdims=True)
    return Fork(
        fork.activity_code,
        np.append(fork.ways[~is_rare], REST),
        np.hstack([fork.counts[:, ~is_rare], rest]),
        np.append(fork.effects[~is_rare], 1.0),
        np.append(fork.is_tested[~is_rare], False),
    )


def _effects(sums: Floats, totals: Counts, of: Counts) -> Floats:
    """Return the variance over customers, over that of independent trials."""
    nn, kn, kk = sums.T
    shares = totals / of
    independent = of * shares * (1 - shares)
    squares = kk - 2 * shares * kn + shares**2 * nn
    found = np.ones(len(totals))
    np.divide(squares, independent, out=found, where=independent > 0)
    return np.maximum(found, 1)
