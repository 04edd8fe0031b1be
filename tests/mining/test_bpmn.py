"""BPMN files that are read, and those that are written: others can open them."""

import random
import re
from pathlib import Path
from xml.dom import minidom

import pytest
from tests.mining.logs import (
    needs_pm4py,
    played,
    pm4py_module,
    pm4py_net,
    random_tree,
    random_variants,
)

from journeymine.errors import ConfigError
from journeymine.mining.alignments import align_variants
from journeymine.mining.blocks import Block, net_of_block
from journeymine.mining.bpmn_reading import TASKS, read_bpmn
from journeymine.mining.bpmn_writing import write_bpmn
from journeymine.mining.flow_charts import flow_chart
from journeymine.mining.net_writing import write_pnml, write_ptml

NAMES = list("abcdef")
HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process>'
TAIL = "</process></definitions>"


def flows(*ends: str) -> str:
    return "".join(
        f'<sequenceFlow id="f{number}" sourceRef="{pair.split()[0]}"'
        f' targetRef="{pair.split()[1]}"/>'
        for number, pair in enumerate(ends)
    )


@pytest.fixture
def read(tmp_path):
    """Return a function that reads a process, and what aligning variants costs."""

    def costs(process: str, *variants: tuple[str, ...]) -> list[int]:
        file = tmp_path / "model.bpmn"
        file.write_text(f"{HEAD}{process}{TAIL}")
        return [one.cost for one in align_variants(*read_bpmn(file), variants, 60)]

    return costs


SEQUENCE = (
    '<startEvent id="s"/><task id="x" name="a"/>'
    '<{0} id="y" name=" b &amp;\n c "/><endEvent id="e"/>'
)


@pytest.mark.parametrize("kind", sorted(TASKS))
def test_tasks_of_all_kinds_are_activities(read, kind):
    process = SEQUENCE.format(kind) + flows("s x", "x y", "y e")
    assert read(process, ("a", "b & c"), ("a",)) == [0, 1]


def test_all_kinds_of_tasks_are_known():
    assert {
        *("task", "userTask", "serviceTask", "sendTask", "receiveTask", "manualTask"),
        *("businessRuleTask", "scriptTask", "callActivity", "subProcess"),
    } <= TASKS


def test_an_exclusive_gateway_is_a_choice_and_a_parallel_one_is_both(read):
    nodes = (
        '<startEvent id="s"/><{0} id="g"/><task id="x" name="a"/>'
        '<task id="y" name="b"/><{0} id="h"/><endEvent id="e"/>'
    )
    ways = flows("s g", "g x", "g y", "x h", "y h", "h e")
    asked = ("a",), ("b", "a")
    assert read(nodes.format("exclusiveGateway") + ways, *asked) == [0, 1]
    assert read(nodes.format("parallelGateway") + ways, *asked) == [1, 0]


def test_a_task_that_two_flows_lead_to_may_be_done_again(read):
    nodes = (
        '<startEvent id="s"/><task id="x" name="a"/><exclusiveGateway id="g"/>'
        '<endEvent id="e"/>'
    )
    asked = ("a",), ("a", "a", "a"), ()
    assert read(nodes + flows("s x", "x g", "g x", "g e"), *asked) == [0, 0, 1]


def test_a_named_intermediate_event_is_an_activity_and_one_without_name_is_none(read):
    nodes = (
        '<startEvent id="s"/><intermediateCatchEvent id="x" name="paid"/>'
        '<intermediateThrowEvent id="y"/><endEvent id="e"/>'
    )
    assert read(nodes + flows("s x", "x y", "y e"), ("paid",)) == [0]


@pytest.mark.parametrize(
    ("process", "wrong"),
    [
        ('<task id="x" name="a"/>' + flows("x x"), "the process never begins"),
        ('<startEvent id="s"/><task id="x"/>' + flows("s x"), "the task 'x' has no"),
        ('<startEvent id="s"/>' + flows("s x"), "'x', which is no node"),
        (
            '<startEvent id="s"/><inclusiveGateway id="x"/>' + flows("s x"),
            "'x' is of the kind inclusiveGateway",
        ),
        (
            '<startEvent id="s"/><task id="x" name="a"/><task id="y" name="b"/>'
            + flows("s x"),
            "no flow leads to 'b'",
        ),
        ("", "holds 0 processes with tasks"),
    ],
    ids=["start", "name", "node", "inclusive", "flow", "empty"],
)
def test_what_is_no_plain_process_is_refused_with_its_place(read, process, wrong):
    with pytest.raises(ConfigError, match=rf"model\.bpmn: .*{re.escape(wrong)}.*; \w"):
        read(process)


