"""Snowplow's enriched events, 131 columns without a header."""

import json
from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.core.bench import Bench

from journeymine.connectors import load_connectors

SOURCE = '[sources.web]\nconnector = "snowplow"\npath = "*.tsv"\n'
COLUMNS = load_connectors()["snowplow"].tables[""].reading["header"]
ECOMMERCE = "iglu:com.snowplowanalytics.snowplow.ecommerce"
MOBILE = "iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2"


def event(number: int, **values: str) -> str:
    """Return the line of a page view at 08:00, some values of it replaced."""
    told = {
        "app_id": "shop",
        "platform": "web",
        "collector_tstamp": "2024-05-01 09:59:59.000",
        "derived_tstamp": f"2024-05-01 08:{number:02}:00.123",
        "event": "page_view",
        "event_name": "page_view",
        "event_id": f"e{number}",
        "event_fingerprint": f"f{number}",
        "domain_userid": "d1",
        "domain_sessionid": "s1",
        "page_urlpath": "/tents",
        "page_title": 'Tents "and" more, "',
        "user_ipaddress": "203.0.113.7",
        "dvce_type": "Mobile",
        **values,
    }
    return "\t".join(told.get(column, "") for column in COLUMNS) + "\n"


def entities(**data: object) -> str:
    """Return contexts: a transaction, or else what an app tells of its session."""
    schemas = {"transaction": f"{ECOMMERCE}/transaction/jsonschema/1-0-0"}
    listed = [
        {"schema": schemas.get(name, MOBILE), "data": one} for name, one in data.items()
    ]
    return json.dumps({"schema": "iglu:contexts", "data": listed})


def unstruct(**data: object) -> str:
    schema = f"{ECOMMERCE}/snowplow_ecommerce_action/jsonschema/1-0-2"
    return json.dumps({"schema": "iglu:x", "data": {"schema": schema, "data": data}})


EVENTS = [
    event(0, mkt_medium="cpc", mkt_campaign="may"),
    event(1, refr_medium="search", user_id="u1", derived_tstamp=""),
    event(2, event="page_ping", event_name="page_ping"),
    event(
        3, event="struct", event_name="event", se_category="Cart", se_action="Add-It"
    ),
    event(4, event="unstruct", event_name="link_click"),
    event(
        5,
        event="transaction",
        event_name="transaction",
        tr_orderid="o1",
        tr_total="99.50",
        tr_currency="usd",
    ),
    event(6, event="transaction_item", event_name="transaction_item", ti_price="99.5"),
    event(
        7,
        event="unstruct",
        event_name="snowplow_ecommerce_action",
        unstruct_event=unstruct(type="transaction"),
        contexts=entities(transaction={"revenue": 20, "currency": "GBP"}),
    ),
    event(
        8,
        platform="mob",
        event="unstruct",
        event_name="screen_view",
        domain_userid="",
        domain_sessionid="",
        contexts=entities(client={"userId": "c1", "sessionId": "s9"}),
    ),
    event(9, br_type="Robot", domain_userid="robot"),
    event(10, derived_contexts='{"data":[{"data":{"spiderOrRobot":true}}]}'),
    # Sent twice; and another one that bears the same id.
    event(11),
    event(11),
    event(11, event_fingerprint="other", derived_tstamp="2024-05-01 08:11:30.000"),
    event(12, contexts="{broken"),
]


def test_events_are_told_by_their_names(bench: Bench, tmp_path: Path) -> None:
    landed(bench, tmp_path, SOURCE, {"a.tsv": "".join(EVENTS)})
    assert events_of(
        bench, "at", "activity", "channel", "amount::float", "currency", "session_key"
    ) == [
        ("2024-05-01 08:00:00.123", "page_view", "ads", None, "EUR", "s1"),
        ("2024-05-01 08:03:00.123", "cart_add_it", "web", None, "EUR", "s1"),
        ("2024-05-01 08:04:00.123", "link_click", "web", None, "EUR", "s1"),
        ("2024-05-01 08:05:00.123", "transaction", "web", 99.5, "USD", "s1"),
        ("2024-05-01 08:07:00.123", "transaction", "web", 20.0, "GBP", "s1"),
        ("2024-05-01 08:08:00.123", "screen_view", "app", None, "EUR", "s9"),
        ("2024-05-01 08:11:00.123", "page_view", "web", None, "EUR", "s1"),
        ("2024-05-01 08:11:30.000", "page_view", "web", None, "EUR", "s1"),
        ("2024-05-01 08:12:00.123", "page_view", "web", None, "EUR", "s1"),
        ("2024-05-01 09:59:59.000", "page_view", "search", None, "EUR", "s1"),
    ]
    assert people_of(bench) == [
        {"snowplow_device_id=c1"},
        {"snowplow_device_id=d1", "user_id=u1"},
    ]
    assert rejected_of(bench) == []
    told = [json.loads(str(one)) for (one,) in events_of(bench, "attributes")]
    assert {key: value for key, value in told[3].items() if value} == {
        "app": "shop",
        "page": "/tents",
        "device": "mobile",
        "order_id": "o1",
    }


def test_what_is_no_event_is_set_aside(bench: Bench, tmp_path: Path) -> None:
    lines = [event(0, event_id=""), event(1, event="", event_name="")]
    lines += [
        event(2, derived_tstamp="", collector_tstamp=""),
        event(3),
        "too\tshort\n",
    ]
    landed(bench, tmp_path, SOURCE, {"a.tsv": "".join(lines)})
    assert rejected_of(bench) == [
        ("web", 1, "no event_id"),
        ("web", 2, "no event"),
        ("web", 3, "no time"),
    ]
    assert events_of(bench, "activity") == [("page_view",)]
