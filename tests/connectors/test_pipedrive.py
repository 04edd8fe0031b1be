"""Deals, activities and persons of Pipedrive."""

from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.core.bench import Bench

SOURCE = """
[sources.crm]
connector = "pipedrive"
[sources.crm.tables]
deals = "deals*.csv"
flow = "flow.jsonl"
stages = "stages.csv"
persons = "persons.csv"
activities = "activities.csv"
"""
DEALS = """\
id,title,value,currency,stage_id,status,add_time,update_time,stage_change_time,won_time,lost_time,lost_reason,person_id,user_id
1,Tents,1200.50,EUR,2,won,2024-03-01 09:00:00,2024-03-09 10:00:00,2024-03-04 08:00:00,2024-03-09 10:00:00,,,7,Ann
2,Ropes,80,USD,3,lost,2024-03-02 09:00:00,2024-03-05 10:00:00,2024-03-03 08:00:00,,2024-03-05 10:00:00,price,8,Ben
3,Axes,5,EUR,1,open,,2024-03-05 10:00:00,,,,,8,Ben
4,Nets,5,EUR,1,deleted,2024-03-02 09:00:00,2024-03-05 10:00:00,,,,,8,Ben
"""  # noqa: E501
LATER = """\
id,title,value,currency,stage_id,status,add_time,update_time,stage_change_time,won_time,lost_time,lost_reason,person_id,user_id
1,Tents,1300,EUR,2,won,2024-03-01 09:00:00,2024-03-10 10:00:00,2024-03-04 08:00:00,2024-03-09 10:00:00,,,7,Ann
"""  # noqa: E501
FLOW = """\
{"object":"dealChange","timestamp":"2024-03-03 08:00:00","data":{"id":91,"item_id":2,"user_id":5,"field_key":"stage_id","old_value":"1","new_value":"3","log_time":"2024-03-03 08:00:00"}}
{"object":"dealChange","timestamp":"2024-03-03 09:00:00","data":{"id":92,"item_id":2,"user_id":5,"field_key":"value","old_value":"70","new_value":"80","log_time":"2024-03-03 09:00:00"}}
"""  # noqa: E501
STAGES = "id,name\n1,Lead In\n2,Proposal Made\n3,Negotiation\n"
PERSONS = """\
id,name,email,phone,add_time,update_time,merge_what_id
7,Ann,Ann@Shop.example,+49 30 1,2024-02-01 00:00:00,2024-02-01 00:00:00,
8,Bob,bob@shop.example,,2024-02-01 00:00:00,2024-02-01 00:00:00,6
"""
ACTIVITIES = """\
id,type,done,due_date,marked_as_done_time,person_id,deal_id,user_id
31,call,1,2024-03-02,2024-03-02 12:00:00,7,1,Ann
32,meeting,0,2024-05-02,,7,1,Ann
33,Site Visit,1,2024-03-03,2024-03-04 12:00:00,,2,Ann
"""


def test_deals_their_stages_and_what_was_done_become_events(
    bench: Bench, tmp_path: Path
) -> None:
    landed(
        bench,
        tmp_path,
        SOURCE,
        {
            "deals.csv": DEALS,
            "deals_later.csv": LATER,
            "flow.jsonl": FLOW,
            "stages.csv": STAGES,
            "persons.csv": PERSONS,
            "activities.csv": ACTIVITIES,
        },
    )
    found = events_of(bench, "at", "activity", "amount", "currency", "channel", "of")
    text = [
        (str(at)[5:16], name, amount and str(amount), *of)
        for at, name, amount, *of in found
    ]
    ann, bob = "pipedrive_person=7", "pipedrive_person=8"
    assert text == [
        ("03-01 09:00", "deal_created", "1300.0000", "EUR", "sales", ann),
        ("03-02 09:00", "deal_created", "80.0000", "USD", "sales", bob),
        ("03-02 12:00", "crm_call", None, "EUR", "call", ann),
        # The flow tells it, though the deal does, too.
        ("03-03 08:00", "deal_negotiation", None, "EUR", "sales", bob),
        ("03-04 08:00", "deal_proposal_made", "1300.0000", "EUR", "sales", ann),
        ("03-04 12:00", "crm_site_visit", None, "EUR", "site_visit", bob),
        ("03-05 10:00", "deal_lost", "80.0000", "USD", "sales", bob),
        ("03-09 10:00", "deal_won", "1300.0000", "EUR", "sales", ann),
    ]
    assert people_of(bench) == [
        {"email=ann@shop.example", "phone=+49 30 1", ann},
        {"email=bob@shop.example", "pipedrive_person=6", bob},
    ]
    assert rejected_of(bench) == [("crm.deals", 3, "no time")]


V2_DEAL = """\
{"id":1,"value":10,"currency":"EUR","stage_id":2,"status":"won","add_time":"2024-03-01T09:00:00Z","update_time":"2024-03-09T10:00:00Z","stage_change_time":"2024-03-04T08:00:00Z","won_time":"2024-03-09T10:00:00Z","person_id":7,"owner_id":5,"is_deleted":false}
"""
V1_DEAL = """\
{"id":1,"value":10,"currency":"EUR","stage_id":2,"status":"won","add_time":"2024-03-01 09:00:00","update_time":"2024-03-09 10:00:00","stage_change_time":"2024-03-04 08:00:00","won_time":"2024-03-09 10:00:00","person_id":{"name":"Ann","value":7},"user_id":{"id":5,"name":"Eve"}}
"""  # noqa: E501
LIST_DEAL = """\
Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Deal created,Deal - Update time,Deal - Last stage change,Deal - Won time,Deal - Contact person ID
1,Tents,10,EUR,2,Won,2024-03-01 09:00:00,2024-03-09 10:00:00,2024-03-04 08:00:00,2024-03-09 10:00:00,7
"""  # noqa: E501


def test_a_deal_is_the_same_whichever_way_it_was_exported(
    bench: Bench, tmp_path: Path
) -> None:
    files = {"v2.jsonl": V2_DEAL, "v1.jsonl": V1_DEAL, "list.csv": LIST_DEAL}
    sources = "".join(
        f'[sources.{name.partition(".")[0]}]\nconnector = "pipedrive"\n'
        f'tables = {{ deals = "{name}" }}\n'
        for name in files
    )
    landed(bench, tmp_path, sources, files)
    assert sorted(events_of(bench, "at", "activity", "of")) == [
        (at, activity, "pipedrive_person=7")
        for at, activity in (
            ("2024-03-01 09:00:00.000", "deal_created"),
            ("2024-03-04 08:00:00.000", "deal_2"),
            ("2024-03-09 10:00:00.000", "deal_won"),
        )
        for _ in files
    ]
