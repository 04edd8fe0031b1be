"""Conversations, parts, ratings and contacts of Intercom."""

import json
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
connector = "intercom"
[sources.help.tables]
"""
START = 1_709_280_000  # 2024-03-01 08:00 UTC
CONVERSATIONS = [
    {
        "id": "1",
        "created_at": START,
        "updated_at": START + 900,
        "source": {
            "type": "email",
            "author": {"type": "user", "id": "c1"},
            "body": "<p>Hi</p>",
        },
        "contacts": {"contacts": [{"id": "c0"}, {"id": "c1"}]},
        "statistics": {
            "first_admin_reply_at": START + 60,
            "last_close_at": START + 300,
        },
        "conversation_rating": {
            "rating": 5,
            "remark": "Kind",
            "created_at": START + 600,
        },
    },
    {
        "id": "2",
        "created_at": START + 3600,
        "updated_at": START + 7200,
        "source": {"type": "push", "author": {"type": "admin", "id": "91"}},
        "contacts": {"contacts": [{"id": "c2"}]},
        "statistics": {"first_admin_reply_at": None, "last_close_at": START + 7200},
    },
]
PARTS = """\
id,conversation_id,part_type,author_id,author_type,created_at,updated_at,_fivetran_start,_fivetran_active
11,1,comment,92,bot,2024-03-01 08:00:30,2024-03-01 08:00:30,2024-03-01 08:00:30,TRUE
12,1,assignment,91,admin,2024-03-01 08:00:40,2024-03-01 08:00:40,2024-03-01 08:00:40,TRUE
13,1,comment,91,admin,2024-03-01 08:01:00,2024-03-01 08:01:00,2024-03-01 08:01:00,FALSE
13,1,comment,91,admin,2024-03-01 08:01:00,2024-03-01 08:03:00,2024-03-01 08:03:00,TRUE
14,1,note,91,admin,2024-03-01 08:02:00,2024-03-01 08:02:00,2024-03-01 08:02:00,TRUE
15,1,comment,c1,user,2024-03-01 08:02:30,2024-03-01 08:02:30,2024-03-01 08:02:30,TRUE
16,1,comment,c0,lead,2024-03-01 08:02:40,2024-03-01 08:02:40,2024-03-01 08:02:40,TRUE
17,1,close,91,admin,2024-03-01 08:05:00,2024-03-01 08:05:00,2024-03-01 08:05:00,TRUE
18,1,open,c1,user,2024-03-01 08:06:00,2024-03-01 08:06:00,2024-03-01 08:06:00,TRUE
19,1,comment,c1,user,,2024-03-01 08:06:00,2024-03-01 08:06:00,TRUE
"""  # noqa: E501
CONTACTS = """\
id,email,phone,external_id,role,created_at,updated_at
c1,Old@Shop.example,,u1,user,2024-02-01 09:00:00,2024-02-01 09:00:00
c1,Ann@Shop.example,+49 30 1,u1,user,2024-02-01 09:00:00,2024-02-02 09:00:00
c2,bo@shop.example,,,lead,2024-02-01 09:00:00,2024-02-01 09:00:00
"""
MERGES = '{"from":"c3","into":"c2"}\n'


def test_a_conversation_is_told_by_its_parts_else_by_its_state(
    bench: Bench, tmp_path: Path
) -> None:
    tables = {
        "conversations": "conversations.jsonl",
        "conversation_parts": "parts.csv",
        "contacts": "contacts.csv",
        "contact_merges": "merges.jsonl",
    }
    files = {
        "conversations.jsonl": "".join(json.dumps(one) + "\n" for one in CONVERSATIONS),
        "parts.csv": PARTS,
        "contacts.csv": CONTACTS,
        "merges.jsonl": MERGES,
    }
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    found = events_of(bench, "at", "activity", "channel", "is_customer", "of")
    ann, bo = "intercom_contact=c1", "intercom_contact=c2"
    mail = ("email", False)
    assert [(str(at)[11:19], *rest) for at, *rest in found] == [
        ("08:00:00", "conversation_started", "email", True, ann),
        ("08:00:30", "conversation_bot_answered", *mail, ann),
        ("08:00:40", "conversation_assigned", *mail, ann),
        ("08:01:00", "conversation_answered", *mail, ann),
        ("08:02:30", "conversation_replied", "email", True, ann),
        ("08:02:40", "conversation_replied", "email", True, "intercom_contact=c0"),
        ("08:05:00", "conversation_closed", *mail, ann),
        ("08:06:00", "conversation_reopened", "email", True, ann),
        ("08:10:00", "csat_answered", "email", True, ann),
        ("09:00:00", "conversation_started", "push", False, bo),
        ("10:00:00", "conversation_closed", "push", False, bo),
    ]
    assert people_of(bench) == [
        {"email=ann@shop.example", "phone=+49 30 1", "user_id=u1", ann},
        {"email=bo@shop.example", "intercom_contact=c3", bo},
        {"intercom_contact=c0"},
    ]
    assert rejected_of(bench) == [("help.conversation_parts", 10, "no time")]
    told = bench.result_of(
        "int_events", "attributes", where="activity = 'csat_answered'"
    )
    answer = {"conversation_id": "1", "score": "5", "comment": "Kind"}
    assert json.loads(str(told[0][0])) == answer


def test_the_tables_of_fivetran_are_read_whole(bench: Bench, tmp_path: Path) -> None:
    tables = {
        "conversations": "conversation_history_data.csv",
        "conversation_parts": "conversation_part_history_data.csv",
        "conversation_contacts": "conversation_contact_history_data.csv",
        "contacts": "contact_history_data.csv",
    }
    files = layout("intercom", *tables.values())
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    told = {table: rows_of(files[name]) for table, name in tables.items()}
    parts = {(row["id"], row["part_type"]) for row in told["conversation_parts"]}
    expected = [
        "conversation_started" for _ in {x["id"] for x in told["conversations"]}
    ]
    expected += ["conversation_closed" for _, kind in parts if kind == "close"]
    assert activities_of(bench) == Counter(expected)
    assert rejected_of(bench) == []
    assert unbalanced(bench) == []
