"""Events with all that is published of them, as every format tells it."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from journeymine.exports.snapshot import Snapshot, Texts, moment

INT, FLOAT, BOOLEAN, DATE, STRING = "int", "float", "boolean", "date", "string"
LONGEST = 2**63
NUMBER = re.compile(r"[+-]?(\d{1,40}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
"""A decimal number that is finite as a double."""

OWN = {
    "customer_id": STRING,
    "journey_id": STRING,
    "session_id": STRING,
    "event_index": INT,
    "touchpoint": STRING,
    "channel": STRING,
    "stage": STRING,
    "actor": STRING,
    "source_system": STRING,
    "source_name": STRING,
    "amount": FLOAT,
    "currency": STRING,
    "is_aftermath": BOOLEAN,
    "is_step": BOOLEAN,
    "time_flag": STRING,
    "resource": STRING,
    "lifecycle": STRING,
    "started_at": DATE,
    "service_seconds": FLOAT,
    "lifecycle_flag": STRING,
}
"""Columns of fct_events that are told of an event, and what they are."""


class Told(NamedTuple):
    """One attribute: its kind, as event logs call it, and its value as text."""

    kind: str
    text: str


class Event(NamedTuple):
    """One event.

    Attributes
    ----------
    event_id, activity, occurred_at
        What every event has; the time is in ISO 8601, to the microsecond.
    own
        Its columns, those of `OWN` that are not null.
    attributes
        What its source tells of it beside.
    objects
        Type, id and qualifier of its objects, without customer and journey.
    """

    event_id: str
    activity: str
    occurred_at: str
    own: dict[str, Told]
    attributes: dict[str, Told]
    objects: list[tuple[str, str, str]]


def events(snapshot: Snapshot, order: str) -> Iterator[Event]:
    """Yield all events; `order` is by columns of `fct_events`."""
    columns = ", ".join(_text(name, kind) for name, kind in OWN.items())
    for row in snapshot.rows(
        f"""
        select fct_events.event_id, activity, {moment("occurred_at")},
            fct_event_attributes.attributes, fct_event_attributes.kinds,
            objects.objects, {columns}
        from fct_events
        left join fct_event_attributes
            on fct_events.event_id = fct_event_attributes.event_id
        left join (
            select event_id,
                cast(to_json(list([object_type, object_id, qualifier]
                    order by object_type, object_id)) as varchar) as objects
            from fct_event_objects
            where object_type not in ('customer', 'journey')
            group by event_id
        ) as objects on fct_events.event_id = objects.event_id
        order by {order}
        """
    ):
        yield _event(row)


def fitting(kind: str, text: str) -> str:
    """Return the kind of a value, or `string` where the value is none of that kind."""
    return kind if kind == STRING or _FITS.get(kind, _never)(text) else STRING


def _text(name: str, kind: str) -> str:
    column = f"fct_events.{name}"
    return moment(column) if kind == DATE else f"cast({column} as varchar)"


def _event(row: Texts) -> Event:
    event_id, activity, occurred_at, attributes, kinds, objects, *own = row
    return Event(
        event_id=str(event_id),
        activity=str(activity),
        occurred_at=str(occurred_at),
        own={
            name: Told(kind, text)
            for (name, kind), text in zip(OWN.items(), own, strict=True)
            if text is not None
        },
        attributes=_attributes(attributes, kinds),
        objects=[(one, id_, how) for one, id_, how in json.loads(objects or "[]")],
    )


def _attributes(attributes: str | None, kinds: str | None) -> dict[str, Told]:
    if attributes is None:
        return {}
    kind_of = json.loads(kinds) if kinds else {}
    return {
        name: Told(fitting(kind_of.get(name, STRING), text), text)
        for name, text in json.loads(attributes).items()
        if isinstance(text, str)
    }


def _is_int(text: str) -> bool:
    is_whole = re.fullmatch(r"[+-]?\d{1,19}", text, re.ASCII) is not None
    return is_whole and -LONGEST <= int(text) < LONGEST


def _is_float(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _never(_: str) -> bool:
    return False


_FITS = {
    INT: _is_int,
    FLOAT: _is_float,
    BOOLEAN: {"true", "false"}.__contains__,
    DATE: _is_date,
}
