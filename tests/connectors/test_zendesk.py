"""Tickets, comments, chats, ratings and users of Zendesk."""

import json
import random
from collections import Counter
from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.connectors.layouts import (
    activities_of,
    layout,
    rows_of,
    tables_of,
    unbalanced,
)
from tests.core.bench import Bench

TABLES = """
[sources.help]
connector = "zendesk"
[sources.help.tables]
"""
TICKETS = """\
id,requester_id,submitter_id,assignee_id,status,priority,type,via_channel,created_at,updated_at
1,11,11,91,closed,high,incident,email,2024-03-01 09:00:00,2024-03-09 09:00:00
2,12,91,91,solved,,,web,2024-03-02 09:00:00,2024-03-03 09:00:00
3,12,12,91,deleted,,,web,2024-03-03 09:00:00,2024-03-04 09:00:00
"""
EARLIER = """\
id,requester_id,submitter_id,assignee_id,status,priority,type,via_channel,created_at,updated_at
1,12,12,,new,low,incident,email,2024-03-01 09:00:00,2024-03-01 09:00:00
"""
HISTORY = """\
ticket_id,field_name,updated,user_id,value
1,status,2024-03-01 09:00:00,11,new
1,status,2024-03-01 10:00:00,91,open
1,priority,2024-03-01 10:00:00,91,high
1,status,2024-03-02 10:00:00,91,solved
1,status,2024-03-03 10:00:00,11,open
1,status,2024-03-04 10:00:00,91,hold
1,status,2024-03-04 11:00:00,91,Waiting for Vendor
1,status,2024-03-05 10:00:00,91,solved
1,status,2024-03-09 09:00:00,-1,closed
3,status,2024-03-04 09:00:00,91,deleted
3,status,2024-03-03 09:30:00,91,open
"""
COMMENTS = """\
id,ticket_id,user_id,public,created
101,1,11,TRUE,2024-03-01 09:00:00
102,1,91,FALSE,2024-03-01 11:00:00
103,1,91,TRUE,2024-03-02 10:00:00
104,1,11,TRUE,2024-03-03 10:00:00
105,1,13,TRUE,2024-03-03 11:00:00
106,3,12,TRUE,2024-03-03 12:00:00
"""
RATINGS = """\
id,ticket_id,requester_id,score,comment,reason,created_at,updated_at
201,1,11,offered,,,2024-03-06 09:00:00,2024-03-06 09:00:00
202,1,11,Good,Quick,,2024-03-06 09:00:00,2024-03-07 09:00:00
203,2,12,bad,,Slow,2024-03-06 10:00:00,2024-03-07 10:00:00
204,2,12,unoffered,,,2024-03-06 10:00:00,2024-03-07 10:00:00
205,2,12,good,Now,,2024-03-08 10:00:00,soon
"""
USERS = """\
id,email,phone,external_id,role,created_at,updated_at
11,Ann@Shop.example,+49 30 1,u1,end-user,2024-02-01 09:00:00,2024-02-01 09:00:00
12,bo@shop.example,,,end-user,2024-02-01 09:00:00,2024-02-01 09:00:00
13,cy@shop.example,,,end-user,2024-02-01 09:00:00,2024-02-01 09:00:00
91,eve@company.example,,,agent,2024-02-01 09:00:00,2024-02-01 09:00:00
"""
CHATS = "chat_id,ticket_id,channel\nc1,2,chat\n"
MESSAGES = """\
chat_id,type,actor_id,chat_index,created_at
c1,ChatJoin,agent:91,1,2024-03-02 09:00:01
c1,ChatMessage,__trigger,2,2024-03-02 09:00:02
c1,ChatMessage,77123,3,2024-03-02 09:00:03
c1,ChatMessage,agent:91,4,2024-03-02 09:00:04
c1,ChatMessage,agent:,5,2024-03-02 09:00:05
"""
FILES = {
    "tickets": TICKETS,
    "ticket_field_history": HISTORY,
    "ticket_comments": COMMENTS,
    "satisfaction_ratings": RATINGS,
    "users": USERS,
    "ticket_chats": CHATS,
    "ticket_chat_events": MESSAGES,
}
THUMBS = """
[journey]
inactivity = "30 days"

[feedback.csat]
activity = "csat_answered"
kind = "thumbs"
values = { good = 1, bad = -1 }
sent = "csat_sent"
text = "comment"
"""


