"""What a BPMN file means, as an automaton: the states of its net, without silent steps.

A task is a subject; what a step of the net takes in silence, it takes on the way to the
next task.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from journeymine.config_expected import ExpectedJourney
from journeymine.conformance.automaton import (
    Meaning,
    Move,
    Subject,
    alphabet,
    columns,
)
from journeymine.conformance.meaning import names
from journeymine.conformance.subjects import Seen, whole
from journeymine.errors import ConfigError
from journeymine.mining.bpmn_reading import read_bpmn
from journeymine.mining.nets import Arc, StateSpace, state_space

MOST_MOVES = 200_000


def drawn(journey: ExpectedJourney, path: Path, seen: Sequence[Seen]) -> Meaning:
    """Return what an expected journey with a BPMN file means.

    Raises
    ------
    ConfigError
        If the file cannot be read, or is too large.
    NetError
        If it cannot end, or can be in too many states.
    """
    space = state_space(*read_bpmn(path))
    tasks = sorted({space.label(arc) for arc in space.arcs} - {""})
    rules = _rules(journey, tasks, seen)
    activities = [*tasks, *rules]
    return Meaning(
        symbols={
            pair: activities.index(pair[0]) for pair in seen if pair[0] in activities
        },
        subjects=[
            *(Subject(name, "task") for name in tasks),
            *(Subject(name, rule) for name, rule in rules.items()),
            whole(journey),
        ],
        moves=columns(_bounded_moves(space, tasks, path), _ends(space), space.states),
        alphabet=alphabet(
            [[place] for place in range(len(activities))],
            [0] * len(activities),
            len(tasks),
        ),
    )


def _rules(
    journey: ExpectedJourney, tasks: Sequence[str], seen: Sequence[Seen]
) -> dict[str, str]:
    """Return what is never meant, or inserted, by activity."""
    rules = {}
    for pair in sorted(seen, key=str):
        if pair[0] in tasks:
            continue
        if any(names(one, pair) for one in journey.never):
            rules[pair[0]] = "never"
        elif journey.others == "inserted":
            rules.setdefault(pair[0], "other")
    return rules


def _bounded_moves(space: StateSpace, tasks: Sequence[str], path: Path) -> set[Move]:
    places = {name: place for place, name in enumerate(tasks)}
    moves = set()
    for move in _moves(space, places):
        moves.add(move)
        if len(moves) > MOST_MOVES:
            message = f"{path}: has too many ways through; use fewer parallel branches"
            raise ConfigError(message)
    return moves


def _moves(space: StateSpace, places: Mapping[str, int]) -> Iterator[Move]:
    """Yield the moves: what is silent before a task belongs to it."""
    leaving = _leaving(space)
    for state in range(space.states):
        for silent in _silently(leaving, space, state):
            for arc in leaving[silent]:
                label = space.label(arc)
                if label:
                    place = places[label]
                    yield Move(state, arc.target, place, place)


def _ends(space: StateSpace) -> list[int]:
    """Return the states from which the end is reached in silence."""
    leaving = _leaving(space)
    return [
        state
        for state in range(space.states)
        if space.final in _silently(leaving, space, state)
    ]


def _leaving(space: StateSpace) -> list[list[Arc]]:
    found: list[list[Arc]] = [[] for _ in range(space.states)]
    for arc in space.arcs:
        found[arc.source].append(arc)
    return found


def _silently(leaving: list[list[Arc]], space: StateSpace, state: int) -> set[int]:
    """Return the states that are reached from one without a task, itself included."""
    found, waiting = {state}, [state]
    while waiting:
        for arc in leaving[waiting.pop()]:
            if not space.label(arc) and arc.target not in found:
                found.add(arc.target)
                waiting.append(arc.target)
    return found
