"""What both forms of OCEL 2.0 tell of objects: types, attributes, whose they are."""

from collections.abc import Iterator

from journeymine.exports.events import DATE, FLOAT, STRING
from journeymine.exports.snapshot import Snapshot, moment

SEEN_FIRST = "1970-01-01T00:00:00.000000Z"
"""When a value holds that was always so, as the standard has it."""

OBJECT = {"first_seen": DATE}
OBJECT_TYPES = {
    "customer": {**OBJECT, "persona": STRING},
    "journey": {
        **OBJECT,
        "outcome": STRING,
        "exit_cause": STRING,
        "duration_seconds": FLOAT,
        "variant_id": STRING,
        "goal_amount": FLOAT,
    },
}
"""Types that every event has, and the attributes of their objects."""


def object_types(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """Return the types of objects, by name, with the attributes of each."""
    named = snapshot.rows(
        "select distinct object_type from dim_objects"
        " where object_type not in ('customer', 'journey') order by object_type"
    )
    return {**OBJECT_TYPES, **{str(name): OBJECT for (name,) in named}}


def objects(
    snapshot: Snapshot, kind: str
) -> Iterator[tuple[str, dict[str, str], str | None]]:
    """Yield the objects of a type: id, attributes, and the id of whose they are."""
    attributes = object_types(snapshot)[kind]
    for object_id, owner, *values in snapshot.rows(_OBJECTS.get(kind, _others(kind))):
        told = zip(attributes, values, strict=True)
        yield (
            object_key(kind, str(object_id)),
            {name: text for name, text in told if text is not None},
            owner and object_key("customer", owner),
        )


def object_key(kind: str, object_id: str) -> str:
    """Return the id of an object that no object of another type has."""
    return f"{kind}:{object_id}"


_OBJECTS = {
    "customer": f"""
        select customer_id, null, {moment("first_at")}, persona
        from dim_customers
        where customer_id in (select customer_id from fct_events)
            or customer_id in (
                select customer_id from fct_journeys where journey_kind = 'main'
            )
        order by customer_id
    """,
    "journey": f"""
        select journey_id, customer_id, {moment("started_at")}, outcome, exit_cause,
            cast(duration_seconds as varchar), variant_id,
            cast(goal_amount as varchar)
        from fct_journeys
        where journey_kind = 'main'
        order by journey_id
    """,
}


def _others(kind: str) -> str:
    literal = kind.replace("'", "''")
    return f"""
        select object_id, null, {moment("first_at")}
        from dim_objects
        where object_type = '{literal}'
        order by object_id
    """
