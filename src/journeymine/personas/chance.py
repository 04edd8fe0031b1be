"""What the same customers would look like if there were no kinds of them.

Two ways to take kinds away, each from the counts alone. By events: every customer
keeps its number of events, and draws them from the events of all, an activity with its
stage and channel. By customers: only activities are drawn; channels, like all else in
both ways, move as a whole between customers of like numbers of events, each family on
its own. So what goes together by nature (a call is on the phone; one evening visit is
all in the evening) goes together here too, and only kinds of customers are missing.
"""

from dataclasses import dataclass

import numpy as np

from journeymine.personas.counts import MIXES, Counts, Labels, Matrix

LIKE_CUSTOMERS = 20
"""Customers of like numbers of events who pass on what they do."""


@dataclass(frozen=True)
class Pool:
    """The events of all: what happens together, and how often.

    Attributes
    ----------
    places
        Shape (n_cells, 3): columns of activity, stage and channel; -1 for one that
        too few have.
    events
        Shape (n_cells,).
    """

    places: Labels
    events: Labels


def permuted(
    counts: Counts, pool: Pool, random: np.random.Generator, by_events: bool
) -> Counts:
    """Return counts of as many customers without kinds, each with its events."""
    values = counts.values.copy()
    totals = _events_of(counts)
    rows = np.repeat(np.arange(len(totals)), totals)
    cells = random.choice(
        len(pool.events), len(rows), p=pool.events / pool.events.sum()
    )
    drawn = ("activity", "stage", "channel") if by_events else ("activity", "stage")
    values[:, counts.columns(*drawn)] = 0
    for column, _ in enumerate(drawn):
        places = pool.places[cells, column]
        is_kept = places >= 0
        np.add.at(values, (rows[is_kept], places[is_kept]), 1)
    families = [family for family in MIXES if family not in drawn]
    numbers = sorted({family for family, _ in counts.features} - set(MIXES))
    for group in [*([family] for family in families), numbers]:
        columns = counts.columns(*group)
        values[:, columns] = values[_exchange(totals, random)][:, columns]
    return Counts(counts.customer_codes, counts.features, values)


def _events_of(counts: Counts) -> Labels:
    """Return the events per customer: those of its parts of the week."""
    return np.asarray(_sum(counts.values[:, counts.columns("weekday")]), dtype=np.int64)


def _sum(values: Matrix) -> Matrix:
    return np.asarray(values.sum(axis=1))


def _exchange(totals: Labels, random: np.random.Generator) -> Labels:
    """Return whose counts each customer gets: of another with about as many events."""
    order = np.lexsort((random.random(len(totals)), totals))
    taken = order.copy()
    for first in range(0, len(order), LIKE_CUSTOMERS):
        block = taken[first : first + LIKE_CUSTOMERS]
        taken[first : first + LIKE_CUSTOMERS] = random.permutation(block)
    given = np.empty_like(order)
    given[order] = taken
    return given
