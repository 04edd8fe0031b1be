"""The search for the cheapest alignment of a variant with the states of a model.

Importing it takes numba's half second.
"""

import numpy as np
import numpy.typing as npt

from journeymine.compiled import compiled

Integers = npt.NDArray[np.int64]

DEVIATION = 10_000
"""What a deviation costs; a silent step costs 1, so that no way goes in circles."""

FAR = 1 << 60
SILENT, NO_STEP = -1, -1


@compiled
def align_one(
    variant: Integers, shared: int, steps: Integers, costs: Integers, final: int
) -> list[tuple[int, int]]:
    """Return the moves of the cheapest alignment, from its end to its start.

    Parameters
    ----------
    variant
        Labels by number.
    shared
        How many labels the variant before began with too; 0 for the first one.
    steps
        Shape (n_arcs, 3), in the order of sources: source, label or `SILENT`, target.
    costs
        Shape (longest variant + 1, n_states): of the cheapest way to a state after so
        many events. Changed in place, from the labels on that are not shared.
    final
        State to end in.

    Returns
    -------
    list
        Row of `steps` or `NO_STEP`, and 1 if an event goes with it, else 0.
    """
    if shared == 0:
        costs[0] = FAR
        costs[0, 0] = 0
        _go_on(steps, costs[0])
    for place in range(shared, len(variant)):
        _take(variant[place], steps, costs[place], costs[place + 1])
        _go_on(steps, costs[place + 1])
    place, state = len(variant), final
    moves = [(NO_STEP, 0) for _ in range(0)]
    while place > 0 or state > 0:
        label = variant[place - 1] if place > 0 else SILENT
        index, is_event = _last_move(label, steps, costs[: place + 1], state)
        moves.append((index, is_event))
        place -= is_event
        if index != NO_STEP:
            state = steps[index, 0]
    return moves


@compiled
def _take(label: int, steps: Integers, before: Integers, after: Integers) -> None:
    """Set the costs after an event: with a step of the model, or without."""
    after[:] = before + DEVIATION
    for index in range(len(steps)):
        if steps[index, 1] == label:
            cost = before[steps[index, 0]]
            after[steps[index, 2]] = min(after[steps[index, 2]], cost)


@compiled
def _go_on(steps: Integers, costs: Integers) -> None:
    """Lower the costs by steps of the model that no event goes with."""
    changed = True
    while changed:
        changed = False
        for index in range(len(steps)):
            price = 1 if steps[index, 1] == SILENT else DEVIATION
            cost = costs[steps[index, 0]] + price
            if cost < costs[steps[index, 2]]:
                costs[steps[index, 2]] = cost
                changed = True


@compiled
def _last_move(
    label: int, steps: Integers, costs: Integers, state: int
) -> tuple[int, int]:
    """Return by which step, and with an event or not, the state was reached."""
    now, before = costs[-1], costs[-2] if len(costs) > 1 else costs[-1]
    for index in range(len(steps)):
        if steps[index, 2] == state:
            source, kind = steps[index, 0], steps[index, 1]
            if label != SILENT and kind == label and before[source] == now[state]:
                return index, 1
            price = 1 if kind == SILENT else DEVIATION
            if now[source] + price == now[state]:
                return index, 0
    return NO_STEP, 1
