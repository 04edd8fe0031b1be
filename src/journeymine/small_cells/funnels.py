"""What is told of funnels: one judgement for all tables that tell their counts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from journeymine.small_cells.chains import Chain, told_in_level, told_steps
from journeymine.small_cells.levels import Counts, withhold
from journeymine.small_cells.rows import Row
from journeymine.small_cells.tables import Cell

STATES = ("dropped", "excluded", "in_progress")

Place = tuple[str, str]
"""Level and value; `("", "all")` is the whole."""

WHOLE: Place = ("", "all")

Steps = dict[Place, list[Row]]
"""The required steps of a funnel at each place, in order."""


@dataclass(frozen=True)
class Told:
    """What is told of a funnel, by place: indexes of its required steps, from 0.

    Attributes
    ----------
    steps
        Those of which it is told how many reached them.
    mature
        Those of which it is told of how many with a mature entry.
    states
        Those, with the state, of which it is told how many ended there so.
    """

    steps: dict[Place, set[int]]
    mature: dict[Place, set[int]]
    states: dict[Place, set[tuple[int, str]]] = field(default_factory=dict)


def told_of(steps: Steps, least: int) -> Told:
    """Return what can be told of a funnel."""
    reached = {
        place: [row.counts["reached"] for row in rows] for place, rows in steps.items()
    }
    told = Told(_told_places(reached, least), _told_mature(steps, least))
    told.states.update({place: set() for place in steps})
    for index in range(len(reached[WHOLE])):
        _tell_states(steps, index, told, least)
    return told


def _told_places(chains: dict[Place, list[int]], least: int) -> dict[Place, set[int]]:
    places = told_steps(chains[WHOLE], least)
    levels: dict[str, dict[str, Chain]] = defaultdict(dict)
    for (level, value), chain in chains.items():
        if level:
            levels[level][value] = chain
    told = {WHOLE: set(places)}
    for level, values in levels.items():
        for value, found in told_in_level(values, places, least).items():
            told[level, value] = set(found)
    return told


def _told_mature(steps: Steps, least: int) -> dict[Place, set[int]]:
    """Return the steps of which the mature units are told, and so those who are not."""
    chains = {
        place: [rows[0].counts["entered"], *_mature(rows)]
        for place, rows in steps.items()
    }
    told = {
        place: {step - 1 for step in found if step} if {0, 1} <= found else set()
        for place, found in _told_places(chains, least).items()
    }
    for index in range(len(chains[WHOLE]) - 1):
        pairs = {
            place: [rows[index].counts["reached"], _mature(rows)[index]]
            for place, rows in steps.items()
        }
        for place, found in _told_places(pairs, least).items():
            if 1 not in found:
                told[place].discard(index)
    return {place: found if 0 in found else set() for place, found in told.items()}


def _mature(rows: Sequence[Row]) -> list[int]:
    return [row.counts["reached_mature"] for row in rows]


def _tell_states(steps: Steps, index: int, told: Told, least: int) -> None:
    """Tell how units ended between a step and the next one, where both are told."""
    around = {index, min(index + 1, len(steps[WHOLE]) - 1)}
    if not around <= told.steps[WHOLE]:
        return
    levels: dict[str, dict[Cell, int]] = defaultdict(dict)
    hidden: dict[str, set[Cell]] = defaultdict(set)
    for (level, value), rows in steps.items():
        cells = {(state, value): rows[index].counts[state] for state in STATES}
        levels[level].update(cells)
        if not around <= told.steps[level, value]:
            hidden[level].update(cells)
    whole = {state: count for (state, _), count in levels.pop("").items()}
    withheld = withhold(Counts(whole, levels), least, hidden)
    for level, value in steps:
        told.states[level, value] |= {
            (index, state)
            for state in STATES
            if state not in withheld.whole
            and (state, value) not in withheld.levels.get(level, ())
        }
