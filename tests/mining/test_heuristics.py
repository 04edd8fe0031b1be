"""The heuristics net: which arcs stay, and what is parallel."""

import random

import pytest
from tests.mining.logs import needs_pm4py, pm4py_module, random_variants
from tests.mining.writing_models import graph

from journeymine.mining.alignments import align_variants
from journeymine.mining.graphs import graph_of
from journeymine.mining.heuristics import (
    NEVER,
    _cliques,
    dependencies,
    heuristics_net,
)
from journeymine.mining.nets import NetError, state_space

PARALLEL: dict[tuple[str, ...], int] = {
    ("a", "b", "c", "d"): 10,
    ("a", "c", "b", "d"): 10,
}
CHOICE: dict[tuple[str, ...], int] = {("a", "b", "d"): 10, ("a", "c", "d"): 10}


def costs(variants: dict[tuple[str, ...], int], *asked: tuple[str, ...]) -> list[int]:
    net = heuristics_net(graph(variants), 0.5)
    return [one.cost for one in align_variants(*net, asked, 60)]


def test_dependency_is_how_much_more_often_one_comes_after_the_other():
    found = dependencies(graph({("a", "b"): 8, ("b", "a"): 1, ("c", "c"): 4}))
    assert found["a", "b"] == (8 - 1) / (8 + 1 + 1)
    assert found["b", "a"] == (1 - 8) / (8 + 1 + 1)
    assert found["c", "c"] == 4 / 5


def test_activities_that_follow_each_other_in_either_order_are_parallel():
    both, one = ("a", "b", "c", "d"), ("a", "b", "d")
    assert costs(PARALLEL, both, one) == [0, 1]


def test_activities_that_never_follow_each_other_are_a_choice():
    both, one = ("a", "b", "c", "d"), ("a", "b", "d")
    assert costs(CHOICE, both, one) == [1, 0]


def test_pages_between_which_people_go_to_and_fro_are_not_parallel_after_a_rare_one():
    paths = {("a", "b"): 1, ("a", "c"): 1, ("b", "c") * 20: 1, ("c", "b") * 20: 1}
    assert costs(paths, ("a", "b"), ("a", "c")) == [0, 0]


def test_activities_of_which_one_depends_on_the_other_are_not_parallel():
    paths = {("a", "b", "c", "d", "b", "c"): 10, ("a", "c"): 10}
    assert costs(paths, ("a", "c")) == [0]


def test_an_arc_below_the_threshold_is_left_out_unless_it_leads_to_an_activity():
    paths = {("a", "b", "c"): 90, ("a", "c"): 5, ("c", "a", "b"): 4}
    labels = {one.name for one in heuristics_net(graph(paths), 0.9)[0].transitions}
    assert {"do a", "do b", "do c"} <= labels
    places = heuristics_net(graph(paths), 0.9)[0].places
    assert "from a to b" in places
    assert "from a to c" not in places


@pytest.mark.parametrize("seed", range(30))
def test_without_parallels_every_net_has_an_end(seed):
    chance = random.Random(seed)
    net = heuristics_net(graph(random_variants(chance, list("abcdef"), 8)), 0.5, NEVER)
    assert state_space(*net).states > 1


def test_too_many_ways_to_go_on_are_refused():
    # b1 to b7 and their twins: any of 2 to the 7 choices of one of each pair.
    names = [f"{letter}{number}" for number in range(7) for letter in "bc"]
    arcs = {("a", name): 10 for name in names} | {("", "a"): 140}
    arcs |= {(name, ""): 10 for name in names}
    arcs |= {(one, other): 10 for one in names for other in names if one[1] != other[1]}
    with pytest.raises(NetError, match="more than 100 sets of parallel neighbours"):
        heuristics_net(graph_of(arcs), 0.5)


@pytest.mark.parametrize("seed", range(20))
def test_cliques_are_the_largest_sets_of_friends(seed):
    chance = random.Random(seed)
    nodes = [("", name) for name in "abcdefg"]
    together: dict[tuple[str, str], set[tuple[str, str]]] = {
        one: set() for one in nodes
    }
    for one in nodes:
        for other in nodes:
            if one < other and chance.random() < 0.5:
                together[one].add(other)
                together[other].add(one)
    sets = [
        {node for place, node in enumerate(nodes) if number >> place & 1}
        for number in range(1, 2 ** len(nodes))
    ]
    friends = [one for one in sets if all(one - {a} <= together[a] for a in one)]
    largest = [one for one in friends if not any(one < other for other in friends)]
    found = [set(one) for one in _cliques([], nodes, [], together)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, largest))


@needs_pm4py
@pytest.mark.parametrize("seed", range(10))
def test_dependencies_are_those_of_pm4py(seed):
    variants = random_variants(random.Random(seed), list("abcdef"), 12)
    log = graph(variants)
    pm4py_module()
    from pm4py.algo.discovery.heuristics.variants.classic import (  # noqa: PLC0415
        apply_heu_dfg,
    )

    theirs = apply_heu_dfg(
        log.arcs,
        activities=log.activities,
        start_activities=log.starts,
        end_activities=log.ends,
    ).dependency_matrix
    # Theirs leaves out what one activity does after itself.
    ours = {arc: one for arc, one in dependencies(log).items() if arc[0] != arc[1]}
    assert ours == {arc: theirs[arc[0]][arc[1]] for arc in ours}
