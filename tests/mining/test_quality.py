"""Fitness, precision, generalisation and simplicity: by hand, and by other code."""

import random
import warnings
from collections import defaultdict
from math import sqrt

import pytest
from tests.mining.derivatives import choices
from tests.mining.logs import (
    needs_pm4py,
    played,
    pm4py_log,
    pm4py_module,
    pm4py_net,
    random_tree,
    random_variants,
)

from journeymine.mining.alignments import align
from journeymine.mining.blocks import Block, net_of_block
from journeymine.mining.nets import state_space
from journeymine.mining.quality import Quality, precision, quality_of, simplicity

NAMES = list("abcdef")
CHOICE = Block(
    "sequence",
    parts=(
        Block("task", "a"),
        Block("xor", parts=(Block("task", "b"), Block("task", "c"))),
        Block("task", "d"),
    ),
)


def judged(tree: Block, variants: dict[tuple[str, ...], int]) -> Quality:
    return quality_of(state_space(*net_of_block(tree)), variants, 60)


def test_the_numbers_of_a_small_model_are_those_found_by_hand():
    # Three journeys do a, b, d; one leaves b out.
    found = judged(CHOICE, {("a", "b", "d"): 3, ("a", "d"): 1})
    # One deviation; apart there are 3 + 3 of the first three and 2 + 3 of the last.
    assert found.fitness == 1 - 1 / (3 * 6 + 5)
    assert found.fitting_share == 3 / 4
    # After a, the model allows b and c, and journeys did b: 4 of 5 choices are done.
    assert found.precision == 4 / 5
    # a, b and d are done 4 times, c never.
    assert found.generalisation == 1 - (3 / sqrt(4) + 1) / 4
    # 4 places and 4 transitions, 8 arcs: each node has two.
    assert found.simplicity == 1.0
    assert found.score == found.fitness * 4 / 5


def test_a_model_that_does_what_journeys_do_and_no_more_is_precise():
    assert judged(CHOICE, {("a", "b", "d"): 5, ("a", "c", "d"): 1}).precision == 1.0


def test_an_end_that_no_journey_takes_is_a_choice_not_done():
    tree = Block("loop", parts=(Block("task", "a"), Block("task", "b")))
    found = judged(tree, {("a", "b", "a"): 1})
    # After each a: b or the end; journeys did b first and then the end.
    assert found.precision == 4 / 6


def test_rare_journeys_weigh_little():
    often = judged(CHOICE, {("a", "b", "d"): 99, ("x",): 1})
    seldom = judged(CHOICE, {("a", "b", "d"): 1, ("x",): 99})
    assert often.fitness > 0.99
    assert seldom.fitness < 0.02


def test_a_model_with_more_arcs_is_less_simple():
    tree = Block("xor", parts=tuple(Block("task", name) for name in NAMES))
    # 2 places of 6 arcs, 6 transitions of 2: 24 ends of arcs at 8 nodes.
    assert simplicity(net_of_block(tree)[0]) == 1 / (1 + 24 / 8 - 2)


@pytest.mark.parametrize("seed", range(60))
def test_precision_is_that_of_the_derivatives_of_the_tree(seed):
    chance = random.Random(seed)
    tree = random_tree(chance, NAMES)
    variants = {played(chance, tree): chance.randint(1, 9) for _ in range(12)}
    weights: dict[tuple[str, ...], int] = defaultdict(int)
    done: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for variant, journeys in variants.items():
        for place in range(len(variant) + 1):
            weights[variant[:place]] += journeys
            done[variant[:place]].add((*variant, "")[place])
    allowed = {way: choices(tree, way, NAMES) for way in weights}
    assert all(done[way] <= allowed[way] for way in weights)
    assert judged(tree, variants).precision == sum(
        weights[way] * len(done[way]) for way in weights
    ) / sum(weights[way] * len(allowed[way]) for way in weights)


@pytest.mark.parametrize("seed", range(20))
def test_weights_count_as_repeated_journeys(seed):
    chance = random.Random(seed)
    space = state_space(*net_of_block(random_tree(chance, NAMES)))
    variants = random_variants(chance, [*NAMES, "x"], 10)
    alignments = align(space, list(variants), 60)
    weighted = list(zip(alignments, variants.values(), strict=True))
    repeated = [(one, 1) for one, journeys in weighted for _ in range(journeys)]
    assert precision(space, weighted) == precision(space, repeated)


@needs_pm4py
@pytest.mark.parametrize("seed", range(8))
def test_fitness_simplicity_and_generalisation_are_those_of_pm4py(seed):
    chance = random.Random(seed)
    net = net_of_block(random_tree(chance, NAMES))
    variants = random_variants(chance, [*NAMES, "x"], 10)
    variants.pop((), None)
    found = quality_of(state_space(*net), variants, 60)
    from pm4py.algo.evaluation.generalization.variants.token_based import (  # noqa: PLC0415
        get_generalization,
    )
    from pm4py.algo.evaluation.simplicity.variants import (  # noqa: PLC0415
        arc_degree,
    )

    theirs, log = pm4py_net(*net), pm4py_log(variants)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitness = pm4py_module().fitness_alignments(log, *theirs)
    # They count a silent step as a ten-thousandth of a deviation.
    assert found.fitness == pytest.approx(fitness["log_fitness"], abs=1e-3)
    assert 100 * found.fitting_share == pytest.approx(
        fitness["percentage_of_fitting_traces"]
    )
    assert found.simplicity == pytest.approx(arc_degree.apply(theirs[0]))
    steps = {one.name: one for one in theirs[0].transitions}
    alignments = align(state_space(*net), list(variants), 60)
    fired = [
        {
            "activated_transitions": [
                steps[net[0].transitions[t].name] for t in one.fired
            ]
        }
        for one, journeys in zip(alignments, variants.values(), strict=True)
        for _ in range(journeys)
    ]
    assert found.generalisation == pytest.approx(get_generalization(theirs[0], fired))
