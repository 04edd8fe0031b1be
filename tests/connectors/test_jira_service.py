"""Requests, statuses and ratings of Jira Service Management."""

import json
from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.connectors.layouts import tables_of, unbalanced
from tests.core.bench import Bench

TABLES = """
[sources.help]
connector = "jira_service"
[sources.help.tables]
"""


def change(time: str, *statuses: str, author: str = "a91") -> dict[str, object]:
    """Return an entry of a changelog: to a status, and of the assignee."""
    items = [
        {"field": "status", "fromString": "x", "toString": one} for one in statuses
    ]
    assigned = {"field": "assignee", "fromString": None, "toString": "Eve"}
    created = f"2024-03-01T{time}:00.000+0000"
    return {
        "created": created,
        "author": {"accountId": author},
        "items": [assigned, *items],
    }


def issue(key: str, **known: object) -> dict[str, object]:
    """Return a request as the API writes one."""
    fields = {
        "reporter": {"accountId": "c11", "emailAddress": "Ann@Shop.example"},
        "creator": {"accountId": "c11"},
        "assignee": {"accountId": "a91"},
        "priority": {"name": "High"},
        "issuetype": {"name": "Service Request"},
        "created": "2024-03-01T10:00:00.000+0100",
        "updated": "2024-03-02T10:00:00.000+0000",
        "resolutiondate": "2024-03-01T14:00:00.000+0000",
    }
    return {"id": key[-1], "key": key, "fields": {**fields, **known}}


LOG = [
    change("10:00", "Waiting for customer"),
    change("11:00"),
    change("12:00", "Resolved"),
    change("13:00", "In Progress", author="c11"),
    change("14:00", "Done"),
    change("15:00", "Closed"),
]
ISSUES = [
    {**issue("HELP-1"), "changelog": {"histories": LOG}},
    issue(
        "HELP-2",
        reporter={"accountId": "c12"},
        created="2024-03-01T16:00:00.000+0000",
        resolutiondate="2024-03-01T17:00:00.000+0000",
    ),
    issue("HELP-3", created=None, resolutiondate=None),
]
RATINGS = """\
{"issueKey":"HELP-1","type":"csat","rating":5,"comment":{"body":"Kind"},"created":"2024-03-01T18:00:00.000+0000"}
{"issueKey":"HELP-2","type":"csat","rating":2}
"""
USERS = """\
{"accountId":"c12","accountType":"customer","emailAddress":"bo@shop.example"}
{"accountId":"a91","accountType":"atlassian","emailAddress":"eve@company.example"}
"""
FIVETRAN = {
    "issue.csv": """\
id,key,reporter,creator,assignee,priority,issue_type,created,resolved,updated
1,HELP-1,c11,a91,a91,2,5,2024-03-01 09:00:00,2024-03-01 12:00:00,2024-03-01 13:00:00
""",
    "history.csv": """\
issue_id,field_id,time,value,author_id
1,status,2024-03-01 12:00:00,10,a91
1,priority,2024-03-01 12:00:00,2,a91
1,status,2024-03-01 13:00:00,11,c11
""",
    "status.csv": "id,name\n10,Resolved\n11,Waiting for support\n",
}


def test_requests_go_round_until_they_are_solved_and_rated(
    bench: Bench, tmp_path: Path
) -> None:
    tables = {
        "issues": "issues*.jsonl",
        "satisfaction": "ratings.jsonl",
        "users": "users.jsonl",
    }
    text = "".join(json.dumps(one) + "\n" for one in ISSUES)
    files = {
        "issues.jsonl": text,
        "issues_again.jsonl": text.splitlines(keepends=True)[0],
        "ratings.jsonl": RATINGS,
        "users.jsonl": USERS,
    }
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    found = events_of(bench, "at", "activity", "is_customer", "of")
    ann, bo = "jira_user=c11, email=ann@shop.example", "jira_user=c12"
    assert [(str(at)[8:16], *rest) for at, *rest in found] == [
        ("01 09:00", "ticket_created", True, ann),
        ("01 10:00", "ticket_waiting_for_customer", False, ann),
        ("01 12:00", "ticket_solved", False, ann),
        ("01 13:00", "ticket_reopened", True, ann),
        ("01 14:00", "ticket_solved", False, ann),
        ("01 15:00", "ticket_closed", False, ann),
        ("01 16:00", "ticket_created", False, bo),
        ("01 17:00", "ticket_solved", False, bo),
        ("01 17:00", "csat_answered", True, bo),
        ("01 18:00", "csat_answered", True, ann),
    ]
    assert people_of(bench) == [
        {"email=ann@shop.example", "jira_user=c11"},
        {"email=bo@shop.example", bo},
    ]
    assert rejected_of(bench) == [("help.issues", 3, "no time")]
    assert unbalanced(bench) == []
    told = bench.result_of(
        "int_events", "attributes", where="activity = 'csat_answered'"
    )
    answer = {"ticket_id": "HELP-1", "score": "5", "comment": "Kind"}
    assert answer in [json.loads(str(row[0])) for row in told]


def test_a_history_of_fields_tells_statuses_by_their_ids(
    bench: Bench, tmp_path: Path
) -> None:
    tables = {
        "issues": "issue.csv",
        "issue_field_history": "history.csv",
        "statuses": "status.csv",
    }
    landed(bench, tmp_path, TABLES + tables_of(tables), FIVETRAN)
    assert events_of(bench, "at", "activity", "is_customer", "of") == [
        ("2024-03-01 09:00:00.000", "ticket_created", False, "jira_user=c11"),
        ("2024-03-01 12:00:00.000", "ticket_solved", False, "jira_user=c11"),
        ("2024-03-01 13:00:00.000", "ticket_reopened", True, "jira_user=c11"),
    ]
    assert rejected_of(bench) == []
    assert unbalanced(bench) == []