def test_a_file_that_is_missing_broken_or_may_explode_is_refused(tmp_path):
    file = tmp_path / "model.bpmn"
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        read_bpmn(file)
    file.write_text("<definitions")
    with pytest.raises(ConfigError, match="line 1: broken XML"):
        read_bpmn(file)
    file.write_text('<!DOCTYPE d [<!ENTITY a "aa">]><d>&a;</d>')
    with pytest.raises(ConfigError, match="declares XML entities"):
        read_bpmn(file)


def written(folder: Path, tree: Block) -> tuple[Path, Path, Path]:
    files = folder / "m.bpmn", folder / "m.pnml", folder / "m.ptml"
    write_bpmn(flow_chart(tree), "Model", files[0])
    write_pnml(*net_of_block(tree), files[1])
    write_ptml(tree, files[2])
    return files


@pytest.mark.parametrize("seed", range(25))
def test_a_written_process_means_what_the_tree_means(seed, tmp_path):
    chance = random.Random(seed)
    tree = random_tree(chance, NAMES)
    variants = [*random_variants(chance, NAMES, 20), played(chance, tree)]
    ours = align_variants(*net_of_block(tree), variants, 60)
    theirs = align_variants(*read_bpmn(written(tmp_path, tree)[0]), variants, 60)
    assert [one.cost for one in ours] == [one.cost for one in theirs]


@pytest.mark.parametrize("seed", range(10))
def test_ids_resolve_and_all_parts_are_drawn(seed, tmp_path):
    tree = random_tree(random.Random(seed), NAMES)
    document = minidom.parse(str(written(tmp_path, tree)[0]))
    ids = [one.getAttribute("id") for one in elements(document, "*")]
    told = {one for one in ids if one}
    assert len(told) == len([one for one in ids if one])
    lines = elements(document, "sequenceFlow")
    for line in lines:
        for end, kind in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
            (node,) = (
                one
                for one in elements(document, "*")
                if one.getAttribute("id") == line.getAttribute(end)
            )
            named = [text_of(one) for one in node.getElementsByTagName(kind)]
            assert line.getAttribute("id") in named
    drawn = {
        one.getAttribute("bpmnElement")
        for tag in ("BPMNShape", "BPMNEdge")
        for one in elements(document, tag)
    }
    process = document.getElementsByTagName("process")[0]
    parts = [one for one in process.childNodes if one.nodeType == one.ELEMENT_NODE]
    assert drawn == {one.getAttribute("id") for one in parts}
    edges = elements(document, "BPMNEdge")
    assert len(edges) == len(lines)
    assert all(len(one.getElementsByTagName("di:waypoint")) > 1 for one in edges)
    assert all(
        float(one.getAttribute(name)) >= 0
        for one in elements(document, "Bounds")
        for name in ("x", "y", "width", "height")
    )


def text_of(element: minidom.Element) -> str:
    return "".join(part.data for part in element.childNodes if part.nodeType == 3)


def elements(document: minidom.Document, tag: str) -> list[minidom.Element]:
    return document.getElementsByTagNameNS("*", tag)


@needs_pm4py
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(8))
def test_pm4py_opens_all_three_files_and_finds_the_same_behaviour(seed, tmp_path):
    pm4py = pm4py_module()
    chance = random.Random(seed)
    tree = random_tree(chance, NAMES)
    bpmn, pnml, ptml = map(str, written(tmp_path, tree))
    opened = [
        pm4py.read_pnml(pnml),
        pm4py.convert_to_petri_net(pm4py.read_ptml(ptml)),
        pm4py.convert_to_petri_net(pm4py.read_bpmn(bpmn)),
        pm4py_net(*net_of_block(tree)),
    ]
    footprints = [pm4py.discover_footprints(*net) for net in opened]
    for kind in ("sequence", "parallel", "activities", "start_activities"):
        assert all(one[kind] == footprints[-1][kind] for one in footprints), kind


def test_a_name_may_hold_what_xml_cannot(tmp_path):
    tree = Block("task", 'a <b> & "c" \x07')
    for file in written(tmp_path, tree):
        assert 'a <b> & "c" \ufffd' in str(
            [
                *(
                    one.getAttribute("name")
                    for one in elements(minidom.parse(str(file)), "*")
                ),
                *(text_of(one) for one in elements(minidom.parse(str(file)), "text")),
            ]
        )
