"""The heuristics miner (Weijters, van der Aalst, de Medeiros 2006), as a Petri net.

One activity depends on another if it mostly comes after, not before it. Two beside a
third are parallel if neither depends on the other, and they follow each other about as
often as they follow (or lead to) the third. The authors ask only that it is not much
more seldom; with journeys, any two pages that people go back and forth between would
then be parallel after every page that leads to both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from journeymine.mining.graphs import OUTSIDE, Arc, Graph, strongest_ways
from journeymine.mining.nets import Marking, Net, NetError, Transition

PARALLEL = 0.65
"""From which measure on two activities are parallel, and to which inverse; pm4py's."""

NEVER = float("inf")

MOST_BINDINGS = 100
"""Ways to come to an activity, or to go on; beyond it nobody can read the net."""


def dependencies(graph: Graph) -> dict[Arc, float]:
    """Return how much the second activity of each arc depends on the first, -1 to 1."""
    found = {}
    for (before, after), count in graph.arcs.items():
        back = graph.arcs.get((after, before), 0) if before != after else 0
        found[before, after] = (count - back) / (count + back + 1)
    return found


def heuristics_net(
    graph: Graph, threshold: float, parallel: float = PARALLEL
) -> tuple[Net, Marking, Marking]:
    """Return the net of the arcs whose dependency is a threshold or more.

    Where they lead to an activity from no start, or from it to no end, the strongest
    way does. Nothing makes such a net sound, unless `parallel` is `NEVER`.

    Raises
    ------
    NetError
        If there are more than `MOST_BINDINGS` ways to or from an activity.
    """
    arcs = _kept(graph, threshold)
    names = graph.activities
    places = [
        "start",
        *(f"{side} {name}" for name in names for side in ("before", "after")),
        *map(_between, arcs),
        "end",
    ]
    causal = _CausalNet(graph, arcs, parallel)
    transitions = [one for name in names for one in _around(causal, name)]
    return Net(tuple(places), tuple(transitions)), {"start": 1}, {"end": 1}


def _kept(graph: Graph, threshold: float) -> list[Arc]:
    strong = {arc for arc, value in dependencies(graph).items() if value >= threshold}
    # Any way of strong arcs is stronger than one with a weak arc.
    whole = sum(graph.all_arcs.values())
    weights = {
        arc: count + (whole if arc in strong or OUTSIDE in arc else 0)
        for arc, count in graph.all_arcs.items()
    }
    return sorted(arc for arc in strong | strongest_ways(weights) if OUTSIDE not in arc)


@dataclass(frozen=True)
class _CausalNet:
    """Arcs that are kept; `side` is 0 for what follows a name, 1 for what leads there.

    A binding is a set of arcs that are gone together.
    """

    graph: Graph
    arcs: list[Arc]
    parallel: float

    def bindings(self, name: str, side: int) -> list[list[Arc]]:
        around = [arc for arc in self.arcs if arc[side] == name]
        together = {
            one: {other for other in around if self._is_parallel(one, other, side)}
            for one in around
        }
        found = [*islice(_cliques([], around, [], together), MOST_BINDINGS + 1)]
        if len(found) > MOST_BINDINGS:
            message = (
                f"process model: {name!r} has more than {MOST_BINDINGS} sets of"
                " parallel neighbours; raise the threshold"
            )
            raise NetError(message)
        outside = (OUTSIDE, name) if side else (name, OUTSIDE)
        return [*found, [outside]] if outside in self.graph.all_arcs else found

    def _is_parallel(self, one: Arc, other: Arc, side: int) -> bool:
        first, second = one[1 - side], other[1 - side]
        between = {(first, second), (second, first)}
        if one == other or between & {*self.arcs}:
            return False
        either = sum(self.graph.arcs.get(arc, 0) for arc in between)
        known = self.graph.arcs.get(one, 0) + self.graph.arcs.get(other, 0) + 1
        return self.parallel * known <= either <= known / self.parallel


def _around(causal: _CausalNet, name: str) -> Iterator[Transition]:
    """Yield an activity, the ways to it, and the ways to go on after it."""
    before, after = (f"before {name}",), (f"after {name}",)
    yield Transition(f"do {name}", name, before, after)
    for number, binding in enumerate(causal.bindings(name, 1), start=1):
        yield Transition(f"to {name} {number}", "", _places(binding, "start"), before)
    for number, binding in enumerate(causal.bindings(name, 0), start=1):
        yield Transition(f"from {name} {number}", "", after, _places(binding, "end"))


def _places(binding: list[Arc], outside: str) -> tuple[str, ...]:
    return tuple(outside if OUTSIDE in arc else _between(arc) for arc in binding)


def _cliques(
    chosen: list[Arc],
    rest: list[Arc],
    done: list[Arc],
    together: dict[Arc, set[Arc]],
) -> Iterator[list[Arc]]:
    """Yield the largest sets whose members all go together (Bron, Kerbosch 1973)."""
    if not rest and not done and chosen:
        yield chosen
    for place, arc in enumerate(rest):
        friends = together[arc]
        yield from _cliques(
            [*chosen, arc],
            [one for one in rest[place + 1 :] if one in friends],
            [one for one in [*done, *rest[:place]] if one in friends],
            together,
        )


def _between(arc: Arc) -> str:
    return f"from {arc[0]} to {arc[1]}"
