"""Leads, deals, campaigns, tasks and meetings of Salesforce."""

import random
from collections import Counter
from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.connectors.layouts import (
    activities_of,
    layout,
    rows_of,
    slug,
    tables_of,
    unbalanced,
    with_column,
)
from tests.core.bench import Bench

TABLES = """
[sources.crm]
connector = "salesforce"
[sources.crm.tables]
"""
LEADS = """\
Id,Email,Phone,LeadSource,CreatedDate,ConvertedDate,ConvertedContactId,ConvertedOpportunityId,MasterRecordId,IsDeleted,SystemModstamp,Name
00Q1,Ann@Shop.example,+49 30 1,Web,2024-03-01T10:00:00.000+0100,2024-03-03,0031,0061,,false,2024-03-03T09:00:00.000+0000,Ann
00Q2,,,Web,2024-03-01T10:00:00.000+0000,,,,00Q1,true,2024-03-02T09:00:00.000+0000,Anne
00Q3,cy@shop.example,,Web,2024-03-02T10:00:00.000+0000,,,0063,,false,2024-03-02T09:00:00.000+0000,Cy
"""  # noqa: E501
LEAD_HISTORY = """\
LeadId,Field,OldValue,NewValue,CreatedDate,IsDeleted
00Q1,Status,New,Working - Contacted,2024-03-02T09:00:00.000+0000,false
00Q1,Company,A,B,2024-03-02T09:00:00.000+0000,false
"""
CONTACTS = """\
Id,Email,MobilePhone,MasterRecordId,IsDeleted,CreatedDate,SystemModstamp
0031,ann@shop.example,,,false,2024-03-03T09:00:00.000+0000,2024-03-03T09:00:00.000+0000
0032,bo@shop.example,,,false,2024-01-03T09:00:00.000+0000,2024-01-03T09:00:00.000+0000
0034,bo@old.example,,0032,true,2024-01-03T09:00:00.000+0000,2024-01-03T09:00:00.000+0000
"""
CAMPAIGNS = "Id,Name,Type\n7011,Spring,Webinar\n"
MEMBERS = """\
Id,CampaignId,LeadId,ContactId,Status,HasResponded,FirstRespondedDate,CreatedDate,IsDeleted
00v1,7011,00Q1,0031,Responded,true,2024-03-04,2024-03-02T08:00:00.000+0000,false
00v2,7012,,0032,Sent,false,,2024-03-02T08:00:00.000+0000,false
"""
TASKS = """\
Id,WhoId,WhatId,Subject,Type,TaskSubtype,CallType,Status,IsClosed,ActivityDate,CompletedDateTime,IsDeleted
00T1,0032,,Hi,,Call,Inbound,Completed,true,2024-03-05,2024-03-05T12:00:00.000+0000,false
00T2,,0061,Hi,Send Letter,Task,,Completed,true,2024-03-06,,false
00T3,0032,,Hi,Other,Task,,Open,false,2024-03-07,,false
00T4,0032,,Hi,,Call,Internal,Completed,true,2024-03-05,2024-03-05T13:00:00.000+0000,false
00T5,0032,,Hi,,Call,,Completed,true,2024-03-05,2024-03-05T14:00:00.000+0000,true
"""
EVENTS = """\
Id,WhoId,WhatId,Type,StartDateTime,IsChild,IsRecurrence,IsDeleted
00U1,00Q3,,,2024-03-08T12:00:00.000+0000,false,false,false
00U2,00Q3,,,2024-03-08T12:00:00.000+0000,true,false,false
00U3,00Q3,,,2999-03-08T12:00:00.000+0000,false,false,false
00U4,00Q3,,Call,2024-03-09T12:00:00.000+0000,false,true,false
"""
DEALS = """\
Id,AccountId,StageName,Amount,CurrencyIsoCode,IsClosed,IsWon,IsDeleted,CreatedDate,CloseDate,LastStageChangeDate,SystemModstamp
0061,0011,Signed,1200.50,EUR,true,true,false,2024-03-03T09:00:00.000+0000,2024-03-31,,2024-03-20T09:00:00.000+0000
0062,0011,Closed Lost,80,USD,true,false,false,2024-03-04T09:00:00.000+0000,2024-03-09 00:00:00,,2024-03-09T09:00:00.000+0000
0063,0012,Proposal,5,EUR,false,false,false,2024-03-05T09:00:00.000+0000,2024-09-09,2024-03-06T09:00:00.000+0000,2024-03-06T09:00:00.000+0000
0064,0012,Proposal,5,EUR,false,false,true,2024-03-05T09:00:00.000+0000,2024-09-09,2024-03-06T09:00:00.000+0000,2024-03-06T09:00:00.000+0000
0065,,Proposal,no,EUR,false,false,false,2024-03-05T09:00:00.000+0000,,,
"""  # noqa: E501
LATER = """\
Id,AccountId,StageName,Amount,CurrencyIsoCode,IsClosed,IsWon,IsDeleted,CreatedDate,CloseDate,LastStageChangeDate,SystemModstamp
0063,0012,Proposal,6,EUR,false,false,false,2024-03-05T09:00:00.000+0000,2024-09-09,2024-03-06T09:00:00.000+0000,2024-03-07T09:00:00.000+0000
"""
HISTORY = """\
Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate
0081,0061,Proposal,1000,2024-03-31,2024-03-03T09:00:00.000+0000
0082,0061,Proposal,1100,2024-03-31,2024-03-04T09:00:00.000+0000
0083,0061,Signed,1200.50,2024-03-31,2024-03-20T09:00:00.000+0000
0084,0061,Proposal,1200.50,2024-03-31,2024-03-21T09:00:00.000+0000
"""
CHANGES = """\
OpportunityId,Field,OldValue,NewValue,CreatedDate
0061,StageName,Proposal,Signed,2024-03-20T09:00:00.000+0000
0062,StageName,Proposal,Negotiation,2024-03-06T09:00:00.000+0000
0062,Amount,90,80,2024-03-06T09:00:00.000+0000
0062,created,,,2024-03-04T09:00:00.000+0000
"""
ROLES = """\
Id,OpportunityId,ContactId,Role,IsPrimary,CreatedDate,IsDeleted
00K1,0061,0032,User,false,2024-03-03T09:00:00.000+0000,false
00K2,0061,0031,Buyer,true,2024-03-03T10:00:00.000+0000,false
00K3,0062,0032,Buyer,false,2024-03-04T09:00:00.000+0000,false
00K4,0062,0031,Buyer,true,2024-03-04T09:00:00.000+0000,true
"""


