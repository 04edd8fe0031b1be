"""What both forms of OCEL 2.0 tell of events: types, attributes, relations."""

from collections.abc import Iterator
from dataclasses import dataclass

from journeymine.exports.events import (
    BOOLEAN,
    DATE,
    FLOAT,
    INT,
    LONGEST,
    NUMBER,
    OWN,
    STRING,
    Event,
    Told,
)
from journeymine.exports.ocel_objects import object_key
from journeymine.exports.snapshot import Snapshot

OWN_OF_EVENTS = {
    name: kind
    for name, kind in OWN.items()
    if name not in ("customer_id", "journey_id")
}
"""Columns of events that no object tells."""

SOURCE = "source:"
"""Before the keys of what sources tell, to keep them apart from our own."""


@dataclass(frozen=True, slots=True)
class Named:
    """An attribute of a type: its name in the file, and its kind."""

    name: str
    kind: str


Names = dict[str, Named]
"""The attributes of a type, by our own names and by those of sources after `SOURCE`."""


def event_types(snapshot: Snapshot) -> dict[str, Names]:
    """Return the activities, by name, with the attributes of each.

    Names of sources that are ours already, or differ only in case, get a number.
    """
    own = {name: Named(name, kind) for name, kind in OWN_OF_EVENTS.items()}
    types = {
        str(activity): {**own}
        for (activity,) in snapshot.rows(
            "select distinct activity from fct_events order by activity"
        )
    }
    taken = {*own, "ocel_id", "ocel_time", "ocel_changed_field"}
    names: dict[str, str] = {}
    for key, activity, kind in snapshot.rows(_TOLD):
        if key not in names:
            names[str(key)] = _free(str(key), taken)
        types[str(activity)][f"{SOURCE}{key}"] = Named(names[str(key)], str(kind))
    return types


def _free(name: str, taken: set[str]) -> str:
    """Return a name that is not taken, whatever its case, and take it."""
    found, number = name or "_", 2
    while found.lower() in taken:
        found, number = f"{name} ({number})", number + 1
    taken.add(found.lower())
    return found


def relations(event: Event) -> list[tuple[str, str]]:
    """Return id and qualifier of each object of an event, in order."""
    given = [
        (kind, event.own[f"{kind}_id"].text, kind) for kind in ("customer", "journey")
    ]
    return sorted(
        (object_key(kind, object_id), qualifier)
        for kind, object_id, qualifier in [*given, *event.objects]
    )


def attributes(event: Event, names: Names) -> Iterator[tuple[str, str, str]]:
    """Yield name, kind and text of each attribute of an event, in order of the type."""
    told: dict[str, Told] = {
        **event.own,
        **{f"{SOURCE}{key}": one for key, one in event.attributes.items()},
    }
    for key, named in names.items():
        if key in told:
            yield named.name, named.kind, told[key].text


def number(kind: str, text: str) -> int | float | bool | str:
    """Return a value as what it is; times and texts as text."""
    if kind == INT:
        return int(text)
    if kind == FLOAT:
        return float(text)
    return text == "true" if kind == BOOLEAN else text


# An attribute is of a kind if all its values are, and else a string.
_TOLD = f"""
select key, activity,
    case when count(distinct kind) = 1 and bool_and(
        case kind
            when '{INT}' then coalesce(
                try_cast(told as hugeint) between {-LONGEST} and {LONGEST - 1}, false)
            when '{FLOAT}' then regexp_full_match(told, '{NUMBER.pattern}')
            when '{BOOLEAN}' then told in ('true', 'false')
            when '{DATE}' then try_cast(told as timestamptz) is not null
            else false
        end
    ) then any_value(kind) else '{STRING}' end
from (
    select activity, attributes.key,
        json_extract_string(attributes.value, '$') as told,
        coalesce(
            json_extract_string(
                kinds,
                '/' || replace(replace(attributes.key, '~', '~0'), '/', '~1')
            ),
            '{STRING}'
        ) as kind
    from fct_event_attributes
    inner join fct_events on fct_event_attributes.event_id = fct_events.event_id,
        lateral json_each(fct_event_attributes.attributes) as attributes
)
group by key, activity
order by key, activity
"""
