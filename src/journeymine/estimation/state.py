"""What is known of a cell while time passes, and how its curves are read from it."""

from typing import NamedTuple

import numpy as np

from journeymine.compiled import compiled
from journeymine.estimation.curves import AT_THE_END, Floats, Integers, Points

# What is known of a cell, as places in its row of the state.
AT_RISK, SURVIVAL, INCIDENCE, COMPETING, ENDED, EFFECTIVE, CUSTOMERS = range(7)
# A unit still at risk changes the incidence by F b - a.
A, B = 7, 8
# Sums over customers: of p and q of units that are over, m being still at risk.
PP, PQ, QQ, PM, QM, MM = range(9, 15)
# Of what happens at one time: how many per cause, and their p and q.
TALLY, P_OF, Q_OF = 15, 18, 21
FIELDS = 24
CLOSE = 1e-12  # so that rounding keeps no curve from a level that it comes to


class Found(NamedTuple):
    """The fields of `Curves`, to be filled."""

    at_risk: Integers
    ended: Integers
    incidence: Floats
    competing: Floats
    variance: Floats
    effective: Floats
    quantiles: Integers


def found_in(cells: int, times: int, levels: int) -> Found:
    """Return room for what is found."""
    shape = cells, times
    return Found(
        np.zeros(shape, np.int64),
        np.zeros(shape, np.int64),
        np.full(shape, np.nan),
        np.full(shape, np.nan),
        np.full(shape, np.nan),
        np.zeros(shape),
        np.full((cells, levels), -1, np.int64),
    )


@compiled
def note_until(
    now: int, state: Floats, points: Points, noted: Integers, found: Found
) -> None:
    """Read the curves where it is time to: who is at risk before it, the rest after."""
    while noted[0] < len(points.times) and points.times[noted[0]] <= now:
        _note_at_risk(state, noted[0], found)
        noted[0] += 1
    while noted[1] < len(points.times) and points.times[noted[1]] < now:
        _note(state, noted[1], points.times[noted[1]] < AT_THE_END, found)
        noted[1] += 1


@compiled
def note_levels(
    state: Floats, cell: int, now: int, points: Points, found: Found
) -> None:
    """Keep the time at which a cell comes to a level for the first time."""
    for place in range(len(points.levels)):
        is_there = state[cell, INCIDENCE] >= points.levels[place] - CLOSE
        if is_there and found.quantiles[cell, place] < 0:
            found.quantiles[cell, place] = now


@compiled
def _note_at_risk(state: Floats, point: int, found: Found) -> None:
    for cell in range(len(state)):
        row = state[cell]
        found.at_risk[cell, point] = row[AT_RISK]
        effective = row[EFFECTIVE]
        if row[AT_RISK] > 0:
            effective = row[AT_RISK] / row[SURVIVAL]
        found.effective[cell, point] = min(effective, row[CUSTOMERS])


@compiled
def _note(state: Floats, point: int, is_within: bool, found: Found) -> None:
    for cell in range(len(state)):
        row = state[cell]
        found.ended[cell, point] = row[ENDED]
        # Nobody was seen until then, and yet not all had ended: it cannot be known.
        if is_within and found.at_risk[cell, point] == 0 and row[SURVIVAL] > 0:
            continue
        f = row[INCIDENCE]
        at_risk = f * row[B] - row[A]
        ended = row[PP] + 2 * f * row[PQ] + f * f * row[QQ]
        both = 2 * at_risk * (row[PM] + f * row[QM])
        found.incidence[cell, point] = min(f, 1.0)
        found.competing[cell, point] = min(row[COMPETING], 1.0)
        found.variance[cell, point] = max(
            ended + both + at_risk * at_risk * row[MM], 0.0
        )
