"""An alignment has as few deviations as any: against pm4py, and by hand."""

import random
import warnings

import pytest
from tests.mining.logs import (
    needs_pm4py,
    played,
    pm4py_log,
    pm4py_module,
    pm4py_net,
    random_tree,
    random_variants,
)

from journeymine.mining.alignments import Alignment, align_variants
from journeymine.mining.blocks import Block, net_of_block
from journeymine.mining.nets import Net, NetError, Transition, state_space

NAMES = list("abcdef")


def task(label: str) -> Block:
    return Block("task", label)


def sequence(*labels: str) -> Block:
    return Block("sequence", parts=tuple(map(task, labels)))


def aligned(tree: Block, *variants: tuple[str, ...]) -> list[Alignment]:
    return align_variants(*net_of_block(tree), variants, 60)


def test_a_variant_that_the_model_can_do_has_no_deviation():
    (one,) = aligned(sequence("a", "b"), ("a", "b"))
    assert one.moves == [("a", "a"), ("b", "b")]
    assert (one.cost, one.fitness) == (0, 1.0)


def test_an_activity_that_the_journey_left_out_is_a_move_of_the_model():
    (one,) = aligned(sequence("a", "b", "c"), ("a", "c"))
    assert one.moves == [("a", "a"), (None, "b"), ("c", "c")]
    assert one.cost == 1
    assert one.fitness == 1 - 1 / (2 + 3)


def test_an_activity_that_the_model_does_not_know_is_a_move_of_the_journey():
    (one,) = aligned(sequence("a", "b"), ("a", "x", "b"))
    assert one.moves == [("a", "a"), ("x", None), ("b", "b")]


def test_an_empty_journey_does_nothing_of_a_shortest_way():
    (one,) = aligned(Block("xor", parts=(sequence("a", "b"), task("c"))), ())
    assert one.moves == [(None, "c")]
    assert one.fitness == 0.0


def test_a_silent_step_is_no_deviation():
    tree = Block(
        "sequence", parts=(task("a"), Block("xor", parts=(task("b"), task(""))))
    )
    (one,) = aligned(tree, ("a",))
    assert one.moves == [("a", "a")]
    assert len(one.fired) == 2


def test_alignments_come_in_the_order_of_the_variants():
    variants = [("b",), ("a",), ("a", "b"), ("b",), ()]
    found = aligned(sequence("a", "b"), *variants)
    assert [tuple(one for one, _ in each.moves if one) for each in found] == variants


def test_a_net_without_bounds_is_refused():
    grow = Transition("t", "a", ("p",), ("p", "q"))
    net = Net(("p", "q"), (grow,))
    with pytest.raises(NetError, match="more than 5000 states"):
        align_variants(net, {"p": 1}, {"p": 1}, [()], 60)


def test_a_net_that_never_ends_is_refused():
    net = Net(("p", "q"), (Transition("t", "a", ("p",), ("p",)),))
    with pytest.raises(NetError, match="its end cannot be reached"):
        align_variants(net, {"p": 1}, {"q": 1}, [()], 60)


def test_states_from_which_there_is_no_end_are_left_out():
    dead = Transition("dead", "x", ("p",), ("trap",))
    ends = Transition("ends", "a", ("p",), ("q",))
    space = state_space(Net(("p", "q", "trap"), (dead, ends)), {"p": 1}, {"q": 1})
    assert [space.label(arc) for arc in space.arcs] == ["a"]


def test_an_alignment_that_takes_too_long_says_so():
    with pytest.raises(NetError, match="took more than -1 seconds"):
        align_variants(*net_of_block(sequence("a")), [("a",)], -1)


@pytest.mark.parametrize("seed", range(40))
def test_what_a_tree_plays_has_no_deviation(seed):
    chance = random.Random(seed)
    tree = random_tree(chance, NAMES)
    ways = [played(chance, tree) for _ in range(20)]
    assert {one.cost for one in aligned(tree, *ways)} == {0}


@pytest.mark.parametrize("seed", range(40))
def test_moves_tell_the_journey_and_a_way_through_the_model(seed):
    chance = random.Random(seed)
    tree = random_tree(chance, NAMES)
    variants = list(random_variants(chance, [*NAMES, "x"], 15))
    found = aligned(tree, *variants)
    ways = [tuple(step for _, step in one.moves if step) for one in found]
    assert [tuple(seen for seen, _ in one.moves if seen) for one in found] == variants
    assert {one.cost for one in aligned(tree, *ways)} == {0}


@needs_pm4py
@pytest.mark.parametrize("seed", range(12))
def test_no_alignment_of_pm4py_has_fewer_deviations(seed):
    chance = random.Random(seed)
    net = net_of_block(random_tree(chance, NAMES))
    variants = random_variants(chance, [*NAMES, "x"], 12)
    once = dict.fromkeys(variants, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = pm4py_module().conformance_diagnostics_alignments(
            pm4py_log(once), *pm4py_net(*net)
        )
    ours = align_variants(*net, list(once), 60)
    # They count 10,000 for a deviation, and 1 for a silent step.
    assert [one.cost for one in ours] == [one["cost"] // 10_000 for one in theirs]
    # They call it unfit to do nothing where nothing needs to be done.
    told = [pair for pair in zip(ours, theirs, strict=True) if pair[0].worst]
    assert [ours.fitness for ours, _ in told] == pytest.approx(
        [theirs["fitness"] for _, theirs in told]
    )
