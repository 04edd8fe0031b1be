"""Journeys as an event log in XES 1.0: a trace each, its events in their order.

What the standard has no name for stands under `jm:`; attributes of the sources keep
their names. `start_timestamp` is when the work that an event ends began.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TextIO

from journeymine.exports.events import (
    DATE,
    FLOAT,
    INT,
    STRING,
    Event,
    Told,
    events,
)
from journeymine.exports.snapshot import Snapshot, moment
from journeymine.exports.xml_pen import Pen
from journeymine.report.cells.texts import written

PREFIX = "jm:"
STANDARD = {
    "resource": "org:resource",
    "lifecycle": "lifecycle:transition",
    "started_at": "start_timestamp",
}
"""Columns that XES, or the habit of its tools, has a name for."""

JOURNEY = {
    "customer_id": STRING,
    "persona": STRING,
    "journey_index": INT,
    "started_at": DATE,
    "ended_at": DATE,
    "outcome": STRING,
    "exit_cause": STRING,
    "duration_seconds": FLOAT,
    "variant_id": STRING,
    "goal_amount": FLOAT,
}
"""Columns of fct_journeys that are told of a trace, and what they are."""

OF_TRACE = {"journey_id"}
"""Columns of events that their trace tells for all of them."""

TAKEN = {"concept:name", "time:timestamp", *STANDARD.values()}

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xes.features="" \
xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" \
uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" \
uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" \
uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value="none"/></global>
<global scope="event"><string key="concept:name" value="none"/>\
<date key="time:timestamp" value="1970-01-01T00:00:00.000000Z"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name"/>
<classifier name="Touchpoint" keys="jm:touchpoint"/>
"""


def write_xes(snapshot: Snapshot, path: Path) -> dict[str, int]:
    """Write the log, and return how many journeys, events and lost characters."""
    counts = {"journeys": 0, "events": 0, "characters replaced": 0}
    pen = Pen()
    told = groupby(
        events(snapshot, "fct_events.journey_id, fct_events.rowid"),
        key=lambda event: event.own["journey_id"].text,
    )
    with written(path) as file:
        file.write(HEAD)
        file.write(pen.attributes([("concept:name", Told(STRING, snapshot.project))]))
        for (journey_id, trace), (of, group) in zip(
            _journeys(snapshot), told, strict=True
        ):
            if of != journey_id:
                message = f"journey {journey_id} has no events, or {of} no journey"
                raise ValueError(message)
            counts["journeys"] += 1
            counts["events"] += _write_trace(file, pen, journey_id, (trace, [*group]))
        file.write("</log>\n")
    counts["characters replaced"] = pen.replaced
    return counts


def _journeys(snapshot: Snapshot) -> Iterator[tuple[str, dict[str, Told]]]:
    columns = ", ".join(
        moment(name) if kind == DATE else f"cast({name} as varchar)"
        for name, kind in JOURNEY.items()
    )
    for journey_id, *values in snapshot.rows(
        f"select journey_id, {columns} from fct_journeys where journey_kind = 'main'"
        " order by journey_id"
    ):
        yield (
            str(journey_id),
            {
                PREFIX + name: Told(kind, text)
                for (name, kind), text in zip(JOURNEY.items(), values, strict=True)
                if text is not None
            },
        )


def _write_trace(
    file: TextIO, pen: Pen, journey_id: str, trace: tuple[dict[str, Told], list[Event]]
) -> int:
    own, group = trace
    shared = _shared(group)
    file.write("<trace>\n")
    file.write(pen.attributes([("concept:name", Told(STRING, journey_id))]))
    file.write(pen.attributes(own.items()))
    file.write(
        pen.attributes(
            (_free(key.removeprefix("case:")), told)
            for key, told in shared.items()
            if (key, told.text) != ("case:concept:name", journey_id)
        )
    )
    for event in group:
        file.write("<event>\n")
        file.write(pen.attributes(_of_event(event, shared)))
        file.write("</event>\n")
    file.write("</trace>\n")
    return len(group)


def _shared(group: list[Event]) -> dict[str, Told]:
    """Return the attributes of a case on whose values all of its events agree."""
    found: dict[str, Told] = {}
    apart = set()
    for event in group:
        for key, told in event.attributes.items():
            if key.startswith("case:") and found.setdefault(key, told) != told:
                apart.add(key)
    return {key: told for key, told in found.items() if key not in apart}


def _of_event(event: Event, shared: dict[str, Told]) -> Iterator[tuple[str, Told]]:
    yield "concept:name", Told(STRING, event.activity)
    yield "time:timestamp", Told(DATE, event.occurred_at)
    if "lifecycle" not in event.own:
        yield STANDARD["lifecycle"], Told(STRING, "complete")
    yield f"{PREFIX}event_id", Told(STRING, event.event_id)
    for name, told in event.own.items():
        if name not in OF_TRACE:
            yield STANDARD.get(name, PREFIX + name), told
    for key, told in event.attributes.items():
        if key not in shared:
            yield _free(key), told


def _free(key: str) -> str:
    """Return the name of an attribute, another one where it is taken."""
    is_taken = key in TAKEN or key.startswith((PREFIX, "case:"))
    return f"{PREFIX}attribute:{key}" if is_taken else key
