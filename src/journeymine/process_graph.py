"""The directly-follows graph of some journeys, and the same without its rare arcs."""

from collections.abc import Mapping
from dataclasses import dataclass

Counts = dict[str, int]
Arc = tuple[str, str]

OUTSIDE = ""
"""Where a journey comes from before its start, and goes to after its end."""


@dataclass(frozen=True)
class Graph:
    """The directly-follows graph of some journeys, and how often each arc occurs."""

    arcs: dict[Arc, int]
    starts: Counts
    ends: Counts


def without_noise(graph: Graph, threshold: float) -> Graph:
    """Return a graph without its rare arcs, starts and ends.

    One is rare if it occurs less often than `threshold` times the strongest one that
    leaves the same activity (Leemans, Fahland, van der Aalst 2014). The strongest ways
    from a start to each activity, and from it to an end, stay even so: no activity is
    cut off.
    """
    arcs = {
        **graph.arcs,
        **{(OUTSIDE, name): count for name, count in graph.starts.items()},
        **{(name, OUTSIDE): count for name, count in graph.ends.items()},
    }
    strongest: Counts = {}
    for (before, _), count in arcs.items():
        strongest[before] = max(count, strongest.get(before, 0))
    backwards = {(after, before): count for (before, after), count in arcs.items()}
    ways = _ways(arcs) | {(before, after) for after, before in _ways(backwards)}
    kept = {
        arc: count
        for arc, count in arcs.items()
        if count >= threshold * strongest[arc[0]] or arc in ways
    }
    return Graph(
        {arc: count for arc, count in kept.items() if OUTSIDE not in arc},
        {after: n for (before, after), n in kept.items() if before == OUTSIDE},
        {before: n for (before, after), n in kept.items() if after == OUTSIDE},
    )


def _ways(arcs: Mapping[Arc, int]) -> set[Arc]:
    """Return one way from outside to every activity: each time the strongest arc."""
    reached, ways = {OUTSIDE}, set[Arc]()
    while beyond := [a for a in arcs if a[0] in reached and a[1] not in reached]:
        arc = max(beyond, key=lambda way: (arcs[way], way))
        ways.add(arc)
        reached.add(arc[1])
    return ways
