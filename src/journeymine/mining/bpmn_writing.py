"""Write a flow chart as a BPMN 2.0 process, with the diagram that shows it."""

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from journeymine.mining.flow_charts import FlowChart
from journeymine.mining.xml_files import sayable, write_xml
from journeymine.process_map.boxes import size_of
from journeymine.process_map.layout import Layout, Point, place

BPMN = "http://www.omg.org/spec/BPMN/20100524"
DD = "http://www.omg.org/spec/DD/20100524"
TAGS = {
    "start": "startEvent",
    "task": "task",
    "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway",
    "end": "endEvent",
}
MARGIN = 20.0


def write_bpmn(chart: FlowChart, name: str, path: Path) -> None:
    """Write a flow chart as a process, and where its parts stand."""
    root = Element(
        "definitions",
        {
            "xmlns": f"{BPMN}/MODEL",
            "xmlns:bpmndi": f"{BPMN}/DI",
            "xmlns:dc": f"{DD}/DC",
            "xmlns:di": f"{DD}/DI",
            "id": "definitions",
            "targetNamespace": "urn:journeymine:models",
        },
    )
    _add_process(root, chart, name)
    _add_diagram(root, chart)
    write_xml(root, path)


def _add_process(root: Element, chart: FlowChart, name: str) -> None:
    about = {"id": "process", "name": sayable(name), "isExecutable": "false"}
    process = SubElement(root, "process", about)
    flows = [(f"f{number}", edge) for number, edge in enumerate(chart.edges, start=1)]
    for node in chart.nodes:
        part = SubElement(process, TAGS[node.kind], {"id": node.name})
        if node.label:
            part.set("name", sayable(node.label))
        for flow, edge in flows:
            if edge.target == node.name:
                SubElement(part, "incoming").text = flow
        for flow, edge in flows:
            if edge.source == node.name:
                SubElement(part, "outgoing").text = flow
    for flow, edge in flows:
        ends = {"sourceRef": edge.source, "targetRef": edge.target}
        SubElement(process, "sequenceFlow", {"id": flow, **ends})


def _add_diagram(root: Element, chart: FlowChart) -> None:
    layout = place(chart.nodes, chart.edges, None)
    diagram = SubElement(root, "bpmndi:BPMNDiagram", {"id": "diagram"})
    about = {"id": "plane", "bpmnElement": "process"}
    plane = SubElement(diagram, "bpmndi:BPMNPlane", about)
    for node in chart.nodes:
        about = {"id": f"{node.name}_shape", "bpmnElement": node.name}
        shape = SubElement(plane, "bpmndi:BPMNShape", about)
        if node.kind == "exclusive":
            shape.set("isMarkerVisible", "true")
        (x, y), (width, height) = layout.centres[node.name], size_of(node)
        left, top = x - width / 2 + MARGIN, y - height / 2 + MARGIN
        numbers = {"x": left, "y": top, "width": width, "height": height}
        bounds = {name: f"{number:g}" for name, number in numbers.items()}
        SubElement(shape, "dc:Bounds", bounds)
    for number in range(len(chart.edges)):
        about = {"id": f"f{number + 1}_edge", "bpmnElement": f"f{number + 1}"}
        line = SubElement(plane, "bpmndi:BPMNEdge", about)
        for x, y in _way(chart, layout, number):
            point = {"x": f"{x + MARGIN:g}", "y": f"{y + MARGIN:g}"}
            SubElement(line, "di:waypoint", point)


def _way(chart: FlowChart, layout: Layout, number: int) -> list[Point]:
    """Return the points of an edge, from the side of a node to that of another."""
    edge = chart.edges[number]
    sizes = {node.name: size_of(node) for node in chart.nodes}
    (from_x, from_y), (to_x, to_y) = (
        layout.centres[edge.source],
        layout.centres[edge.target],
    )
    ahead = 1 if from_x <= to_x else -1
    return [
        (from_x + ahead * sizes[edge.source][0] / 2, from_y),
        *layout.bends[number],
        (to_x - ahead * sizes[edge.target][0] / 2, to_y),
    ]
