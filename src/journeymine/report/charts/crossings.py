"""In which order places stand in their columns, so that little crosses."""

from collections.abc import Sequence
from itertools import pairwise

ROUNDS = 6
Pairs = dict[tuple[str, str], float]
Columns = list[list[str]]


def untangled(columns: Sequence[Sequence[str]], flows: Pairs) -> Columns:
    """Return the columns, each in an order in which flows cross little.

    Every place moves to the mean height of those it is joined to, to and fro; the best
    order met is kept, and never a worse one than the given.
    """
    order = [list(column) for column in columns]
    best, least = [list(column) for column in order], crossed(order, flows)
    for number in range(ROUNDS):
        order = _swept(order, flows, number % 2 == 1)
        met = crossed(order, flows)
        if met < least:
            best, least = [list(column) for column in order], met
    return best


def crossed(columns: Sequence[Sequence[str]], flows: Pairs) -> float:
    """Return how much crosses: over each two crossing flows, the smaller one."""
    total = 0.0
    for left, right in pairwise(columns):
        here, there = _places(left), _places(right)
        met = sorted(
            (here[a], there[b], weight)
            for (a, b), weight in flows.items()
            if a in here and b in there
        )
        for number, (_, end, weight) in enumerate(met):
            total += sum(
                min(weight, other)
                for start, far, other in met[:number]
                if far > end and start < met[number][0]
            )
    return total


def _swept(columns: Columns, flows: Pairs, is_back: bool) -> Columns:
    order = columns[::-1] if is_back else columns
    swept = [order[0]]
    for column in order[1:]:
        heights = {key: at / len(swept[-1]) for at, key in enumerate(swept[-1])}
        own = {key: at / len(column) for at, key in enumerate(column)}
        joined = {key: _mean(key, heights, flows, own[key]) for key in column}
        swept.append(sorted(column, key=lambda key: (joined[key], own[key])))
    return swept[::-1] if is_back else swept


def _mean(key: str, heights: dict[str, float], flows: Pairs, own: float) -> float:
    """Return the mean height of what a place is joined to; its own, if to nothing."""
    known = [
        (heights[a if b == key else b], weight)
        for (a, b), weight in sorted(flows.items())
        if (a == key and b in heights) or (b == key and a in heights)
    ]
    total = sum(weight for _, weight in known)
    return sum(at * weight for at, weight in known) / total if total else own


def _places(column: Sequence[str]) -> dict[str, int]:
    return {key: at for at, key in enumerate(column)}
