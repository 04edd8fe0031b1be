"""The pass over sorted ends in which the estimates of `estimators` are made.

In a cell, let n be at risk at a time, and d end, d1 of them by the cause asked for;
S survives until then, F is the incidence so far. If a unit counted a little more,
the incidence at a later time would change by p + F q, with p and q known as soon as
the unit is over. So the sums over customers of their squared changes, for any time,
follow from six running sums of products of p, q and the units still at risk.
"""

import numpy as np

from journeymine.compiled import compiled
from journeymine.estimation.curves import Cells, Ends, Floats, Integers, Points
from journeymine.estimation.customers import Shared
from journeymine.estimation.state import (
    AT_RISK,
    COMPETING,
    CUSTOMERS,
    EFFECTIVE,
    ENDED,
    FIELDS,
    INCIDENCE,
    MM,
    P_OF,
    PM,
    PP,
    PQ,
    Q_OF,
    QM,
    QQ,
    SURVIVAL,
    TALLY,
    A,
    B,
    Found,
    note_levels,
    note_until,
)

NEVER = 2**63 - 1


@compiled
def run_through(
    ends: Ends, cells: Cells, shared: Shared, points: Points, found: Found
) -> None:
    """Fill `found`: one time after the other, and at each the cells it touches."""
    state = _at_start(ends, cells, shared)
    touched = np.empty(cells.number, np.int64)
    noted = np.zeros(2, np.int64)
    first = 0
    while first < len(ends.durations):
        now = ends.durations[first]
        last = first + 1
        while last < len(ends.durations) and ends.durations[last] == now:
            last += 1
        note_until(now, state, points, noted, found)
        for place in range(_tally(state, ends, cells, (first, last), touched)):
            _advance(state[touched[place]])
            note_levels(state, touched[place], now, points, found)
        for unit in range(first, last):
            if shared.starts[unit] >= 0:
                _join(state, ends, cells, shared, unit)
        first = last
    note_until(NEVER, state, points, noted, found)


@compiled
def _at_start(ends: Ends, cells: Cells, shared: Shared) -> Floats:
    state = np.zeros((cells.number, FIELDS))
    state[:, SURVIVAL] = 1
    for unit in range(len(ends.durations)):
        first = cells.starts[ends.sets[unit]]
        for place in range(first, cells.starts[ends.sets[unit] + 1]):
            row = state[cells.members[place]]
            row[AT_RISK] += 1
            others = 0.0
            if shared.starts[unit] >= 0:
                held = shared.sums[shared.slots[shared.starts[unit] + place - first]]
                others = held[2]
                held[2] += 1
            row[MM] += 2 * others + 1
            row[CUSTOMERS] += others == 0
    return state


@compiled
def _tally(
    state: Floats, ends: Ends, cells: Cells, span: tuple[int, int], touched: Integers
) -> int:
    """Count what happens at one time; list the cells, and return how many they are."""
    number = 0
    for unit in range(span[0], span[1]):
        set_ = ends.sets[unit]
        for place in range(cells.starts[set_], cells.starts[set_ + 1]):
            row = state[cells.members[place]]
            if row[TALLY] + row[TALLY + 1] + row[TALLY + 2] == 0:
                touched[number] = cells.members[place]
                number += 1
            row[TALLY + ends.causes[unit]] += 1
    return number


@compiled
def _advance(row: Floats) -> None:
    """Let one time pass in a cell: first its ends happen, then its censorings."""
    n, survival = row[AT_RISK], row[SURVIVAL]
    censored, d1, d2 = row[TALLY], row[TALLY + 1], row[TALLY + 2]
    d = d1 + d2
    row[AT_RISK] = n - d - censored
    row[TALLY] = row[TALLY + 1] = row[TALLY + 2] = 0
    if d > 0:
        row[EFFECTIVE] = n / survival
        each = survival / n
        row[INCIDENCE] += each * d1
        row[COMPETING] += each * d2
        row[ENDED] += d1
        row[SURVIVAL] = each * (n - d)
        # With the last one gone, nothing is left that an end could change.
        per_end = 1 / (n - d) if n > d else 0.0
        row[A] += (each * d1 + row[INCIDENCE] * d * per_end) / n
        row[B] += d * per_end / n
        row[P_OF + 2] = row[INCIDENCE] * per_end - row[A]
        row[P_OF + 1] = row[P_OF + 2] + each
        row[Q_OF + 1] = row[Q_OF + 2] = row[B] - per_end
        _add_alone(row, d1, row[P_OF + 1], row[Q_OF + 1])
        _add_alone(row, d2, row[P_OF + 2], row[Q_OF + 2])
    row[P_OF], row[Q_OF] = -row[A], row[B]
    _add_alone(row, censored, row[P_OF], row[Q_OF])


@compiled
def _add_alone(row: Floats, units: float, p: float, q: float) -> None:
    """Add units that are over as if each were the only one of its customer."""
    row[PP] += units * p * p
    row[PQ] += units * p * q
    row[QQ] += units * q * q
    row[MM] -= units


@compiled
def _join(state: Floats, ends: Ends, cells: Cells, shared: Shared, unit: int) -> None:
    """Put a unit that is over to the others of its customer, in each of its cells."""
    cause = ends.causes[unit]
    first = cells.starts[ends.sets[unit]]
    for place in range(first, cells.starts[ends.sets[unit] + 1]):
        row = state[cells.members[place]]
        held = shared.sums[shared.slots[shared.starts[unit] + place - first]]
        p, q = row[P_OF + cause], row[Q_OF + cause]
        p0, q0, m0 = held[0], held[1], held[2]
        held[0], held[1], held[2] = p0 + p, q0 + q, m0 - 1
        row[PP] += 2 * p0 * p
        row[PQ] += p0 * q + q0 * p
        row[QQ] += 2 * q0 * q
        row[PM] += p * (m0 - 1) - p0
        row[QM] += q * (m0 - 1) - q0
        row[MM] -= 2 * (m0 - 1)
