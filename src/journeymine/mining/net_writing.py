"""Write Petri nets as PNML, and process trees as PTML, as ProM and pm4py read them."""

from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from journeymine.mining.blocks import Block
from journeymine.mining.nets import Marking, Net
from journeymine.mining.xml_files import sayable, write_xml

GRAMMAR = "http://www.pnml.org/version-2009/grammar"
OPERATORS = {"xor": "xor", "sequence": "sequence", "parallel": "and", "loop": "xorLoop"}
SKIP = Block("task")


def write_pnml(net: Net, initial: Marking, final: Marking, path: Path) -> None:
    """Write a net with its first and its last marking.

    PNML itself has no silent transitions and no last marking.
    """
    root = Element("pnml", {"xmlns": f"{GRAMMAR}/pnml"})
    whole = SubElement(root, "net", {"id": "net", "type": f"{GRAMMAR}/ptnet"})
    _add_text(whole, "name", path.stem)
    page = SubElement(whole, "page", {"id": "page"})
    ids = {name: f"p{number}" for number, name in enumerate(net.places, start=1)}
    for name, place in ids.items():
        part = SubElement(page, "place", {"id": place})
        _add_text(part, "name", name)
        if name in initial:
            _add_text(part, "initialMarking", str(initial[name]))
    _add_transitions(page, net, ids)
    marking = SubElement(SubElement(whole, "finalmarkings"), "marking")
    for name, tokens in final.items():
        part = SubElement(marking, "place", {"idref": ids[name]})
        SubElement(part, "text").text = str(tokens)
    write_xml(root, path)


def _add_transitions(page: Element, net: Net, ids: dict[str, str]) -> None:
    arcs: list[tuple[str, str]] = []
    for number, one in enumerate(net.transitions, start=1):
        name = f"t{number}"
        part = SubElement(page, "transition", {"id": name})
        _add_text(part, "name", one.label or one.name)
        if not one.label:
            tool = {"tool": "ProM", "version": "6.4", "activity": "$invisible$"}
            SubElement(part, "toolspecific", {**tool, "localNodeID": name})
        arcs += [(ids[place], name) for place in one.takes]
        arcs += [(name, ids[place]) for place in one.gives]
    for number, (source, target) in enumerate(arcs, start=1):
        ends = {"source": source, "target": target}
        SubElement(page, "arc", {"id": f"a{number}", **ends})


def write_ptml(tree: Block, path: Path) -> None:
    """Write a process tree. A loop has a third part there: what comes after it."""
    root = Element("ptml")
    about = {"id": "tree", "name": path.stem, "root": "n1"}
    whole = SubElement(root, "processTree", about)
    links: list[tuple[str, str]] = []
    _add_block(whole, tree, links)
    for number, (parent, child) in enumerate(links, start=1):
        ends = {"sourceId": parent, "targetId": child}
        SubElement(whole, "parentsNode", {"id": f"e{number}", **ends})
    write_xml(root, path)


def _add_block(whole: Element, block: Block, links: list[tuple[str, str]]) -> str:
    """Add a block and its parts; return its id."""
    name = f"n{len(whole) + 1}"
    if block.kind == "task":
        tag = "manualTask" if block.label else "automaticTask"
        SubElement(whole, tag, {"id": name, "name": sayable(block.label)})
        return name
    SubElement(whole, OPERATORS[block.kind], {"id": name, "name": ""})
    parts = block.parts
    if block.kind == "loop":
        again = parts[1] if len(parts) == 2 else Block("xor", parts=parts[1:])
        parts = (parts[0], again, SKIP)
    for part in parts:
        # Its parts stand before the next of its brothers: links are in their order.
        place = len(links)
        links.append((name, ""))
        links[place] = (name, _add_block(whole, part, links))
    return name


def _add_text(part: Element, tag: str, text: str) -> None:
    SubElement(SubElement(part, tag), "text").text = sayable(text)
