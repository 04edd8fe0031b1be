import random
import re
import xml.etree.ElementTree as ET
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from journeymine.process_map.boxes import size_of
from journeymine.process_map.drawing import (
    Edge,
    Node,
    draw_graph,
    draw_process_map,
    standalone,
)
from journeymine.process_map.labels import Rectangle, area, place_labels
from journeymine.process_map.layout import place
from journeymine.process_map.routes import route

STAGES = ["awareness", "interest", "intent", "purchase"]


def graph(size: int, seed: int) -> tuple[list[Node], list[Edge]]:
    """Return a tangled graph: loops, two ways, edges across all stages."""
    chance = random.Random(seed)
    nodes = [
        Node(f"n{i}", f"Activity {i}", weight=i, stage=STAGES[i % len(STAGES)])
        for i in range(size)
    ]
    pairs = {(chance.randrange(size), chance.randrange(size)) for _ in range(2 * size)}
    edges = [
        Edge(f"n{a}", f"n{b}", chance.randint(1, 900), f"{chance.randint(1, 99)}.1k")
        for a, b in sorted(pairs)
    ]
    return nodes, edges


def test_a_drawing_is_the_same_every_time() -> None:
    nodes, edges = graph(20, 1)
    first, second = (draw_process_map(nodes, edges, "map", STAGES) for _ in "ab")
    assert first == second
    assert draw_graph(nodes, edges, "map") == draw_graph(nodes, edges, "map")


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 40), st.integers(0, 10**6))
def test_no_label_stands_on_a_box_or_on_another_label(size: int, seed: int) -> None:
    nodes, edges = graph(size, seed)
    layout = place(nodes, edges, [int(node.name[1:]) % 4 for node in nodes])
    boxes = [area(layout.centres[node.name], size_of(node)) for node in nodes]
    words = [edge.label for edge in edges]
    labels = place_labels(words, route(nodes, edges, layout), boxes)
    found = [label for label in labels if label]
    assert not _meet(boxes)
    assert not _meet(found)
    assert not any(label.meets(box) for label in found for box in boxes)


def test_forty_activities_keep_most_of_their_labels() -> None:
    nodes, edges = graph(40, 3)
    drawn = draw_process_map(nodes, edges, "map", STAGES)
    assert drawn.count('class="ti2 halo"') > 0.8 * len(edges)


def test_each_stage_is_a_column_from_left_to_right() -> None:
    nodes, edges = graph(24, 5)
    drawn = draw_process_map(nodes, edges, "map", STAGES)
    heads = re.findall(r'<text x="([\d.]+)" y="18" class="ti b">(\w+)</text>', drawn)
    assert [name for _, name in heads] == [stage.capitalize() for stage in STAGES]
    places = [float(x) for x, _ in heads]
    assert places == sorted(places)


def test_a_model_has_circles_boxes_and_gateways() -> None:
    nodes = [
        Node("start", kind="start"),
        Node("choice", kind="exclusive"),
        Node("a", 'Pay <now> & "later"'),
        Node("both", kind="parallel"),
        Node("end", kind="end"),
    ]
    ends = ["start", "choice", "a", "both", "end"]
    edges = [Edge(a, b) for a, b in pairwise(ends)]
    drawn = ET.fromstring(standalone(draw_graph(nodes, edges, "model")))
    shapes = [element.tag.rsplit("}")[-1] for element in drawn.iter()]
    assert shapes.count("circle") == 2
    assert shapes.count("rect") == 1
    assert 'Pay <now> & "later"' in {element.text for element in drawn.iter()}


def test_a_graph_without_edges_is_drawn() -> None:
    assert "Alone" in draw_graph([Node("a", "Alone")], [], "one")


def _meet(areas: list[Rectangle]) -> bool:
    return any(
        one.meets(other)
        for number, one in enumerate(areas)
        for other in areas[number + 1 :]
    )


def test_a_model_reads_from_its_start_to_its_end() -> None:
    start, again, end = Node("s", kind="start"), Node("g", kind="exclusive"), "e"
    nodes = [start, again, Node("task"), Node(end, kind="end")]
    edges = [Edge("s", "g"), Edge("g", "task"), Edge("task", "g"), Edge("task", "e")]
    layers = place(nodes, edges, None).layers
    assert [layers[node.name] for node in nodes] == [0, 1, 2, 3]


def test_a_layer_of_gateways_is_narrow() -> None:
    nodes = [Node("s", kind="start"), Node("g", kind="exclusive"), Node("task")]
    drawn = place(nodes, [Edge("s", "g"), Edge("g", "task")], None)
    assert [drawn.columns[x] for x, _ in drawn.centres.values()] == [34, 34, 140]