def test_leads_contacts_campaigns_and_work_become_events_of_one_person(
    bench: Bench, tmp_path: Path
) -> None:
    tables = (
        'leads = "leads.csv"\nlead_history = "lead_history.csv"\n'
        'contacts = "contacts.csv"\ncampaigns = "campaigns.csv"\n'
        'campaign_members = "members.csv"\ntasks = "tasks*.csv"\nevents = "events.csv"'
    )
    files = {
        "leads.csv": LEADS,
        "lead_history.csv": LEAD_HISTORY,
        "contacts.csv": CONTACTS,
        "campaigns.csv": CAMPAIGNS,
        "members.csv": MEMBERS,
        "tasks.csv": TASKS,
        "tasks_again.csv": TASKS + "00T6,,,Hi,,Email,,Completed,true,bad,,false\n",
        "events.csv": EVENTS,
    }
    landed(bench, tmp_path, TABLES + tables, files)
    found = events_of(bench, "at", "activity", "channel", "is_customer", "of")
    sale = ("sales", False)
    ann = (
        "salesforce_lead=00Q1, salesforce_contact=0031, email=ann@shop.example,"
        " phone=+49 30 1"
    )
    bo = "salesforce_contact=0032, email=bo@shop.example"
    cy = "salesforce_lead=00Q3"
    member = "salesforce_lead=00Q1, salesforce_contact=0031"
    assert found == [
        ("2024-01-03 09:00:00.000", "contact_created", *sale, bo),
        ("2024-03-01 09:00:00.000", "lead_created", *sale, ann),
        (
            *("2024-03-02 08:00:00.000", "campaign_joined", "webinar", False),
            member,
        ),
        (
            *("2024-03-02 08:00:00.000", "campaign_joined", "campaign", False),
            "salesforce_contact=0032",
        ),
        (
            *("2024-03-02 09:00:00.000", "lead_working_contacted", *sale),
            "salesforce_lead=00Q1",
        ),
        (
            "2024-03-02 10:00:00.000",
            "lead_created",
            *sale,
            f"{cy}, email=cy@shop.example",
        ),
        ("2024-03-03 00:00:00.000", "lead_converted", *sale, ann),
        (
            *("2024-03-03 09:00:00.000", "contact_created", *sale),
            "salesforce_contact=0031, email=ann@shop.example",
        ),
        ("2024-03-04 00:00:00.000", "campaign_responded", "webinar", True, member),
        (
            *("2024-03-05 12:00:00.000", "crm_call_received", "call", True),
            "salesforce_contact=0032",
        ),
        (
            *("2024-03-06 00:00:00.000", "crm_send_letter", "send_letter", False),
            "salesforce_lead=00Q1",
        ),
        ("2024-03-08 12:00:00.000", "crm_meeting", "meeting", False, cy),
    ]
    assert people_of(bench) == [
        {
            "salesforce_lead=00Q1",
            "salesforce_lead=00Q2",
            "salesforce_contact=0031",
            "email=ann@shop.example",
            "phone=+49 30 1",
        },
        {
            "salesforce_contact=0032",
            "salesforce_contact=0034",
            "email=bo@shop.example",
            "email=bo@old.example",
        },
        {"salesforce_lead=00Q3", "email=cy@shop.example"},
    ]
    assert rejected_of(bench) == [("crm.tasks", 6, "time not readable")]