def test_tickets_go_round_until_they_are_solved_and_rated(
    bench: Bench, tmp_path: Path
) -> None:
    tables = tables_of(
        {table: f"{table}*.csv" for table in FILES if table != "tickets"}
    )
    tables += '\ntickets = "tickets*.csv"'
    tables = tables.replace('"ticket_chats*.csv"', '"ticket_chats.csv"')
    named = {f"{table}.csv": text for table, text in FILES.items()}
    files = {**named, "tickets_before.csv": EARLIER, "ticket_comments_2.csv": COMMENTS}
    landed(bench, tmp_path, TABLES + tables + THUMBS, files)
    found = events_of(bench, "at", "activity", "channel", "is_customer", "of")
    ann, bo, cy = (f"zendesk_user={number}" for number in (11, 12, 13))
    mail = ("email", False)
    assert [(str(at)[5:19], *rest) for at, *rest in found] == [
        ("03-01 09:00:00", "ticket_created", "email", True, ann),
        ("03-01 10:00:00", "ticket_opened", *mail, ann),
        ("03-02 09:00:00", "ticket_created", "web", False, bo),
        ("03-02 09:00:03", "chat_message_sent", "chat", True, bo),
        ("03-02 09:00:04", "chat_answered", "chat", False, bo),
        ("03-02 10:00:00", "ticket_answered", *mail, ann),
        ("03-02 10:00:00", "ticket_solved", *mail, ann),
        ("03-03 10:00:00", "ticket_commented", "email", True, ann),
        ("03-03 10:00:00", "ticket_reopened", "email", True, ann),
        ("03-03 11:00:00", "ticket_commented", "email", True, cy),
        ("03-04 10:00:00", "ticket_on_hold", *mail, ann),
        ("03-04 11:00:00", "ticket_waiting_for_vendor", *mail, ann),
        ("03-05 10:00:00", "ticket_solved", *mail, ann),
        ("03-06 09:00:00", "csat_sent", *mail, ann),
        ("03-07 09:00:00", "csat_answered", "email", True, ann),
        ("03-07 10:00:00", "csat_answered", "web", True, bo),
        ("03-09 09:00:00", "ticket_closed", *mail, ann),
    ]
    assert people_of(bench) == [
        {"email=ann@shop.example", "phone=+49 30 1", "user_id=u1", ann},
        {"email=bo@shop.example", bo},
        {"email=cy@shop.example", cy},
    ]
    assert rejected_of(bench) == [("help.satisfaction_ratings", 5, "time not readable")]
    told = bench.result_of(
        "int_events", "attributes", where="activity = 'csat_answered'"
    )
    assert sorted(json.loads(str(row[0])).get("score") for row in told) == [
        "bad",
        "good",
    ]


AUDITS = """\
{"id":1,"ticket_id":1,"author_id":11,"created_at":"2024-03-01T09:00:00Z","events":[{"type":"Comment","public":true},{"type":"Create","field_name":"status","value":"new"}]}
{"id":2,"ticket_id":1,"author_id":91,"created_at":"2024-03-02T09:00:00Z","events":[{"type":"Change","field_name":"priority","value":"high"},{"type":"Change","field_name":"status","value":"solved"}]}
{"id":3,"ticket_id":1,"author_id":91,"created_at":"2024-03-02T10:00:00Z","events":[{"type":"Comment","public":false}]}
{"id":4,"ticket_id":1,"author_id":11,"created_at":"2024-03-03T09:00:00Z","events":[{"type":"Change","field_name":"status","value":"open"}]}
"""


