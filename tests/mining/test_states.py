"""The states of a net against a plain walk that tries every transition everywhere."""

import random
from collections import Counter

import pytest

from journeymine.mining.nets import Marking, Net, NetError, Transition, state_space

PLACES = ("p", "q", "r", "s")
MOST = 60


def random_net(chance: random.Random) -> Net:
    """Return a net in which some transitions take two tokens, several times or none."""
    transitions = []
    for number in range(chance.randint(3, 8)):
        taken = chance.choice([1] * 15 + [0, 2, 2])
        given = taken if chance.random() < 0.8 else chance.randint(0, 2)
        takes, gives = (tuple(chance.choices(PLACES, k=k)) for k in (taken, given))
        transitions.append(Transition(f"t{number}", "a", takes, gives))
    return Net(PLACES, tuple(transitions))


def walked(net: Net, first: Marking) -> list[tuple[int, int, int]] | None:
    """Return the steps between markings, numbered as they are met; None if too many."""
    markings, arcs = [Counter(first)], []
    for source, marking in enumerate(markings):
        for number, one in enumerate(net.transitions):
            if Counter(one.takes) <= marking:
                after = marking - Counter(one.takes) + Counter(one.gives)
                if after not in markings:
                    markings.append(after)
                arcs.append((source, number, markings.index(after)))
        if len(markings) > MOST:
            return None
    return arcs


@pytest.mark.parametrize("seed", range(3))
def test_states_are_those_of_a_plain_walk(seed: int) -> None:
    chance, kinds = random.Random(seed), Counter[str]()
    for _ in range(200):
        net = random_net(chance)
        arcs = walked(net, {"p": 1})
        try:
            # The start is the end, too; states that never come back are left out.
            space = state_space(net, {"p": 1}, {"p": 1}, MOST)
        except NetError:
            assert arcs is None
            kinds["too large"] += 1
            continue
        assert arcs is not None
        kept = kept_by(arcs)
        place = {state: index for index, state in enumerate(sorted(kept))}
        assert [(one.source, one.transition, one.target) for one in space.arcs] == [
            (place[source], number, place[target])
            for source, number, target in arcs
            if source in kept and target in kept
        ]
        kinds["told"] += len(kept) > 1
    assert min(kinds["too large"], kinds["told"]) > 10, kinds


def kept_by(arcs: list[tuple[int, int, int]]) -> set[int]:
    """Return the states from which there is a way to the first."""
    kept = {0}
    for _ in arcs:
        kept |= {source for source, _, target in arcs if target in kept}
    return kept
