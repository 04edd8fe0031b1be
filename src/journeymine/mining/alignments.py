"""Alignments: the fewest deviations that tell a variant as a way through a model.

An alignment (Adriansyah 2014) is a sequence of moves: an activity that the journey and
the model do together, one of the journey alone, or one of the model alone. The last
two are deviations. Silent steps of the model are free.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from time import monotonic

import numpy as np
import numpy.typing as npt

from journeymine.mining.nets import Marking, Net, NetError, StateSpace, state_space

Variant = tuple[str, ...]
Move = tuple[str | None, str | None]

UNKNOWN = -2
"""Number of an activity that the model has not: no step has this label."""


@dataclass(frozen=True)
class Alignment:
    """How a variant and a model go together with the fewest deviations.

    Attributes
    ----------
    moves
        Activity in the journey and in the model; None in the one that stands still.
    worst
        Deviations of doing all of the variant and a shortest way of the model apart.
    fired
        The model's transitions in their order, by number, silent ones too.
    """

    moves: list[Move]
    worst: int
    fired: tuple[int, ...]

    @property
    def cost(self) -> int:
        """Number of deviations."""
        return sum(1 for move in self.moves if None in move)

    @property
    def fitness(self) -> float:
        """1 - cost / worst, from 0 to 1."""
        return 1 - self.cost / self.worst if self.worst else 1.0


def align_variants(
    net: Net,
    initial: Marking,
    final: Marking,
    variants: Sequence[Variant],
    seconds: float,
) -> list[Alignment]:
    """Return an optimal alignment of each variant, in their order.

    Which of several optimal ones depends on the order of the net's transitions alone.

    Raises
    ------
    NetError
        If the net is too large, cannot end, or it takes longer than so many seconds.
    """
    return align(state_space(net, initial, final), variants, seconds)


def align(
    space: StateSpace, variants: Sequence[Variant], seconds: float
) -> list[Alignment]:
    """Return an optimal alignment of each variant with the states of a net."""
    # Sorted, a variant shares its first activities with the one before.
    order = sorted(range(len(variants)), key=lambda index: variants[index])
    search = _Search(space, max(map(len, variants), default=0))
    shortest = search.align(()).cost
    deadline = monotonic() + seconds
    found: dict[int, Alignment] = {}
    for index in order:
        if monotonic() > deadline:
            message = (
                f"process model: aligning took more than {seconds:g} seconds; use"
                " fewer parallel branches, or fewer variants"
            )
            raise NetError(message)
        found[index] = search.align(variants[index], shortest)
    return [found[index] for index in range(len(variants))]


class _Search:
    """The numbers that the search works on."""

    def __init__(self, space: StateSpace, longest: int) -> None:
        labels = sorted({space.label(arc) for arc in space.arcs} - {""})
        self.space = space
        self.codes = {"": -1, **{label: code for code, label in enumerate(labels)}}
        self.arcs = sorted(space.arcs, key=lambda arc: arc.source)
        self.steps = _integers(
            [
                (arc.source, self.codes[space.label(arc)], arc.target)
                for arc in self.arcs
            ],
        ).reshape(-1, 3)
        self.told = [(arc.transition, space.label(arc) or None) for arc in self.arcs]
        self.costs = np.zeros((longest + 1, space.states), np.int64)
        self.before: Variant = ()

    def align(self, variant: Variant, shortest: int = 0) -> Alignment:
        # numba takes half a second to import.
        from journeymine.mining.alignment_loops import (  # noqa: PLC0415
            NO_STEP,
            align_one,
        )

        codes = _integers([self.codes.get(name, UNKNOWN) for name in variant])
        shared = _shared(self.before, variant)
        self.before = variant
        found = align_one(codes, shared, self.steps, self.costs, self.space.final)
        events = iter(variant)
        moves: list[Move] = []
        fired = []
        for index, is_event in reversed(found):
            label = None
            if index != NO_STEP:
                transition, label = self.told[index]
                fired.append(transition)
            if is_event or label:
                moves.append((next(events) if is_event else None, label))
        return Alignment(moves, len(variant) + shortest, tuple(fired))


def _shared(one: Variant, other: Variant) -> int:
    """Return how many activities two variants both begin with."""
    return len(
        [*takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))]
    )


def _integers(values: Iterable[object]) -> npt.NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)
