"""Petri nets, and the states that one can be in."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from journeymine.errors import JourneymineError

Marking = Mapping[str, int]
"""Tokens per place; a place that is not named has none."""

MOST_STATES = 5_000
"""Beyond it a net is too large to compare journeys with, or without bounds."""

Tokens = tuple[int, ...]
Change = tuple[dict[int, int], dict[int, int]]

NOWHERE = -1
"""Stands for the place of a transition that takes from none."""


class NetError(JourneymineError):
    """A net that no journey can be compared with."""


@dataclass(frozen=True)
class Transition:
    """A transition: an activity, or silent if it has no label.

    It takes one token from each place of `takes`, and puts one on each of `gives`.
    """

    name: str
    label: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]


@dataclass(frozen=True)
class Net:
    """A Petri net."""

    places: tuple[str, ...]
    transitions: tuple[Transition, ...]


@dataclass(frozen=True)
class Arc:
    """A step from a state to a state, by the net's transition of that number."""

    source: int
    transition: int
    target: int


@dataclass(frozen=True)
class StateSpace:
    """The states from which a net can end, and the steps between them.

    It starts in state 0, and ends in `final`.
    """

    net: Net
    states: int
    arcs: tuple[Arc, ...]
    final: int

    def label(self, arc: Arc) -> str:
        """Return the activity of a step; empty if it is silent."""
        return self.net.transitions[arc.transition].label


def state_space(
    net: Net, initial: Marking, final: Marking, most: int = MOST_STATES
) -> StateSpace:
    """Return the states of a net, numbered in an order that its transitions set.

    Raises
    ------
    NetError
        If there are more than `most`, or the final marking cannot be reached.
    """
    numbers, arcs = _walked(net, _tokens(net, initial), most)
    last = numbers.get(_tokens(net, final))
    kept = _before(last, arcs) if last is not None else set[int]()
    if last is None or 0 not in kept:
        message = "process model: its end cannot be reached; mend the model"
        raise NetError(message)
    place = {state: index for index, state in enumerate(sorted(kept))}
    told = (
        Arc(place[arc.source], arc.transition, place[arc.target])
        for arc in arcs
        if arc.source in kept and arc.target in kept
    )
    return StateSpace(net, len(place), tuple(told), place[last])


def _walked(net: Net, first: Tokens, most: int) -> tuple[dict[Tokens, int], list[Arc]]:
    """Return the number of each marking that can be reached, and the steps."""
    changes = list(_changes(net))
    near = _near(changes)
    numbers, arcs, waiting = {first: 0}, list[Arc](), deque([first])
    while waiting:
        tokens = waiting.popleft()
        marked = (near[place] for place, number in enumerate(tokens) if number)
        for index in sorted(chain(near[NOWHERE], *marked)):
            takes, gives = changes[index]
            if any(tokens[place] < number for place, number in takes.items()):
                continue
            after = list(tokens)
            for place, number in takes.items():
                after[place] -= number
            for place, number in gives.items():
                after[place] += number
            target = tuple(after)
            if target not in numbers:
                numbers[target] = len(numbers)
                waiting.append(target)
            arcs.append(Arc(numbers[tokens], index, numbers[target]))
        if len(numbers) > most:
            message = (
                f"process model: it can be in more than {most} states; use fewer"
                " parallel branches"
            )
            raise NetError(message)
    return numbers, arcs


def _near(changes: Iterable[Change]) -> Mapping[int, list[int]]:
    """Return the transitions by the first place that each takes from.

    Without a token there it cannot fire: most nets have few tokens at a time.
    """
    near = defaultdict(list)
    for index, (takes, _) in enumerate(changes):
        near[next(iter(takes), NOWHERE)].append(index)
    return near


def _changes(net: Net) -> Iterator[Change]:
    """Yield what each transition takes from, and gives to, the places by number."""
    place = {name: index for index, name in enumerate(net.places)}
    for one in net.transitions:
        yield _counted(place, one.takes), _counted(place, one.gives)


def _counted(place: Mapping[str, int], names: Iterable[str]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for name in names:
        counts[place[name]] = counts.get(place[name], 0) + 1
    return counts


def _tokens(net: Net, marking: Marking) -> Tokens:
    return tuple(marking.get(name, 0) for name in net.places)


def _before(last: int, arcs: Iterable[Arc]) -> set[int]:
    """Return the states from which the last one can be reached."""
    sources = defaultdict(list)
    for arc in arcs:
        sources[arc.target].append(arc.source)
    found, waiting = {last}, [last]
    while waiting:
        for source in sources[waiting.pop()]:
            if source not in found:
                found.add(source)
                waiting.append(source)
    return found
