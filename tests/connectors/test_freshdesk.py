"""Tickets, conversations, ratings and contacts of Freshdesk."""

import json
from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.connectors.layouts import tables_of, unbalanced
from tests.core.bench import Bench

TABLES = """
[sources.help]
connector = "freshdesk"
[sources.help.tables]
"""
DAY = "2024-03-0"


def ticket(number: int, via: int = 1, **known: object) -> dict[str, object]:
    """Return a ticket as the API writes one."""
    return {
        "id": number,
        "requester_id": 11,
        "responder_id": 91,
        "source": via,
        "priority": 2,
        "type": "Question",
        "spam": False,
        "created_at": f"{DAY}{number}T09:00:00Z",
        "updated_at": f"{DAY}{number}T12:00:00Z",
        "stats": {},
        **known,
    }


TICKETS = [
    ticket(
        1,
        stats={
            "first_responded_at": f"{DAY}1T09:30:00Z",
            "resolved_at": f"{DAY}1T10:00:00Z",
            "reopened_at": f"{DAY}1T11:00:00Z",
        },
    ),
    ticket(
        1,
        updated_at="2024-03-02T12:00:00Z",
        stats={
            "first_responded_at": f"{DAY}1T09:30:00Z",
            "resolved_at": f"{DAY}1T12:00:00Z",
            "reopened_at": f"{DAY}1T11:00:00Z",
            "closed_at": f"{DAY}1T13:00:00Z",
        },
    ),
    ticket(
        2,
        10,
        requester={"email": "Bo@Shop.example"},
        requester_id=12,
        stats={"first_responded_at": f"{DAY}2T09:30:00Z"},
    ),
    ticket(3, 7, spam=True),
    ticket(4, 99, created_at=None),
]
CONVERSATIONS = """\
id,ticket_id,user_id,source,incoming,private,created_at
101,1,91,0,false,false,2024-03-01T09:30:00Z
102,1,91,2,false,true,2024-03-01T09:40:00Z
103,1,11,0,true,false,2024-03-01T11:00:00Z
104,1,91,8,false,false,2024-03-01T11:30:00Z
105,1,11,6,true,false,2024-03-01T14:00:00Z
"""
RATINGS = """\
{"id":201,"ticket_id":1,"user_id":11,"agent_id":91,"ratings":{"default_question":103},"feedback":"Quick","created_at":"2024-03-01T14:00:00Z","updated_at":"2024-03-01T14:00:00Z"}
{"id":202,"ticket_id":2,"user_id":12,"agent_id":91,"ratings":{"default_question":-102},"feedback":null,"created_at":"2024-03-02T14:00:00Z","updated_at":"2024-03-02T14:00:00Z"}
"""
CONTACTS = """\
{"id":11,"email":"Ann@Shop.example","other_emails":["ann@home.example"],"phone":null,"mobile":"+49 30 1","unique_external_id":"u1","created_at":"2024-02-01T09:00:00Z","updated_at":"2024-02-01T09:00:00Z"}
"""  # noqa: E501
LISTED = """\
Ticket ID,Subject,Status,Priority,Source,Type,Created time,Resolved time,Closed time,Last update time,Email,Contact ID
1,Tent,Closed,Low,Email,Question,2024-07-01 09:00:00,2024-07-01 10:00:00,,2024-07-01 10:00:00,Ann@Shop.example,11
"""  # noqa: E501


def test_tickets_replies_and_ratings_become_events(
    bench: Bench, tmp_path: Path
) -> None:
    tables = {
        "tickets": "tickets.jsonl",
        "conversations": "conversations.csv",
        "satisfaction_ratings": "ratings.jsonl",
        "contacts": "contacts.jsonl",
    }
    files = {
        "tickets.jsonl": "".join(json.dumps(one) + "\n" for one in TICKETS),
        "conversations.csv": CONVERSATIONS,
        "ratings.jsonl": RATINGS,
        "contacts.jsonl": CONTACTS,
    }
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    found = events_of(bench, "at", "activity", "channel", "is_customer", "of")
    ann, bo = "freshdesk_contact=11", "freshdesk_contact=12"
    mail = ("email", False)
    assert [(str(at)[8:16], *rest) for at, *rest in found] == [
        ("01 09:00", "ticket_created", "email", True, ann),
        ("01 09:30", "ticket_answered", *mail, ann),
        ("01 10:00", "ticket_solved", *mail, ann),
        ("01 11:00", "ticket_commented", "email", True, ann),
        ("01 11:00", "ticket_reopened", *mail, ann),
        ("01 12:00", "ticket_solved", *mail, ann),
        ("01 13:00", "ticket_closed", *mail, ann),
        ("01 14:00", "csat_answered", "email", True, ann),
        ("02 09:00", "ticket_created", *mail, f"{bo}, email=bo@shop.example"),
        ("02 09:30", "ticket_answered", *mail, f"{bo}, email=bo@shop.example"),
        ("02 14:00", "csat_answered", "email", True, bo),
    ]
    assert people_of(bench) == [
        {
            *("email=ann@home.example", "email=ann@shop.example", "phone=+49 30 1"),
            *("user_id=u1", ann),
        },
        {"email=bo@shop.example", bo},
    ]
    assert rejected_of(bench) == [("help.tickets", 5, "no time")]
    assert unbalanced(bench) == []
    told = bench.result_of(
        "int_events", "attributes", where="activity = 'csat_answered'"
    )
    scores = {json.loads(str(row[0]))["score"] for row in told}
    assert scores == {"7", "2"}


def test_an_export_of_the_list_is_read_in_the_zone_of_the_account(
    bench: Bench, tmp_path: Path
) -> None:
    source = TABLES.replace("[sources.help.tables]", 'timezone = "Europe/Berlin"')
    source += '[sources.help.tables]\ntickets = "tickets.csv"\n'
    landed(bench, tmp_path, source, {"tickets.csv": LISTED})
    ann = "freshdesk_contact=11, email=ann@shop.example"
    assert events_of(bench, "at", "activity", "channel", "of") == [
        ("2024-07-01 07:00:00.000", "ticket_created", "email", ann),
        ("2024-07-01 08:00:00.000", "ticket_solved", "email", ann),
    ]
