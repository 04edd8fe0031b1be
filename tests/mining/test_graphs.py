"""Rare arcs are noise, but no activity is cut off."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.mining.logs import needs_pm4py

from journeymine.mining.alignments import align_variants
from journeymine.mining.blocks import net_of_block
from journeymine.mining.discovery import mine_graph, mine_variants
from journeymine.mining.graphs import Graph, most_frequent, net_of_graph, without_noise

NAMES = st.sampled_from("abcdef")
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=6), min_size=1, max_size=12)
# Of more, all parallel, a tree may be in more states than a net may have.
FEW_NAMES = st.lists(st.sampled_from("abcd"), min_size=1, max_size=6)
FEW = st.lists(FEW_NAMES, min_size=1, max_size=12)


def graph_of(paths: list[list[str]]) -> Graph:
    graph = Graph({}, {}, {})
    for path in paths:
        graph.starts[path[0]] = graph.starts.get(path[0], 0) + 1
        graph.ends[path[-1]] = graph.ends.get(path[-1], 0) + 1
        for arc in pairwise(path):
            graph.arcs[arc] = graph.arcs.get(arc, 0) + 1
    return graph


def reached(starts: set[str], arcs: set[tuple[str, str]]) -> set[str]:
    found: set[str] = set()
    while starts - found:
        found |= starts
        starts = {after for before, after in arcs if before in found}
    return found


def test_an_arc_far_below_the_strongest_of_its_activity_is_left_out():
    graph = Graph({("a", "b"): 10, ("a", "c"): 1, ("b", "c"): 9}, {"a": 11}, {"c": 10})
    assert without_noise(graph, 0.2).arcs == {("a", "b"): 10, ("b", "c"): 9}


def test_a_rare_arc_stays_if_nothing_else_leads_there():
    graph = Graph({("a", "b"): 10, ("a", "c"): 1}, {"a": 11}, {"b": 10, "c": 1})
    assert without_noise(graph, 0.2) == graph


@given(paths=PATHS, threshold=st.floats(0, 1))
def test_every_activity_stays_on_a_way_from_a_start_to_an_end(paths, threshold):
    graph = graph_of(paths)
    kept = without_noise(graph, threshold)
    assert kept.arcs.items() <= graph.arcs.items()
    activities = {name for path in paths for name in path}
    forwards = set(kept.arcs)
    backwards = {(after, before) for before, after in forwards}
    assert reached(set(kept.starts), forwards) == activities
    assert reached(set(kept.ends), backwards) == activities


@given(paths=PATHS)
def test_without_a_threshold_everything_stays(paths):
    graph = graph_of(paths)
    assert without_noise(graph, 0) == graph


def test_most_frequent_arcs_are_kept_until_they_hold_the_share():
    graph = Graph(
        {("a", "b"): 10, ("a", "c"): 2, ("b", "c"): 9, ("c", "b"): 1, ("c", "a"): 3},
        {"a": 12},
        {"c": 12},
    )
    assert most_frequent(graph, 0.9).arcs == {
        ("a", "b"): 10,
        ("b", "c"): 9,
        ("c", "a"): 3,
    }
    assert most_frequent(graph, 1) == graph


@given(paths=PATHS, share=st.floats(0, 1))
def test_the_most_frequent_arcs_hold_the_share_and_reach_every_activity(paths, share):
    graph = graph_of(paths)
    kept = most_frequent(graph, share)
    assert kept.all_arcs.items() <= graph.all_arcs.items()
    assert sum(kept.all_arcs.values()) >= share * sum(graph.all_arcs.values())
    activities = {name for path in paths for name in path}
    assert reached(set(kept.starts), set(kept.arcs)) == activities


@settings(deadline=None)
@given(paths=PATHS)
def test_the_net_of_a_whole_graph_does_what_journeys_do(paths):
    net = net_of_graph(graph_of(paths))
    variants = [tuple(path) for path in paths]
    assert {one.cost for one in align_variants(*net, variants, 60)} == {0}


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
def test_a_part_that_only_ends_is_mined():
    graph = Graph({("bug", "wish"): 1}, {"wish": 6}, {"wish": 9})
    assert "'bug'" in str(mine_graph(graph, 0.2))


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
@settings(max_examples=25, deadline=None)
@given(paths=FEW, threshold=st.sampled_from([0.0, 0.2, 0.5, 0.8]))
def test_any_paths_are_mined_and_what_is_found_has_an_end(paths, threshold):
    variants = {tuple(path): 1 for path in paths}
    for tree in (
        mine_graph(graph_of(paths), threshold),
        mine_variants(variants, threshold),
    ):
        assert align_variants(*net_of_block(tree), [()], 60)


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
@settings(max_examples=25, deadline=None)
@given(paths=FEW)
def test_without_noise_a_tree_of_variants_can_do_them_all(paths):
    variants = {tuple(path): 1 for path in paths}
    net = net_of_block(mine_variants(variants, 0))
    assert {one.cost for one in align_variants(*net, list(variants), 60)} == {0}
