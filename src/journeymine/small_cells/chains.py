"""Chains: counts of which each is a part of the one before, as the steps of a funnel.

Where a step cannot be told of a value, it is left out for two values or more, and the
steps around it stay. What is between them is then a table of values by steps left out,
of which the margins alone are told: no cell of it follows closer than the least of its
margins (Fréchet).
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from journeymine.small_cells.tables import is_small

Chain = Sequence[int]
"""Counts from the first step on, none above the one before."""


def told_steps(whole: Chain, least: int) -> list[int]:
    """Return the places of the steps that can be told of the whole."""
    return _told([whole], range(len(whole)), least)


def told_in_level(
    values: Mapping[str, Chain], steps: Sequence[int], least: int
) -> dict[str, list[int]]:
    """Return the places that can be told of each value of a level.

    Parameters
    ----------
    values
        The chain of each value; they sum to the whole.
    steps
        Places that are told of the whole.
    """
    everything = list(steps)
    told = everything
    apart = {
        value
        for value, chain in values.items()
        if _told([chain], everything, least) != everything
    }
    rest = sorted(values.keys() - apart, key=lambda value: (values[value], value))
    while apart:
        chains = [values[value] for value in sorted(apart)]
        told = _told(chains, everything, least)
        if not rest or _is_guarded(chains, everything, told, least):
            break
        apart.add(rest.pop(0))
    return {value: told if value in apart else everything for value in values}


def _told(chains: Sequence[Chain], steps: Sequence[int], least: int) -> list[int]:
    """Return the steps where no chain is small, nor has lost few since the last one.

    None, if not the first: the others are told as shares of it.
    """
    told: list[int] = []
    for step in steps:
        counts = [chain[step] for chain in chains]
        lost = [chain[told[-1]] - chain[step] for chain in chains] if told else []
        if not any(is_small(count, least) for count in (*counts, *lost)):
            told.append(step)
        elif not told:
            break
    return told


def _is_guarded(
    chains: Sequence[Chain], steps: Sequence[int], told: Sequence[int], least: int
) -> bool:
    """Whether every margin of what is left out is large enough, or none."""
    if not told:
        columns = zip(
            *(_parts(chain, steps, is_open=True) for chain in chains), strict=True
        )
        few = any(is_small(sum(column), least) for column in columns)
        return len(chains) > 1 and not few
    for start, end in zip(told, [*told[1:], None], strict=True):
        inside = [
            step for step in steps if step >= start and (end is None or step <= end)
        ]
        parts = [_parts(chain, inside, is_open=end is None) for chain in chains]
        if len(parts[0]) > 1 and not _is_wide(parts, least):
            return False
    return True


def _parts(chain: Chain, steps: Sequence[int], *, is_open: bool) -> list[int]:
    """Return what a chain loses from step to step, and what is left if it is open."""
    counts = [chain[step] for step in steps]
    lost = [before - after for before, after in pairwise(counts)]
    return [*lost, counts[-1]] if is_open else lost


def _is_wide(parts: Sequence[Sequence[int]], least: int) -> bool:
    rows = [sum(row) for row in parts]
    columns = [sum(column) for column in zip(*parts, strict=True)]
    margins = [*rows, *columns]
    rests = [sum(rows) - margin for margin in margins]
    return len(parts) > 1 and not any(
        is_small(count, least) for count in (*margins, *rests)
    )
