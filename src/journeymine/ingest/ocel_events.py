"""Events of an object-centric log, whatever kind of file they stand in."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeymine.ingest.lines import unreadable
from journeymine.ingest.parts import Quarantined

TO_JSON = json.JSONEncoder(ensure_ascii=False).encode


class Relation(NamedTuple):
    """An object of an event; its type is None if the log does not tell the object."""

    object_id: str
    object_type: str | None
    qualifier: str


@dataclass(frozen=True)
class OcelEvent:
    """An event, with the text of each attribute, and its objects as they relate."""

    event_id: str
    event_type: str
    time: str | None
    attributes: dict[str, str | None]
    relations: Sequence[Relation]


@dataclass(frozen=True)
class Log:
    """What a log tells; `events` holds the bad ones too, in order of their index."""

    object_types: list[str]
    attributes: list[str]
    events: Iterator[OcelEvent | Quarantined]


def text_of(value: object) -> str | None:
    """Return the value of an attribute as text; what is nested, as JSON."""
    if value is None or isinstance(value, str):
        return value
    return TO_JSON(value)


def row_of(event: OcelEvent, log: Log) -> list[str | None]:
    """Return the values of an event: its own, objects by type, and attributes."""
    ids: dict[str | None, dict[str, None]] = {}
    for one in event.relations:
        ids.setdefault(one.object_type, {})[one.object_id] = None
    told = [
        {"objectId": one.object_id, "type": one.object_type, "qualifier": one.qualifier}
        for one in event.relations
    ]
    return [
        event.event_id,
        event.event_type,
        event.time,
        TO_JSON(told) if told else None,
        *(_one_or_list([*ids.get(kind, ())]) for kind in log.object_types),
        *(event.attributes.get(name) for name in log.attributes),
    ]


def problem_in(event: OcelEvent) -> str | None:
    """Return why an event cannot be told, or None."""
    if not event.event_id:
        return "an event without an id"
    if not event.event_type:
        return "an event without a type"
    told = [event.event_id, event.event_type, event.time, *event.attributes.values()]
    told += [text for relation in event.relations for text in relation]
    return unreadable("".join(filter(None, told)).encode("utf-8", "surrogatepass"))


def _one_or_list(ids: list[str]) -> str | None:
    if len(ids) > 1:
        return TO_JSON(ids)
    return ids[0] if ids else None
