"""Contacts, deals, engagements, e-mails, forms and tickets of HubSpot."""

import json
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
)
from tests.core.bench import Bench

TABLES = """
[sources.crm]
connector = "hubspot"
[sources.crm.tables]
"""
CONTACTS = """\
id,property_email,property_phone,property_createdate,property_hs_merged_object_ids,property_hs_v2_date_entered_lead,property_hs_lifecyclestage_customer_date,property_lastmodifieddate,_fivetran_deleted
501,Ann@Shop.example,+49 30 1,2024-03-01 09:00:00,301;302,2024-03-02 09:00:00,2024-03-20 09:00:00,2024-03-20 09:00:00,FALSE
502,bo@shop.example,,2024-03-01 10:00:00,,2024-03-01 10:00:00,,2024-03-01 10:00:00,FALSE
503,cy@shop.example,,2024-03-01 11:00:00,,,,2024-03-01 11:00:00,TRUE
"""  # noqa: E501
HISTORY = """\
contact_id,name,value,source,timestamp
501,lifecyclestage,lead,CRM,2024-03-02 09:00:00
501,lifecyclestage,marketingqualifiedlead,CRM,2024-03-03 09:00:00
501,lifecyclestage,,CRM,2024-03-04 09:00:00
501,lifecyclestage,114,CRM,2024-03-05 09:00:00
501,city,Rome,CRM,2024-03-05 09:00:00
"""
MERGES = "canonical_vid,contact_id,vid_to_merge\n502,502,402\n"
FORMS = """\
timestamp,contact_id,form_id,conversion_id,page_url,title
2024-03-06 09:00:00,502,f1,c1,https://shop.example/demo?email=bo@shop.example,Demo
"""
EMAILS = """\
id,type,recipient,created,email_campaign_id,filtered_event,obsoleted_by_id,portal_subscription_status
e1,SENT,Ann@Shop.example,2024-03-07 09:00:00,9,false,,
e2,PROCESSED,Ann@Shop.example,2024-03-07 09:00:01,9,false,,
e3,OPEN,Ann@Shop.example,2024-03-07 09:05:00,9,false,,
e4,OPEN,Ann@Shop.example,2024-03-07 09:00:02,9,true,,
e5,CLICK,Ann@Shop.example,2024-03-07 09:06:00,9,false,,
e6,BOUNCE,bo@shop.example,2024-03-07 09:01:00,8,false,,
e7,STATUSCHANGE,Ann@Shop.example,2024-03-07 09:07:00,9,false,,UNSUBSCRIBED
e8,SENT,bo@shop.example,2024-03-07 09:00:00,9,false,e9,
"""
CAMPAIGNS = "id,name\n9,Spring news\n"
ENGAGEMENTS = """\
engagement_id,type,property_hs_timestamp,property_hs_call_direction,property_hs_email_direction,property_hs_meeting_outcome,property_hs_task_status,property_hs_task_completion_date,_fivetran_deleted
g1,CALL,2024-03-08 09:00:00,INBOUND,,,,,false
g2,EMAIL,2024-03-08 10:00:00,,EMAIL,,,,false
g3,EMAIL,2024-03-08 11:00:00,,INCOMING_EMAIL,,,,false
g4,MEETING,2024-03-08 12:00:00,,,NO_SHOW,,,false
g5,MEETING,2999-03-08 12:00:00,,,SCHEDULED,,,false
g6,NOTE,2024-03-08 13:00:00,,,,,,false
g7,TASK,2024-03-30 13:00:00,,,,COMPLETED,2024-03-08 14:00:00,false
g8,TASK,2024-03-30 13:00:00,,,,NOT_STARTED,,false
g9,,2024-03-30 13:00:00,,,,,,false
"""
ENGAGED = """\
contact_id,engagement_id
501,g1
501,g2
502,g2
501,g3
501,g4
501,g7
"""
TICKETS = """\
id,is_deleted,property_createdate,property_first_agent_reply_date,property_closed_date,property_source_type,property_hs_ticket_priority
t1,FALSE,2024-03-09 09:00:00,2024-03-09 10:00:00,2024-03-10 09:00:00,CHAT,HIGH
t2,TRUE,2024-03-09 09:00:00,,,EMAIL,
"""
TICKET_CONTACTS = "ticket_id,contact_id\nt1,502\n"


