"""Events of PostHog, as a batch export writes them."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.core.bench import Bench

SOURCE = '[sources.web]\nconnector = "posthog"\npath = "*.{}"\n'

Event = dict[str, object]


def event(number: int, name: str, who: str, **properties: object) -> Event:
    """Return an event at 08:00 and as many minutes as its number says.

    Of the names of properties, `S` at the beginning stands for a dollar.
    """
    told = {
        f"${key[1:]}" if key.startswith("S") else key: value
        for key, value in properties.items()
    }
    return {
        "uuid": f"00000000-0000-4000-8000-{number:012}",
        "event": name,
        "distinct_id": who,
        "person_id": f"person of {who}",
        "properties": {"$session_id": "s1", "$lib": "web", **told},
        "person_properties": {"email": "Ann@shop.example"} if who == "u1" else {},
        "timestamp": datetime(2024, 5, 1, 8, number, tzinfo=UTC),
    }


ADDRESS = "https://shop.example/tents?utm_medium=paid%2Dsocial&utm_campaign=may+sale#x"
EVENTS = [
    event(0, "$pageview", "anon", Scurrent_url=ADDRESS, Sdevice_type="Mobile"),
    event(1, "$pageview", "anon", Scurrent_url="https://shop.example?utm_medium=%E9"),
    event(2, "$autocapture", "anon"),
    event(3, "$feature_flag_called", "anon"),
    event(4, "$identify", "u1", Sanon_distinct_id="anon"),
    event(5, "Order Placed", "u1", total="12.50", currency="usd", order_id="o1"),
    event(6, "order_placed", "u1", revenue="much"),
    event(7, "$screen", "u2", Slib="posthog-ios", Sis_identified=True),
    event(8, "$create_alias", "u2", alias="old2"),
    event(9, "$merge_dangerously", "u3", alias="old3"),
    event(10, "buy", "old2"),
    event(11, "buy", "old3"),
    event(12, "$pageview", "crawler", Sbrowser_type="bot"),
    event(13, "$rageclick", "u3"),
    event(14, "$identify", "Bob@shop.example"),
]


def parquet(events: list[Event]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([_flat(one) for one in events]), file)
    return file.getvalue()


def json_lines(events: list[Event]) -> str:
    return "".join(json.dumps(one, default=str) + "\n" for one in events)


def separated(events: list[Event]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, events[0])
    writer.writeheader()
    writer.writerows(map(_flat, events))
    # As a database writes times: without the offset.
    return file.getvalue().replace("+00:00", "")


def _flat(one: Event) -> Event:
    names = ("properties", "person_properties")
    return {key: json.dumps(one[key]) if key in names else one[key] for key in one}


@pytest.mark.parametrize(
    ("suffix", "written"),
    [("parquet", parquet), ("jsonl", json_lines), ("csv", separated)],
)
def test_events_are_told_alike_by_all_formats(
    bench: Bench,
    tmp_path: Path,
    suffix: str,
    written: Callable[[list[Event]], str | bytes],
) -> None:
    landed(bench, tmp_path, SOURCE.format(suffix), {f"a.{suffix}": written(EVENTS)})
    assert events_of(
        bench, "at", "activity", "channel", "amount::float", "currency", "session_key"
    ) == [
        ("2024-05-01 08:00:00.000", "page_view", "ads", None, "EUR", "s1"),
        ("2024-05-01 08:01:00.000", "page_view", "web", None, "EUR", "s1"),
        ("2024-05-01 08:05:00.000", "order_placed", "web", 12.5, "USD", "s1"),
        ("2024-05-01 08:06:00.000", "order_placed", "web", None, "EUR", "s1"),
        ("2024-05-01 08:07:00.000", "screen_view", "app", None, "EUR", "s1"),
        ("2024-05-01 08:10:00.000", "buy", "web", None, "EUR", "s1"),
        ("2024-05-01 08:11:00.000", "buy", "web", None, "EUR", "s1"),
        ("2024-05-01 08:13:00.000", "rage_click", "web", None, "EUR", "s1"),
    ]
    told = [json.loads(str(one)) for (one,) in events_of(bench, "attributes")]
    assert {key: value for key, value in told[0].items() if value} == {
        "page": "/tents",
        "device": "mobile",
        "campaign": "may sale",
    }
    assert told[1]["page"] == "/"
    assert people_of(bench) == [
        {
            "email=ann@shop.example",
            "posthog_id=anon",
            "posthog_id=u1",
            "posthog_person=person of anon",
            "posthog_person=person of u1",
            "user_id=u1",
        },
        {
            "email=bob@shop.example",
            "posthog_id=Bob@shop.example",
            "posthog_person=person of Bob@shop.example",
        },
        {
            "posthog_id=old2",
            "posthog_id=u2",
            "posthog_person=person of old2",
            "posthog_person=person of u2",
            "user_id=u2",
        },
        {
            "posthog_id=old3",
            "posthog_id=u3",
            "posthog_person=person of old3",
            "posthog_person=person of u3",
        },
    ]
    assert rejected_of(bench) == []


def test_what_is_no_event_is_set_aside(bench: Bench, tmp_path: Path) -> None:
    good, nameless, nobody, timeless = (event(place, "buy", "u1") for place in range(4))
    nameless["event"] = nobody["distinct_id"] = timeless["timestamp"] = None
    text = separated([good, nameless, nobody, timeless])
    text += "u,buy,u1,p,{broken,{},2024-05-01 09:00:00\n"
    landed(bench, tmp_path, SOURCE.format("csv"), {"a.csv": text})
    assert rejected_of(bench) == [
        ("web", 2, "no event"),
        ("web", 3, "no distinct_id"),
        ("web", 4, "no time"),
        ("web", 5, "properties are no JSON"),
    ]