def test_audits_tell_states_and_ratings_become_the_experience_of_customers(
    bench: Bench, tmp_path: Path
) -> None:
    tables = tables_of(
        {
            "tickets": "tickets.csv",
            "ticket_audits": "audits.jsonl",
            "satisfaction_ratings": "ratings.csv",
        }
    )
    ratings = RATINGS[: RATINGS.index("205")]
    files = {"tickets.csv": TICKETS, "ratings.csv": ratings, "audits.jsonl": AUDITS}
    landed(bench, tmp_path, TABLES + tables + THUMBS, files)
    where = "source = 'help.ticket_audits' and activity is not null"
    assert bench.result_of("int_events", "activity", "is_customer", where=where) == [
        ("ticket_reopened", True),
        ("ticket_solved", False),
    ]
    assert unbalanced(bench) == []
    where = "level = 'all' and persona = 'all' and segment = 'all'"
    wanted = ("answers", "customers", "invalid", "texts", "sent")
    assert bench.result_of("fct_experience", *wanted, where=where) == [(2, 2, 0, 1, 1)]


WORDS = {
    "new": None,
    "open": "ticket_opened",
    "pending": "ticket_pending",
    "hold": "ticket_on_hold",
    "solved": "ticket_solved",
    "closed": "ticket_closed",
}


def test_states_are_those_that_a_plain_loop_finds(bench: Bench, tmp_path: Path) -> None:
    draw = random.Random(7)
    rows, expected = [], []
    for ticket in range(100):
        before = None
        for day in sorted(draw.sample(range(1, 29), draw.randint(0, 8))):
            status, at = draw.choice(list(WORDS)), f"2024-01-{day:02} 09:00:00"
            rows.append(f"{ticket},status,{at},{status}\n")
            name = WORDS[status] if status != before else None
            if name == "ticket_opened" and before in ("solved", "closed"):
                name = "ticket_reopened"
            if name:
                expected.append((str(ticket), name, f"{at}.000"))
            before = status
    draw.shuffle(rows)
    head = "ticket_id,field_name,updated,value\n"
    files = {
        "history.csv": head + "".join(rows[:300]),
        "history_2.csv": head + "".join(rows[200:]),
    }
    source = TABLES + 'ticket_field_history = "history*.csv"'
    landed(bench, tmp_path, source, files)
    found = events_of(bench, "attributes ->> 'ticket_id'", "activity", "at")
    assert sorted(found) == sorted(expected)


def test_the_tables_of_fivetran_are_read_whole(bench: Bench, tmp_path: Path) -> None:
    tables = {
        "tickets": "ticket_data.csv",
        "ticket_field_history": "ticket_field_history_data.csv",
        "ticket_comments": "ticket_comment_data.csv",
        "users": "user_data.csv",
        "ticket_chats": "ticket_chat_data.csv",
        "ticket_chat_events": "ticket_chat_event_data.csv",
    }
    files = layout("zendesk", *tables.values())
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    told = {table: rows_of(files[name]) for table, name in tables.items()}
    deleted = {row["id"] for row in told["tickets"] if row["status"] == "deleted"}
    begun = {row["id"]: row["created_at"] for row in told["tickets"]}
    agents = {row["id"] for row in told["users"] if row["role"] == "agent"}
    askers = {row["id"]: row["requester_id"] for row in told["tickets"]}
    expected = ["ticket_created" for row in told["tickets"] if row["id"] not in deleted]
    before: dict[str, str] = {}
    states = {
        (row["ticket_id"], row["updated"], row["value"])
        for row in told["ticket_field_history"]
        if row["field_name"] == "status"
    }
    for ticket, _, status in sorted(states):
        if before.get(ticket) != status and ticket not in deleted:
            name = {"open": "opened"}.get(status, status.replace("-", "_"))
            again = status == "open" and before.get(ticket) in ("solved", "closed")
            expected.append("ticket_reopened" if again else f"ticket_{name}")
        before[ticket] = status
    for row in told["ticket_comments"]:
        ticket, author = row["ticket_id"], row["user_id"]
        if ticket not in deleted and begun.get(ticket) != row["created"]:
            known = {user["id"] for user in told["users"]}
            is_customer = author in known - agents or askers.get(ticket) == author
            expected.append("ticket_commented" if is_customer else "ticket_answered")
    for row in told["ticket_chat_events"]:
        actor = row["actor_id"]
        if row["type"] == "ChatMessage" and actor.removeprefix("agent:").isdigit():
            is_agent = actor.startswith("agent:")
            expected.append("chat_answered" if is_agent else "chat_message_sent")
    assert activities_of(bench) == Counter(expected)
    assert rejected_of(bench) == []
    assert unbalanced(bench) == []
