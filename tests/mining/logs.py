"""Random process trees and logs, and what pm4py makes of them."""

import contextlib
import io
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import Any

import pytest

from journeymine.mining.alignments import Variant
from journeymine.mining.blocks import Block
from journeymine.mining.nets import Marking, Net

HAS_PM4PY = find_spec("pm4py") is not None
needs_pm4py = pytest.mark.skipif(not HAS_PM4PY, reason="the extra `mining` is missing")
KINDS = ("sequence", "xor", "parallel", "loop")


def pm4py_module() -> Any:
    """Import pm4py without its banner."""
    with contextlib.redirect_stdout(io.StringIO()):
        import pm4py  # noqa: PLC0415  an extra
    return pm4py


def random_tree(chance: random.Random, activities: list[str]) -> Block:
    """Return a tree in which each activity stands once, and some silent tasks."""
    if len(activities) == 1:
        task = Block("task", activities[0])
        return (
            Block("xor", parts=(task, Block("task"))) if chance.random() < 0.2 else task
        )
    kind = chance.choice(KINDS)
    cut = chance.randint(1, len(activities) - 1)
    parts = (
        random_tree(chance, activities[:cut]),
        random_tree(chance, activities[cut:]),
    )
    if kind == "loop" and chance.random() < 0.3:
        parts = (Block("sequence", parts=parts), Block("task"))
    return Block(kind, parts=parts)


def random_variants(
    chance: random.Random, activities: list[str], number: int
) -> dict[Variant, int]:
    """Return random variants, and how many journeys follow each."""
    return {
        tuple(chance.choices(activities, k=chance.randint(0, 8))): chance.randint(1, 9)
        for _ in range(number)
    }


def played(chance: random.Random, block: Block) -> Variant:
    """Return one way through a tree."""
    match block.kind:
        case "task":
            return (block.label,) if block.label else ()
        case "xor":
            return played(chance, chance.choice(block.parts))
        case "sequence":
            return tuple(name for part in block.parts for name in played(chance, part))
        case "loop":
            way = played(chance, block.parts[0])
            while chance.random() < 0.4:
                way += played(chance, chance.choice(block.parts[1:]))
                way += played(chance, block.parts[0])
            return way
        case _:
            ways = [list(played(chance, part)) for part in block.parts]
            turns = [place for place, way in enumerate(ways) for _ in way]
            chance.shuffle(turns)
            return tuple(ways[place].pop(0) for place in turns)


def pm4py_net(net: Net, initial: Marking, final: Marking) -> tuple[Any, Any, Any]:
    """Return a net as pm4py's."""
    from pm4py.objects.petri_net.obj import Marking as Tokens  # noqa: PLC0415
    from pm4py.objects.petri_net.obj import PetriNet  # noqa: PLC0415
    from pm4py.objects.petri_net.utils.petri_utils import (  # noqa: PLC0415
        add_arc_from_to,
    )

    theirs = PetriNet("net")
    places = {name: PetriNet.Place(name) for name in net.places}
    theirs.places.update(places.values())
    for one in net.transitions:
        step = PetriNet.Transition(one.name, one.label or None)
        theirs.transitions.add(step)
        for name in one.takes:
            add_arc_from_to(places[name], step, theirs)
        for name in one.gives:
            add_arc_from_to(step, places[name], theirs)
    markings = (
        Tokens({places[name]: number for name, number in marking.items()})
        for marking in (initial, final)
    )
    return (theirs, *markings)


def pm4py_log(variants: dict[Variant, int]) -> Any:
    """Return a log as pm4py's: one trace per journey."""
    from pm4py.objects.log.obj import Event, EventLog, Trace  # noqa: PLC0415

    log = EventLog()
    for number, variant in enumerate(repeated(variants)):
        trace = Trace(attributes={"concept:name": str(number)})
        for place, name in enumerate(variant):
            at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=place)
            trace.append(Event({"concept:name": name, "time:timestamp": at}))
        log.append(trace)
    return log


def repeated(variants: dict[Variant, int]) -> Iterator[Variant]:
    for variant, journeys in variants.items():
        yield from [variant] * journeys
