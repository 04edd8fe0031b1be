"""Calls of Segment and RudderStack, as JSON lines and as rows of a warehouse."""

import json
from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.core.bench import Bench

JSON_LINES = '[sources.web]\nconnector = "segment"\npath = "*.jsonl"\n'
WAREHOUSE = '[sources.web]\nconnector = "segment"\npath = "*.csv"\n'
DEVICE = "0b7d8a3e-1111-4222-8333-444455556666"


def call(kind: str, number: int, **further: object) -> dict[str, object]:
    """Return a call at 08:00 and as many minutes as its number says."""
    return {
        "messageId": f"m{number}",
        "type": kind,
        "anonymousId": DEVICE,
        "timestamp": f"2024-05-01T08:{number:02}:00.000Z",
        **further,
    }


CALLS = [
    call(
        "page",
        0,
        name="Home",
        context={
            "campaign": {"name": "may", "medium": "Paid Social"},
            "page": {"path": "/"},
            "sessionId": 1714550400,
        },
    ),
    call("screen", 1, name="Cart", context={"app": {"name": "Shop"}}),
    call(
        "track",
        2,
        event="Order Completed",
        userId="u1",
        properties={"order_id": "o1", "revenue": 12.5, "currency": "usd"},
    ),
    call("identify", 3, userId="u1", traits={"email": "Ann@Shop.example"}),
    call("group", 4, userId="u1", groupId="g1", traits={"name": "Shop"}),
    # Ann is known by her id of before, and Bob by what his device made up.
    call("alias", 5, userId="u1", previousId="old1", anonymousId=None),
    call(
        "alias", 6, userId="u2", previousId=DEVICE.replace("0", "9"), anonymousId=None
    ),
    call("track", 7, event="Seen", anonymousId=DEVICE.replace("0", "9")),
    call(
        "track",
        8,
        event="Said",
        anonymousId=None,
        context={"traits": {"email": "ann@shop.example", "phone": "+49 30 1"}},
    ),
    # The device's clock is an hour fast: it was sent 10 s after it happened.
    call(
        "track",
        9,
        event="Late",
        timestamp=None,
        originalTimestamp="2024-05-01T10:30:00Z",
        sentAt="2024-05-01T10:30:10Z",
        receivedAt="2024-05-01T09:30:10.500Z",
    ),
    call(
        "track", 10, event="Raw", timestamp=None, originalTimestamp="2024-05-01T09:40Z"
    ),
    call(
        "track", 10, event="Raw", timestamp=None, originalTimestamp="2024-05-01T09:40Z"
    ),
]
BROKEN = [
    call("track", 1),
    call("mail", 2),
    call("track", 3, event="A", messageId=None),
    call("page", 4, timestamp=None),
    call("page", 5, timestamp="noon"),
]


def test_calls_become_events_of_people(bench: Bench, tmp_path: Path) -> None:
    text = "".join(json.dumps(one) + "\n" for one in CALLS)
    landed(bench, tmp_path, JSON_LINES, {"calls.jsonl": text})
    assert events_of(
        bench, "at", "activity", "channel", "amount::float", "currency"
    ) == [
        ("2024-05-01 08:00:00.000", "view_home", "ads", None, "EUR"),
        ("2024-05-01 08:01:00.000", "screen_cart", "app", None, "EUR"),
        ("2024-05-01 08:02:00.000", "order_completed", "web", 12.5, "USD"),
        ("2024-05-01 08:07:00.000", "seen", "web", None, "EUR"),
        ("2024-05-01 08:08:00.000", "said", "web", None, "EUR"),
        ("2024-05-01 09:30:00.500", "late", "web", None, "EUR"),
        ("2024-05-01 09:40:00.000", "raw", "web", None, "EUR"),
    ]
    assert events_of(bench, "session_key")[:2] == [("1714550400",), (None,)]
    other = DEVICE.replace("0", "9")
    assert people_of(bench) == [
        {
            f"anonymous_id={DEVICE}",
            "email=ann@shop.example",
            "phone=+49 30 1",
            "user_id=old1",
            "user_id=u1",
        },
        {f"anonymous_id={other}", f"user_id={other}", "user_id=u2"},
    ]
    assert rejected_of(bench) == []


def test_calls_that_tell_too_little_are_set_aside(bench: Bench, tmp_path: Path) -> None:
    text = "".join(json.dumps(one) + "\n" for one in BROKEN)
    landed(bench, tmp_path, JSON_LINES, {"calls.jsonl": text})
    assert rejected_of(bench) == [
        ("web", 1, "no activity"),
        ("web", 2, "unknown type of call"),
        ("web", 3, "no messageId"),
        ("web", 4, "no time"),
        ("web", 5, "time not readable"),
    ]


def test_tables_of_a_warehouse_say_what_a_call_is(bench: Bench, tmp_path: Path) -> None:
    at = "2024-05-01 08:0{}:00.000"
    head = "id,anonymous_id,user_id,timestamp"
    landed(
        bench,
        tmp_path,
        WAREHOUSE,
        {
            "tracks.csv": f"{head},event,event_text,context_campaign_medium\n"
            f"1,a1,u1,{at.format(1)},order_completed,Order Completed,cpc\n",
            "pages.csv": f"{head},name,path\n2,a1,,{at.format(2)} UTC,,/tents\n",
            "screens.csv": f"{head},name\n3,a1,,{at.format(3)},Cart\n",
            "identifies.csv": f"{head},email\n4,a1,u1,{at.format(4)},a@shop.example\n",
            "aliases.csv": f"{head},previous_id\n5,,u1,{at.format(5)},u0\n",
            "groups.csv": f"{head},group_id,name\n6,a1,u1,{at.format(6)},g1,\n",
        },
    )
    assert events_of(bench, "at", "activity", "channel") == [
        ("2024-05-01 08:01:00.000", "order_completed", "ads"),
        ("2024-05-01 08:02:00.000", "view_page", "web"),
        ("2024-05-01 08:03:00.000", "screen_cart", "web"),
    ]
    assert people_of(bench) == [
        {"anonymous_id=a1", "email=a@shop.example", "user_id=u0", "user_id=u1"}
    ]
    assert rejected_of(bench) == []
