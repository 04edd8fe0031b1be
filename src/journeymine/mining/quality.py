"""How good a process model is: fitness, precision, generalisation, simplicity.

All from 0 to 1. `docs/process-models.md` gives the definitions, and their sources.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt

from journeymine.mining.alignments import Alignment, Variant, align
from journeymine.mining.nets import Net, StateSpace

States = frozenset[int]

END = ""
"""Stands for the end among the activities that may come next."""


@dataclass(frozen=True)
class Quality:
    """What a model is worth on some variants, each weighted by its journeys.

    `fitting_share` is the share of the journeys that the model can do as they are.
    """

    fitness: float
    precision: float
    generalisation: float
    simplicity: float
    fitting_share: float

    @property
    def score(self) -> float:
        """Fitness x precision x simplicity: what a model is chosen by."""
        return self.fitness * self.precision * self.simplicity


def quality_of(
    space: StateSpace, variants: Mapping[Variant, int], seconds: float
) -> Quality:
    """Judge the states of a model by variants and how many journeys follow each.

    Raises
    ------
    NetError
        If it takes longer than so many seconds.
    """
    alignments = align(space, list(variants), seconds)
    weighted = list(zip(alignments, variants.values(), strict=True))
    worst = sum(journeys * one.worst for one, journeys in weighted)
    deviations = sum(journeys * one.cost for one, journeys in weighted)
    fits = sum(journeys for one, journeys in weighted if not one.cost)
    return Quality(
        fitness=1 - deviations / worst if worst else 1.0,
        precision=precision(space, weighted),
        generalisation=generalisation(space.net, weighted),
        simplicity=simplicity(space.net),
        fitting_share=fits / sum(variants.values()),
    )


def simplicity(net: Net) -> float:
    """Return 1 / (1 + how far nodes have more than two arcs, on average)."""
    arcs = sum(len(one.takes) + len(one.gives) for one in net.transitions)
    nodes = len(net.places) + len(net.transitions)
    return float(1 / (1 + max(Fraction(2 * arcs, nodes) - 2, Fraction(0))))


def generalisation(net: Net, alignments: Sequence[tuple[Alignment, int]]) -> float:
    """Return 1 - mean over transitions of 1 / sqrt(times fired); 1 / 1 if never."""
    fired: Counter[int] = Counter()
    for alignment, journeys in alignments:
        for transition in alignment.fired:
            fired[transition] += journeys
    numbers = range(len(net.transitions))
    return 1 - fsum(1 / sqrt(max(fired[one], 1)) for one in numbers) / len(numbers)


def precision(space: StateSpace, alignments: Sequence[tuple[Alignment, int]]) -> float:
    """Return the share of what the model allows next that journeys did next.

    After each beginning of the way through the model that journeys are aligned with;
    each counts with the journeys that have it. The end is something to do, too.
    """
    words = _Words(space)
    states, weights = [words.start], [0]
    after: list[dict[str, int]] = [{}]
    for alignment, journeys in alignments:
        place = 0
        weights[0] += journeys
        for step in (*(step for _, step in alignment.moves if step is not None), END):
            if step not in after[place]:
                after[place][step] = len(states)
                states.append(words.after(states[place], step))
                weights.append(0)
                after.append({})
            place = after[place][step]
            weights[place] += journeys
    # After the end, nothing is allowed and nothing done, whatever it weighs.
    places = range(len(states))
    allowed = sum(weights[one] * words.choices(states[one]) for one in places)
    return sum(weights[one] * len(after[one]) for one in places) / allowed


class _Words:
    """The states that a model can be in after some activities, and what can be next."""

    def __init__(self, space: StateSpace) -> None:
        self.final = space.final
        self.steps: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for arc in space.arcs:
            self.steps[arc.source].append((space.label(arc), arc.target))
        self.moved: dict[tuple[States, str], States] = {}
        self.counted: dict[States, int] = {}
        self.start = self._silently({0})

    def after(self, states: States, step: str) -> States:
        if (states, step) not in self.moved:
            self.moved[states, step] = self._silently(
                {
                    target
                    for state in states
                    for label, target in self.steps[state]
                    if label == step and step != END
                }
            )
        return self.moved[states, step]

    def choices(self, states: States) -> int:
        if states not in self.counted:
            labels = {label for one in states for label, _ in self.steps[one] if label}
            self.counted[states] = len(labels) + (self.final in states)
        return self.counted[states]

    def _silently(self, states: set[int]) -> States:
        found, waiting = set(states), list(states)
        while waiting:
            for label, target in self.steps[waiting.pop()]:
                if not label and target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)