def test_a_deal_is_told_by_its_versions_else_by_its_changes_else_by_its_state(
    bench: Bench, tmp_path: Path
) -> None:
    tables = (
        'opportunities = "deals*.csv"\nopportunity_history = "history*.csv"\n'
        'opportunity_field_history = "changes.csv"\nleads = "leads.csv"\n'
        'opportunity_contact_roles = "roles.csv"'
    )
    files = {
        "deals.csv": DEALS,
        "deals_later.csv": LATER,
        "history.csv": HISTORY,
        "history_again.csv": HISTORY,
        "changes.csv": CHANGES,
        "roles.csv": ROLES,
        "leads.csv": LEADS,
    }
    landed(bench, tmp_path, TABLES + tables, files)
    found = [
        row
        for row in events_of(bench, "at", "activity", "amount", "currency", "of")
        if str(row[1]).startswith("deal_")
    ]
    text = [(*row[:2], str(row[2]), *row[3:]) for row in found]
    ann, bo = "salesforce_contact=0031", "salesforce_contact=0032"
    cy = "salesforce_lead=00Q3"
    assert text == [
        ("2024-03-03 09:00:00.000", "deal_created", "1200.5000", "EUR", ann),
        ("2024-03-03 09:00:00.000", "deal_proposal", "1000.0000", "EUR", ann),
        ("2024-03-04 09:00:00.000", "deal_created", "80.0000", "USD", bo),
        ("2024-03-05 09:00:00.000", "deal_created", "6.0000", "EUR", cy),
        ("2024-03-06 09:00:00.000", "deal_proposal", "6.0000", "EUR", cy),
        ("2024-03-06 09:00:00.000", "deal_negotiation", "80.0000", "USD", bo),
        ("2024-03-09 00:00:00.000", "deal_lost", "80.0000", "USD", bo),
        ("2024-03-20 09:00:00.000", "deal_won", "1200.5000", "EUR", ann),
        ("2024-03-21 09:00:00.000", "deal_proposal", "1200.5000", "EUR", ann),
    ]
    assert rejected_of(bench) == [("crm.opportunities", 5, "amount is no number")]


NAMES = {
    "A": "deal_a",
    "B": "deal_b",
    "C": "deal_c",
    "Won!": "deal_won",
    "No": "deal_lost",
}


