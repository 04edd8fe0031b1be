"""The directly-follows graph of some journeys, and parts of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from journeymine.mining.nets import Marking, Net, Transition

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

    @property
    def all_arcs(self) -> dict[Arc, int]:
        """The arcs, with those from and to the outside."""
        return {
            **self.arcs,
            **{(OUTSIDE, name): count for name, count in self.starts.items()},
            **{(name, OUTSIDE): count for name, count in self.ends.items()},
        }

    @property
    def activities(self) -> list[str]:
        """The activities, in order of their names."""
        return sorted({name for arc in self.all_arcs for name in arc} - {OUTSIDE})


def graph_of(arcs: Mapping[Arc, int]) -> Graph:
    """Return the graph of arcs, those from and to the outside among them."""
    return Graph(
        {arc: count for arc, count in arcs.items() if OUTSIDE not in arc},
        {after: n for (before, after), n in arcs.items() if before == OUTSIDE},
        {before: n for (before, after), n in arcs.items() if after == OUTSIDE},
    )


def without_noise(graph: Graph, threshold: float) -> Graph:
    """Return a graph without its rare arcs, starts and ends.

    One is rare if it occurs less often than `threshold` times the strongest one that
    leaves the same activity (Leemans, Fahland, van der Aalst 2014). The strongest ways
    from a start to each activity, and from it to an end, stay even so: no activity is
    cut off.
    """
    arcs = graph.all_arcs
    strongest: Counts = {}
    for (before, _), count in arcs.items():
        strongest[before] = max(count, strongest.get(before, 0))
    ways = strongest_ways(arcs)
    return graph_of(
        {
            arc: count
            for arc, count in arcs.items()
            if count >= threshold * strongest[arc[0]] or arc in ways
        }
    )


def most_frequent(graph: Graph, coverage: float) -> Graph:
    """Return a graph's strongest arcs that together hold a share of what happened.

    The strongest ways from a start to each activity, and from it to an end, stay too.
    """
    arcs = graph.all_arcs
    ways = strongest_ways(arcs)
    wanted, held = coverage * sum(arcs.values()), 0
    kept = {arc: count for arc, count in arcs.items() if arc in ways}
    for arc in sorted(arcs, key=lambda one: (-arcs[one], one)):
        if held >= wanted:
            break
        held += arcs[arc]
        kept[arc] = arcs[arc]
    return graph_of({arc: arcs[arc] for arc in sorted(kept)})


def strongest_ways(arcs: Mapping[Arc, int]) -> set[Arc]:
    """Return arcs that lead from a start to each activity, and from it to an end."""
    backwards = {(after, before): count for (before, after), count in arcs.items()}
    return _ways(arcs) | {(before, after) for after, before in _ways(backwards)}


def net_of_graph(graph: Graph) -> tuple[Net, Marking, Marking]:
    """Return the net that goes along the arcs: what was last is all that it knows."""
    places = {name: f"after {name}" for name in graph.activities}
    transitions = [
        Transition(
            f"t{number}",
            after,
            (places.get(before, "start"),),
            (places.get(after, "end"),),
        )
        for number, (before, after) in enumerate(sorted(graph.all_arcs), start=1)
    ]
    net = Net(("start", *places.values(), "end"), tuple(transitions))
    return net, {"start": 1}, {"end": 1}


def _ways(arcs: Mapping[Arc, int]) -> set[Arc]:
    """Return one way from outside to every activity: each time the strongest arc."""
    reached, ways = {OUTSIDE}, set[Arc]()
    while beyond := [a for a in arcs if a[0] in reached and a[1] not in reached]:
        arc = max(beyond, key=lambda way: (arcs[way], way))
        ways.add(arc)
        reached.add(arc[1])
    return ways
