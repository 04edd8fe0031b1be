"""Rare arcs are noise, but no activity is cut off."""

from importlib.util import find_spec
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymine.process_graph import Graph, without_noise
from journeymine.process_models import discover

NAMES = st.sampled_from("abcdef")
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=6), min_size=1, max_size=12)


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


@pytest.mark.skipif(find_spec("pm4py") is None, reason="the extra `mining` is missing")
@pytest.mark.filterwarnings("ignore")
def test_a_part_that_only_ends_is_mined():
    graph = Graph({("bug", "wish"): 1}, {"wish": 6}, {"wish": 9})
    assert "'bug'" in str(discover(graph, 0.2))
