"""What a change of a chain brings, and how sure that is.

The chances of a chain are counted: each row is a draw from as many journeys as came by.
The interval follows from how the result depends on each chance (the delta method).
"""

from dataclasses import dataclass

import numpy as np

from journeymine.pain_points.chain import (
    CONVERTED,
    LEFT,
    START,
    Chain,
    Values,
    absorbed,
    with_leaving,
)
from journeymine.pain_points.strata import Z_95


@dataclass(frozen=True)
class Change:
    """Conversions as they are, and gained, with the 95 % interval."""

    conversions: float
    uplift: float
    low: float
    high: float


@dataclass(frozen=True)
class Flow:
    """How journeys from the start pass a chain.

    Attributes
    ----------
    visits
        Shape (states,): expected per journey.
    worth
        Shape (states + ends,): the chance to convert from there.
    """

    visits: Values
    worth: Values


def changed(chain: Chain, state: str, rate: float) -> Change | None:
    """Return what it brings if journeys at a state left for good at another rate.

    None where nobody left, or nobody went on: then nobody knows where to. So too if
    they would go round for ever.
    """
    row = chain.chances[chain.place(state)]
    leaves = np.isin([*chain.states, *chain.ends], LEFT)
    leaving = float(row[leaves].sum())
    if not leaves.any() or CONVERTED not in chain.ends or leaving == 1:
        return None
    now = flow(chain, chain.chances)
    try:
        then = flow(chain, with_leaving(chain, state, rate))
    except np.linalg.LinAlgError:  # nobody would leave a ring that has no way on
        return None
    place, start = chain.place(state), chain.place(START)
    depends = np.outer(then.visits, then.worth) - np.outer(now.visits, now.worth)
    # At the state only where those who go on go to is counted; how many do is set.
    on = np.where(leaves, 0.0, row / (1 - leaving))
    onward = np.where(leaves, 0.0, then.worth - on @ then.worth)
    depends[place] = then.visits[place] * onward * (1 - rate) / (1 - leaving)
    depends[place] -= now.visits[place] * now.worth
    journeys = chain.counts[start].sum()
    variance = _variance(chain, journeys * depends)
    before, after = (journeys * one.worth[start] for one in (now, then))
    half = Z_95 * np.sqrt(variance)
    uplift = float(after - before)
    return Change(float(before), uplift, uplift - float(half), uplift + float(half))


def flow(chain: Chain, chances: Values) -> Flow:
    """Return how journeys from the start pass a chain with such chances."""
    states = len(chain.states)
    start = np.zeros(states)
    start[chain.place(START)] = 1
    inner = np.eye(states) - chances[:, :states]
    visits: Values = np.linalg.solve(inner.T, start).astype(np.float64)
    at_ends = np.array([float(end == CONVERTED) for end in chain.ends])
    return Flow(visits, np.concatenate([absorbed(chances) @ at_ends, at_ends]))


def _variance(chain: Chain, depends: Values) -> float:
    """Return the variance of what depends so on each counted chance."""
    chances = chain.chances
    means = (chances * depends).sum(axis=1)
    spread = (chances * depends**2).sum(axis=1) - means**2
    return float((np.maximum(spread, 0) / chain.counts.sum(axis=1)).sum())
