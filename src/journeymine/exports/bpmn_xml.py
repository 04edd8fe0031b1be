"""Pools, lanes, tasks and flows as XML of BPMN 2.0, with where they are drawn."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from journeymine.exports.xml_pen import clean

SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
NAME = 30

Point = tuple[int, int]


@dataclass(frozen=True)
class Lane:
    """A lane of a pool, and what is to be known of it."""

    key: str
    name: str
    about: str


@dataclass(frozen=True)
class Node:
    """A task, gateway or event, in a lane, from its upper left corner."""

    key: str
    kind: str
    name: str
    lane: int
    x: int
    y: int
    wide: int
    high: int


@dataclass(frozen=True)
class Flow:
    """The way from one node to another."""

    key: str
    source: str
    target: str
    name: str


@dataclass(frozen=True)
class Pool:
    """One process with its lanes, one below the other."""

    key: str
    name: str
    lanes: tuple[Lane, ...]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    y: int
    wide: int
    lane_high: int

    @property
    def high(self) -> int:
        """How high it is drawn."""
        return self.lane_high * max(1, len(self.lanes))

    @property
    def tasks(self) -> int:
        """How many of its nodes are tasks."""
        return sum(node.kind == "userTask" for node in self.nodes)


def definitions(name: str, pools: list[Pool]) -> ET.Element:
    """Return the document: a collaboration, its processes, and their drawing."""
    for prefix, space in SPACES.items():
        ET.register_namespace(prefix, space)
    told = {"id": "journeymine", "targetNamespace": "urn:journeymine"}
    root = ET.Element(_name("bpmn:definitions"), {**told, "name": clean(name)})
    together = _add(root, "bpmn:collaboration", id="map")
    for pool in pools:
        process = f"{pool.key}_process"
        _add(
            together, "bpmn:participant",
            id=pool.key, name=pool.name, processRef=process,
        )  # fmt: skip
    for pool in pools:
        _process(root, pool)
    diagram = _add(root, "bpmndi:BPMNDiagram", id="diagram")
    plane = _add(diagram, "bpmndi:BPMNPlane", id="plane", bpmnElement="map")
    for pool in pools:
        _draw(plane, pool)
    return root


def _process(root: ET.Element, pool: Pool) -> None:
    process = _add(root, "bpmn:process", id=f"{pool.key}_process", isExecutable="false")
    lanes = _add(process, "bpmn:laneSet", id=f"{pool.key}_lanes")
    for number, lane in enumerate(pool.lanes):
        element = _add(lanes, "bpmn:lane", id=lane.key, name=lane.name)
        _texts(element, "bpmn:documentation", [lane.about] if lane.about else [])
        inside = [node.key for node in pool.nodes if node.lane == number]
        _texts(element, "bpmn:flowNodeRef", inside)
    for node in pool.nodes:
        element = _add(process, f"bpmn:{node.kind}", id=node.key, name=node.name)
        comes = [flow.key for flow in pool.flows if flow.target == node.key]
        goes = [flow.key for flow in pool.flows if flow.source == node.key]
        _texts(element, "bpmn:incoming", comes)
        _texts(element, "bpmn:outgoing", goes)
    for flow in pool.flows:
        ends = {"sourceRef": flow.source, "targetRef": flow.target}
        _add(process, "bpmn:sequenceFlow", id=flow.key, name=flow.name, **ends)


def _texts(parent: ET.Element, tag: str, texts: list[str]) -> None:
    for text in texts:
        _add(parent, tag).text = clean(text)


def _draw(plane: ET.Element, pool: Pool) -> None:
    _shape(plane, pool.key, (0, pool.y, pool.wide, pool.high), isHorizontal="true")
    for number, lane in enumerate(pool.lanes):
        y = pool.y + number * pool.lane_high
        size = (NAME, y, pool.wide - NAME, pool.lane_high)
        _shape(plane, lane.key, size, isHorizontal="true")
    for node in pool.nodes:
        _shape(plane, node.key, (node.x, node.y, node.wide, node.high))
    places = {node.key: node for node in pool.nodes}
    for flow in pool.flows:
        edge = _add(plane, "bpmndi:BPMNEdge", id=f"{flow.key}_di", bpmnElement=flow.key)
        for x, y in _way(places[flow.source], places[flow.target]):
            _add(edge, "di:waypoint", x=str(x), y=str(y))


def _shape(
    plane: ET.Element, key: str, size: tuple[int, int, int, int], **more: str
) -> None:
    shape = _add(plane, "bpmndi:BPMNShape", id=f"{key}_di", bpmnElement=key, **more)
    names = ("x", "y", "width", "height")
    sizes = {name: str(value) for name, value in zip(names, size, strict=True)}
    _add(shape, "dc:Bounds", **sizes)


def _way(source: Node, target: Node) -> list[Point]:
    """Return the corners of a flow: down to who leaves, else to the right."""
    x, y = source.x + source.wide, source.y + source.high // 2
    to = target.y + target.high // 2
    if target.x < x:
        middle = source.x + source.wide // 2
        return [(middle, source.y + source.high), (middle, target.y)]
    if y == to:
        return [(x, y), (target.x, to)]
    turn = (x + target.x) // 2
    return [(x, y), (turn, y), (turn, to), (target.x, to)]


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    told = {name: clean(value) for name, value in attributes.items()}
    return ET.SubElement(parent, _name(tag), told)


def _name(tag: str) -> str:
    prefix, _, local = tag.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"
