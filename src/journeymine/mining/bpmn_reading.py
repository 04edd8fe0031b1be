"""Read a BPMN 2.0 file as a Petri net (Dijkman, Dumas, Ouyang 2008).

A sequence flow is a place. Tasks and named intermediate events are activities; they,
and gateways, take a token from a flow and put one on others. What has another meaning
(inclusive gateways, boundary events, subprocesses with parts) is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from journeymine.errors import ConfigError
from journeymine.mining.nets import Marking, Net, Transition

SPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"
START, END = "start", "end"
TASKS = {
    *("task", "userTask", "serviceTask", "sendTask", "receiveTask", "manualTask"),
    *("businessRuleTask", "scriptTask", "callActivity", "subProcess", "transaction"),
}
EVENTS = {"intermediateCatchEvent", "intermediateThrowEvent"}
CHOICES = {"exclusiveGateway", "eventBasedGateway"}
BOTH = {"parallelGateway"}
NODES = {*TASKS, *EVENTS, *CHOICES, *BOTH, "startEvent", "endEvent"}
REFUSED = {"inclusiveGateway", "complexGateway", "boundaryEvent", "adHocSubProcess"}


class _UnusableError(Exception):
    """Says what is wrong with a file, and what to do."""


@dataclass(frozen=True)
class _Node:
    """A node, and the flows that come in and go out."""

    kind: str
    name: str
    label: str
    into: list[str]
    out: list[str]


def read_bpmn(path: Path) -> tuple[Net, Marking, Marking]:
    """Return a file's net, with its first and its last marking.

    Raises
    ------
    ConfigError
        If it cannot be read, is no BPMN, or says what a net of this kind cannot.
    """
    try:
        process = _process(_parsed(path.read_bytes()))
        nodes = _nodes(process)
        transitions = tuple(one for node in nodes for one in _transitions(node))
        _check(nodes, transitions)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}; check the path"
        raise ConfigError(message) from error
    except expat.ExpatError as error:
        reason = f"line {error.lineno}: broken XML ({expat.ErrorString(error.code)})"
        message = f"{path}: {reason}; export it again"
        raise ConfigError(message) from error
    except _UnusableError as error:
        message = f"{path}: {error}"
        raise ConfigError(message) from error
    flows = {flow for node in nodes for flow in (*node.into, *node.out)}
    net = Net((START, *sorted(flows), END), transitions)
    return net, {START: 1}, {END: 1}


def _parsed(text: bytes) -> Element:
    builder, parser = TreeBuilder(), expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.EntityDeclHandler = _refuse_entities
    parser.Parse(text, True)
    return builder.close()


def _refuse_entities(*_: object) -> None:
    message = "declares XML entities, which may grow without bounds; export it again"
    raise _UnusableError(message)


def _process(root: Element) -> Element:
    """Return the one process that has parts."""
    found = [one for one in root.iter(f"{SPACE}}}process") if _parts(one)]
    if len(found) != 1:
        message = f"holds {len(found)} processes with tasks; keep one, in BPMN 2.0"
        raise _UnusableError(message)
    return found[0]


def _parts(process: Element) -> list[tuple[str, Element]]:
    named = ((one.tag.rpartition("}")[2], one) for one in process)
    return [(kind, one) for kind, one in named if kind in NODES | REFUSED]


def _nodes(process: Element) -> list[_Node]:
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for flow in process.iter(f"{SPACE}}}sequenceFlow"):
        name = f"flow {flow.get('id')}"
        out.setdefault(flow.get("sourceRef", ""), []).append(name)
        into.setdefault(flow.get("targetRef", ""), []).append(name)
    nodes = []
    for kind, part in _parts(process):
        name = part.get("id", "")
        label = " ".join(part.get("name", "").split())
        _check_part(kind, label or name, part)
        node = _Node(kind, name, label, into.pop(name, []), out.pop(name, []))
        nodes.append(node)
    for name in (*into, *out):
        message = f"a flow begins or ends at {name!r}, which is no node; mend the model"
        raise _UnusableError(message)
    return nodes


def _check_part(kind: str, called: str, part: Element) -> None:
    message = ""
    if kind in REFUSED or (kind in TASKS and _parts(part)):
        message = (
            f"{called!r} is of the kind {kind}, which no journey is compared with; use"
            " tasks, exclusive and parallel gateways"
        )
    elif kind in TASKS and not part.get("name", "").strip():
        message = f"the task {called!r} has no name; call it as the activity"
    if message:
        raise _UnusableError(message)


def _check(nodes: list[_Node], transitions: tuple[Transition, ...]) -> None:
    for node in nodes:
        if not node.into and node.kind != "startEvent":
            message = f"no flow leads to {node.label or node.name!r}; draw one"
            raise _UnusableError(message)
    for place, what in ((START, "begins"), (END, "ends")):
        if not any(place in (*one.takes, *one.gives) for one in transitions):
            message = f"the process never {what}; draw a {place} event"
            raise _UnusableError(message)


def _transitions(node: _Node) -> Iterator[Transition]:
    """Yield what a node does; one that leads nowhere leads to the end."""
    out = tuple(node.out) or (END,)
    ways: list[tuple[tuple[str, ...], tuple[str, ...]]]
    if node.kind == "startEvent":
        ways = [((START,), out)]
    elif node.kind in BOTH:
        ways = [(tuple(node.into), out)]
    elif node.kind in CHOICES:
        ways = [((flow,), (after,)) for flow in node.into for after in out]
    else:
        ways = [((flow,), out) for flow in node.into]
    label = node.label if node.kind in TASKS | EVENTS else ""
    for index, (takes, gives) in enumerate(ways, start=1):
        yield Transition(f"{node.name}-{index}", label, takes, gives)
