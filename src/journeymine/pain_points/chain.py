"""The absorbing Markov chain of journeys: where they end, and what a change would do.

From a state the next one is drawn with fixed chances, whatever came before. With the
chances counted in journeys, the chain converts exactly as often as they did.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

START = "$start"
CONVERTED = "$converted"
LEFT = ("$abandoned", "$exited")
"""Ends without a conversion; the likelier one first where a chain has neither."""

Move = tuple[str, str, int]
"""From a state, to a state, how often."""


@dataclass(frozen=True)
class Chain:
    """States that journeys pass, and how often which follows.

    Attributes
    ----------
    states
        Those that do not absorb, in order.
    ends
        Those that do.
    counts
        Shape (states, states + ends).
    """

    states: tuple[str, ...]
    ends: tuple[str, ...]
    counts: Values

    @property
    def chances(self) -> Values:
        """Shape (states, states + ends): of what follows a state; rows sum to 1."""
        totals = self.counts.sum(axis=1, keepdims=True)
        return np.asarray(self.counts / totals)

    def place(self, state: str) -> int:
        """Return the column of a state or an end."""
        return (*self.states, *self.ends).index(state)


def chain_of(moves: Iterable[Move]) -> Chain:
    """Return the chain of counted moves; a state that nothing leaves absorbs."""
    moves = sorted(moves)
    states = tuple(sorted({source for source, _, _ in moves}))
    ends = tuple(sorted({target for _, target, _ in moves} - {*states}))
    places = {state: place for place, state in enumerate((*states, *ends))}
    counts = np.zeros((len(states), len(places)))
    for source, target, times in moves:
        counts[places[source], places[target]] += times
    return Chain(states, ends, counts)


def absorbed(chances: Values) -> Values:
    """Return how likely each state ends in each end.

    Parameters
    ----------
    chances
        Shape (..., n, n + ends): of what follows each of n states, which lead to an
        end sooner or later.

    Returns
    -------
    numpy.ndarray
        Shape (..., n, ends): solves (I - Q) B = R.
    """
    states = chances.shape[-2]
    inner, outer = chances[..., :states], chances[..., states:]
    return np.asarray(np.linalg.solve(np.eye(states) - inner, outer))


def conversion(chain: Chain, chances: Values | None = None) -> Values:
    """Return how likely a journey at each state converts; 0 where none ever did.

    Parameters
    ----------
    chances
        Instead of those that were counted.
    """
    if CONVERTED not in chain.ends:
        return np.zeros(len(chain.states))
    of_each = absorbed(chain.chances if chances is None else chances)
    return np.asarray(of_each[:, chain.ends.index(CONVERTED)])


def with_leaving(chain: Chain, state: str, rate: float) -> Values:
    """Return the chances if journeys at a state left it for good at another rate.

    All that else follows the state keeps its proportions, and so do the ways to leave.
    """
    chances = chain.chances.copy()
    row = chances[chain.place(state)]
    leaves = np.zeros(len(row), dtype=np.bool_)
    leaves[[chain.place(end) for end in LEFT if end in chain.ends]] = True
    for part, share in ((leaves, rate), (~leaves, 1 - rate)):
        before = row[part].sum()
        if before > 0:
            row[part] *= share / before
    if row[leaves].sum() == 0:
        row[np.flatnonzero(leaves)[:1]] = 1 - row[~leaves].sum()
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))