def random_deals(draw: random.Random) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return deals: what tells their stages, and the stage and time of each version."""
    deals = [
        ("", [("Won!", "2024-01-01 00:00:00")]),
        ("", [("No", "2024-01-01 00:00:00")]),
    ]
    for _ in range(80):
        days = sorted(draw.sample(range(1, 29), draw.randint(1, 6)))
        versions = [
            (draw.choice(list(NAMES)), f"2024-01-{day:02} 00:00:00") for day in days
        ]
        deals.append((draw.choice(["", "versions", "changes", "both"]), versions))
    return deals


def moves_of(versions: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the versions whose stage is another one than before."""
    stages = [None, *(stage for stage, _ in versions)]
    return [
        one for before, one in zip(stages, versions, strict=False) if before != one[0]
    ]


def test_stages_are_those_that_a_plain_loop_finds(bench: Bench, tmp_path: Path) -> None:
    draw = random.Random(7)
    states, versions, changes, expected = [], [], [], []
    for number, (known, told) in enumerate(random_deals(draw)):
        moves = moves_of(told)
        stage, moved_at = moves[-1]
        is_closed, is_won = stage in ("Won!", "No"), stage == "Won!"
        states.append(
            f"{number},{stage},{is_closed},{is_won},2024-01-01 00:00:00,{moved_at}\n"
        )
        if known in ("versions", "both"):
            versions += [f"{number},{one},{at}\n" for one, at in told]
        if known in ("changes", "both"):
            changes += [f"{number},StageName,{one},{at}\n" for one, at in moves[1:]]
        told_moves = {"": moves[-1:], "changes": moves[1:] or moves}.get(known, moves)
        expected += [(str(number), NAMES[one], f"{at}.000") for one, at in told_moves]
        expected.append((str(number), "deal_created", "2024-01-01 00:00:00.000"))
    again = versions[::2]
    for rows in (states, versions, changes, again):
        draw.shuffle(rows)
    files = {
        "deals.csv": "Id,StageName,IsClosed,IsWon,CreatedDate,LastStageChangeDate\n"
        + "".join(states),
        "history.csv": "OpportunityId,StageName,CreatedDate\n" + "".join(versions),
        "history_again.csv": "OpportunityId,StageName,CreatedDate\n" + "".join(again),
        "changes.csv": "OpportunityId,Field,NewValue,CreatedDate\n" + "".join(changes),
    }
    tables = {
        "opportunities": "deals.csv",
        "opportunity_history": "history*.csv",
        "opportunity_field_history": "changes.csv",
    }
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    found = events_of(bench, "attributes ->> 'deal_id'", "activity", "at")
    assert sorted(found) == sorted(expected)


def test_the_tables_of_fivetran_are_read_whole(bench: Bench, tmp_path: Path) -> None:
    tables = {
        "leads": "sf_lead_data.csv",
        "contacts": "sf_contact_history_data.csv",
        "opportunities": "sf_opportunity_data.csv",
        "opportunity_history": "sf_opportunity_history_data.csv",
        "tasks": "sf_task_data.csv",
        "events": "sf_event_data.csv",
    }
    files = layout("salesforce", *tables.values())
    # In the layout every deal is deleted; here none is.
    for name in (tables["opportunities"], tables["opportunity_history"]):
        assert {row["is_deleted"] for row in rows_of(files[name])} == {"true"}
        files[name] = with_column(files[name], "is_deleted", "false")
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    told = {table: rows_of(files[name]) for table, name in tables.items()}
    ends = {
        row["stage_name"]: "won" if row["is_won"] == "true" else "lost"
        for row in told["opportunity_history"]
        if row["is_closed"] == "true"
    }
    stages = {(row["id"], row["stage_name"]) for row in told["opportunity_history"]}
    expected = ["lead_created", "lead_converted"]
    expected += ["deal_created" for _ in {row["id"] for row in told["opportunities"]}]
    expected += [f"deal_{ends.get(stage, slug(stage))}" for _, stage in stages]
    work = told["tasks"] + told["events"]
    expected += [f"crm_{slug(row['type']) or 'task'}" for row in work]
    assert activities_of(bench) == Counter(expected)
    assert rejected_of(bench) == []
    assert unbalanced(bench) == []