def test_contacts_and_all_that_they_do_become_events(
    bench: Bench, tmp_path: Path
) -> None:
    files = {
        "contacts": CONTACTS,
        "contact_property_history": HISTORY,
        "contact_merges": MERGES,
        "form_submissions": FORMS,
        "email_events": EMAILS,
        "email_campaigns": CAMPAIGNS,
        "engagements": ENGAGEMENTS,
        "engagement_contacts": ENGAGED,
        "tickets": TICKETS,
        "ticket_contacts": TICKET_CONTACTS,
    }
    tables = tables_of({table: f"{table}.csv" for table in files})
    named = {f"{table}.csv": text for table, text in files.items()}
    landed(bench, tmp_path, TABLES + tables, named)
    found = events_of(bench, "at", "activity", "channel", "is_customer", "of")
    ann, bo = "hubspot_contact=501", "hubspot_contact=502"
    merged = ", hubspot_contact=301, hubspot_contact=302"
    all_of_ann = f"{ann}, email=ann@shop.example, phone=+49 30 1{merged}"
    all_of_bo = f"{bo}, email=bo@shop.example"
    ann_mail, bo_mail = "email=ann@shop.example", "email=bo@shop.example"
    sale, mail = ("sales", False), ("email", False)
    assert [(str(at)[5:16], *rest) for at, *rest in found] == [
        ("03-01 09:00", "contact_created", *sale, all_of_ann),
        ("03-01 10:00", "contact_created", *sale, all_of_bo),
        ("03-01 10:00", "lifecycle_lead", *sale, all_of_bo),
        ("03-02 09:00", "lifecycle_lead", *sale, ann),
        ("03-03 09:00", "lifecycle_marketing_qualified_lead", *sale, ann),
        ("03-05 09:00", "lifecycle_114", *sale, ann),
        ("03-06 09:00", "form_submitted", "web", True, bo),
        ("03-07 09:00", "email_sent", *mail, ann_mail),
        ("03-07 09:01", "email_bounced", *mail, bo_mail),
        ("03-07 09:05", "email_opened", "email", True, ann_mail),
        ("03-07 09:06", "email_clicked", "email", True, ann_mail),
        ("03-07 09:07", "email_unsubscribed", "email", True, ann_mail),
        ("03-08 09:00", "crm_call_received", "call", True, ann),
        ("03-08 10:00", "crm_email", *mail, ann),
        ("03-08 10:00", "crm_email", *mail, bo),
        ("03-08 11:00", "crm_email_received", "email", True, ann),
        ("03-08 12:00", "crm_meeting_missed", "meeting", False, ann),
        ("03-08 14:00", "crm_task", "task", False, ann),
        ("03-09 09:00", "ticket_created", "chat", True, bo),
        ("03-09 10:00", "ticket_answered", "chat", False, bo),
        ("03-10 09:00", "ticket_closed", "chat", False, bo),
        ("03-20 09:00", "lifecycle_customer", *sale, all_of_ann),
    ]
    assert people_of(bench) == [
        {
            *("hubspot_contact=501", "hubspot_contact=301", "hubspot_contact=302"),
            *("email=ann@shop.example", "phone=+49 30 1"),
        },
        {"hubspot_contact=502", "hubspot_contact=402", "email=bo@shop.example"},
        {"hubspot_contact=503", "email=cy@shop.example"},
    ]
    assert rejected_of(bench) == [("crm.engagements", 9, "no type")]
    told = bench.result_of(
        "int_events", "attributes", where="activity = 'form_submitted'"
    )
    assert json.loads(str(told[0][0])) == {
        "form_id": "f1",
        "form": "Demo",
        "page": "/demo",
    }


DEALS = [
    ("d1", "closedwon", "1200.5", "EUR", "true", "2024-03-01T09:00:00Z", "501"),
    ("d2", "77", "80", "USD", "false", "2024-03-02T09:00:00Z", "502"),
    ("d3", "qualifiedtobuy", "5", "EUR", "false", "2024-03-03T09:00:00Z", "502"),
    ("d4", "qualifiedtobuy", "5", "EUR", "false", "", ""),
]
LABELS = """\
{"id":"77","label":"Went elsewhere","metadata":{"isClosed":"true","probability":"0.0"}}
{"id":"78","label":"Try Out!","metadata":{"isClosed":"false","probability":"0.4"}}
"""
STAGES = """\
deal_id,value,date_entered
d2,78,2024-03-03 09:00:00
d2,77,2024-03-04 09:00:00
d2,78,2024-03-05 09:00:00
"""


