"""What it is worth, in conversions, if a journey does not do what it does."""

import numpy as np

from journeymine.pain_points.chain import (
    CONVERTED,
    LEFT,
    Chain,
    conversion,
)

UNKNOWN = float("nan")
"""Of loops and waits: the chain has no memory, so it cannot say what they cost."""


class Gains:
    """How likely journeys convert at each activity, and what else they would do."""

    def __init__(self, chain: Chain) -> None:
        """Solve the chain once."""
        self._chain = chain
        found: list[float] = conversion(chain).tolist()
        self._of = dict(zip(chain.states, found, strict=True))
        self._of |= {end: float(end == CONVERTED) for end in chain.ends}

    def of(self, kind: str, activity: str, other: str = "") -> float:
        """Return the gain in conversions per journey that is kept from a loss.

        Not to leave: to go on as those who do. Not to go to the other activity: to do
        what all others do there. NaN where the chain cannot say.
        """
        if kind not in ("leave", "follow") or activity not in self._chain.states:
            return UNKNOWN
        if kind == "leave":
            return self._without(activity, {*LEFT})
        return self._without(activity, {other}) - self._of.get(other, 0)

    def _without(self, activity: str, left_out: set[str]) -> float:
        """Return the chance to convert of those who do none of some things next."""
        chain = self._chain
        names = (*chain.states, *chain.ends)
        row = chain.counts[chain.states.index(activity)]
        kept = np.array([name not in left_out for name in names]) * row
        values = np.array([self._of[name] for name in names])
        return float(kept @ values / kept.sum()) if kept.sum() > 0 else 0.0
