"""How many steps of a funnel a few events can be, each event at most one of them.

Events are told apart only by the steps that they can be, so they are counted in
kinds. numba keeps compiled code per file: after a change here, save the files that
import this one anew too.
"""

import numpy as np

from journeymine.compiled import compiled
from journeymine.funnels.types import Integers, Kinds


@compiled
def no_kinds(most: int, steps: int) -> Kinds:
    """Return room for so many kinds of events, and for so many steps."""
    return Kinds(
        np.zeros(1, np.int64),
        np.zeros(most, np.int64),
        np.zeros(most, np.int64),
        np.zeros(most, np.int64),
        np.zeros(steps, np.int64),
        np.zeros(most, np.bool_),
    )


@compiled
def count_in(kinds: Kinds, steps: int, events: int) -> None:
    """Count events of a kind in, or out if `events` is less than 0."""
    for kind in range(kinds.number[0]):
        if kinds.steps[kind] == steps:
            kinds.events[kind] += events
            kinds.left[kind] += events
            return
    kind = kinds.number[0]
    kinds.steps[kind] = steps
    kinds.events[kind] = events
    kinds.left[kind] = events
    kinds.number[0] = kind + 1


@compiled
def release(kinds: Kinds) -> None:
    """Take all events from the steps that hold them."""
    for kind in range(kinds.number[0]):
        kinds.left[kind] = kinds.events[kind]
    kinds.holder[:] = -1


@compiled
def can_add(kinds: Kinds, step: int, wanted: Integers) -> bool:
    """Give a step an event, moving other steps to other events if need be.

    One augmenting path (Kuhn): called for one step after the other, it finds a
    largest matching. `wanted` has, per step, the bit that its events have.
    """
    kinds.tried[:] = False
    return bool(_place(kinds, step, wanted))


@compiled
def _place(kinds: Kinds, step: int, wanted: Integers) -> bool:
    for kind in range(kinds.number[0]):
        if kinds.tried[kind] or kinds.steps[kind] & wanted[step] == 0:
            continue
        kinds.tried[kind] = True
        if kinds.left[kind] > 0:
            kinds.left[kind] -= 1
            kinds.holder[step] = kind
            return True
        for other in range(len(wanted)):
            if kinds.holder[other] == kind and _place(kinds, other, wanted):
                kinds.holder[step] = kind
                return True
    return False