def test_a_deal_is_told_by_its_history_else_by_its_state(
    bench: Bench, tmp_path: Path
) -> None:
    deals = [
        {
            "id": deal,
            "properties": {
                "dealstage": stage,
                "amount": amount,
                "deal_currency_code": currency,
                "hs_is_closed_won": won,
                "createdate": created,
                "closedate": "1710061200000",
                "hs_v2_date_entered_current_stage": {"d3": "2024-03-03T10:00:00Z"}.get(
                    deal
                ),
            },
            "updatedAt": "2024-03-10T09:00:00Z",
            "associations": {"contacts": {"results": [{"id": contact}]}},
        }
        for deal, stage, amount, currency, won, created, contact in DEALS
    ]
    files = {
        "deals.jsonl": "".join(json.dumps(deal) + "\n" for deal in deals),
        "labels.jsonl": LABELS,
        "stages.csv": STAGES,
        "stages_again.csv": STAGES,
        "contacts.csv": "deal_id,contact_id\nd1,1000\nd1,501\nd3,498\n",
    }
    tables = (
        'deals = "deals.jsonl"\ndeal_pipeline_stages = "labels.jsonl"\n'
        'deal_stages = "stages*.csv"\ndeal_contacts = "contacts.csv"'
    )
    landed(bench, tmp_path, TABLES + tables, files)
    found = events_of(bench, "at", "activity", "amount", "currency", "of")
    text = [
        (str(at)[5:16], name, float(str(sum_)), *of) for at, name, sum_, *of in found
    ]
    assert text == [
        ("03-01 09:00", "deal_created", 1200.5, "EUR", "hubspot_contact=501"),
        ("03-02 09:00", "deal_created", 80, "USD", "hubspot_contact=502"),
        ("03-03 09:00", "deal_created", 5, "EUR", "hubspot_contact=498"),
        ("03-03 09:00", "deal_try_out", 80, "USD", "hubspot_contact=502"),
        ("03-03 10:00", "deal_qualified_to_buy", 5, "EUR", "hubspot_contact=498"),
        ("03-04 09:00", "deal_lost", 80, "USD", "hubspot_contact=502"),
        ("03-05 09:00", "deal_try_out", 80, "USD", "hubspot_contact=502"),
        ("03-10 09:00", "deal_won", 1200.5, "EUR", "hubspot_contact=501"),
    ]
    assert rejected_of(bench) == [("crm.deals", 4, "no time")]


def test_the_tables_of_fivetran_are_read_whole(bench: Bench, tmp_path: Path) -> None:
    tables = {
        "contacts": "contact_data.csv",
        "contact_property_history": "contact_property_history_data.csv",
        "contact_merges": "contact_merge_audit_data.csv",
        "deals": "deal_data.csv",
        "deal_stages": "deal_stage_data.csv",
        "deal_pipeline_stages": "deal_pipeline_stage_data.csv",
        "deal_contacts": "deal_contact_data.csv",
        "engagements": "engagement_[ctmn]*_data.csv",
        "email_events": "email_event_data.csv",
        "email_campaigns": "email_campaign_data.csv",
        "form_submissions": "contact_form_submission_data.csv",
        "tickets": "ticket_data.csv",
        "ticket_contacts": "ticket_contact_data.csv",
    }
    kinds = ("call", "communication", "meeting", "note", "task")
    work = [f"engagement_{kind}_data.csv" for kind in kinds]
    files = layout(
        "hubspot", *(name for name in tables.values() if "*" not in name), *work
    )
    landed(bench, tmp_path, TABLES + tables_of(tables), files)
    told = {
        table: rows_of(files[name]) for table, name in tables.items() if name in files
    }
    names = {
        "SENT": "sent",
        "DELIVERED": "delivered",
        "OPEN": "opened",
        "CLICK": "clicked",
    }
    stages = {(row["deal_id"], row["value"]) for row in told["deal_stages"]}
    expected = ["contact_created" for row in told["contacts"] if row["id"]]
    expected += ["deal_created" for _ in told["deals"]]
    expected += [f"deal_{slug(stage)}" for _, stage in stages]
    expected += [
        f"email_{names[row['type']]}"
        for row in told["email_events"]
        if row["type"] in names and row["filtered_event"] != "true"
    ]
    expected += ["form_submitted" for _ in told["form_submissions"]]
    for row in told["tickets"]:
        expected.append("ticket_created")
        if row["property_first_agent_reply_date"]:
            expected.append("ticket_answered")
        if row["property_closed_date"]:
            expected.append("ticket_closed")
    expected += ["crm_call", "crm_message"]
    assert activities_of(bench) == Counter(expected)
    # Meetings without a type, their times scrambled.
    assert {reason for *_, reason in rejected_of(bench)} == {"no type"}
    assert unbalanced(bench) == []
