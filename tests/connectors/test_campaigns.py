"""Mailchimp and SendGrid: what became of e-mails."""

from pathlib import Path

from tests.connectors.exports import (
    attribute,
    events_of,
    landed,
    people_of,
    rejected_of,
)
from tests.core.bench import Bench

SENDGRID = """\
{"email":"Ann@Shop.example","timestamp":1704067203,"event":"open","sg_event_id":"e3","sg_message_id":"m1.r0","category":["spring"]}
{"email":"Ann@Shop.example","timestamp":1704067200,"event":"processed","sg_event_id":"e1","sg_message_id":"m1.r0"}
{"email":"Ann@Shop.example","timestamp":1704067201,"event":"delivered","sg_event_id":"e2","sg_message_id":"m1.r0"}
{"email":"Ann@Shop.example","timestamp":1704067202,"event":"open","sg_event_id":"e4","sg_message_id":"m1.r0","sg_machine_open":true}
{"email":"Ann@Shop.example","timestamp":1704067203,"event":"open","sg_event_id":"e3","sg_message_id":"m1.r0","category":["spring"]}
{"email":"Ann@Shop.example","timestamp":1704067209,"event":"group_unsubscribe","sg_event_id":"e5","sg_message_id":"m1.r0"}
{"email":"bob@shop.example","timestamp":1704067210,"event":"account_status_change","sg_event_id":"e6"}
{"email":"bob@shop.example","event":"click","sg_event_id":"e7"}
"""


def test_sendgrid_tells_each_event_once_and_what_a_machine_opened_never(
    bench: Bench, tmp_path: Path
) -> None:
    landed(
        bench,
        tmp_path,
        '[sources.mail]\nconnector = "sendgrid"\npath = "events.ndjson"\n',
        {"events.ndjson": SENDGRID},
    )
    assert events_of(bench, "at", "activity", "of", "is_customer") == [
        ("2024-01-01 00:00:00.000", "email_processed", "email=ann@shop.example", False),
        ("2024-01-01 00:00:01.000", "email_delivered", "email=ann@shop.example", False),
        ("2024-01-01 00:00:03.000", "email_opened", "email=ann@shop.example", True),
        (
            "2024-01-01 00:00:09.000",
            "email_unsubscribed",
            "email=ann@shop.example",
            True,
        ),
        (
            "2024-01-01 00:00:10.000",
            "email_account_status_change",
            "email=bob@shop.example",
            True,
        ),
    ]
    assert rejected_of(bench) == [("mail", 8, "no time")]


ACTIVITY = """\
campaign_id,member_id,list_id,action,timestamp,url,bounce_type
c1,m1,l1,open,2024-03-01T10:00:00Z,,
c1,m1,l1,open,2024-03-01T11:00:00Z,,
c1,m1,l1,click,2024-03-01T10:00:05Z,http://x,
c1,m2,l1,bounce,2024-03-01T09:00:09Z,,hard
"""
MEMBERS = """\
id,list_id,email_address,status,timestamp_signup,timestamp_opt,last_changed
m1,l1,Ann@Shop.example,subscribed,,2024-01-01T08:00:00Z,2024-01-01T08:00:00Z
m1,l2,Ann@Shop.example,unsubscribed,,,2024-01-02T08:00:00Z
m2,l1,bob@shop.example,cleaned,,,2024-01-02T08:00:00Z
"""


def test_mailchimp_tells_who_was_written_to_and_what_they_did(
    bench: Bench, tmp_path: Path
) -> None:
    landed(
        bench,
        tmp_path,
        """
        [sources.mail]
        connector = "mailchimp"
        [sources.mail.tables]
        activity = "activity.csv"
        recipients = "recipients.csv"
        campaigns = "campaigns.csv"
        unsubscribes = "unsubscribes.csv"
        members = "members.csv"
        """,
        {
            "activity.csv": ACTIVITY,
            "recipients.csv": "campaign_id,member_id,list_id\nc1,m1,l1\nc9,m1,l1\n",
            "campaigns.csv": "id,title,send_time\nc1,Spring,2024-03-01T09:00:00Z\n",
            "unsubscribes.csv": "campaign_id,member_id,list_id,timestamp,reason\n"
            "c1,m1,l1,2024-03-02T09:00:00Z,too many\n",
            "members.csv": MEMBERS,
        },
    )
    ann = "mailchimp_member=m1"
    campaign = attribute("campaign")
    assert events_of(bench, "at", "activity", "of", "is_customer", campaign) == [
        (
            "2024-01-01 08:00:00.000",
            "list_joined",
            f"{ann}, email=ann@shop.example",
            True,
            None,
        ),
        ("2024-03-01 09:00:00.000", "email_sent", ann, False, "Spring"),
        (
            "2024-03-01 09:00:09.000",
            "email_bounced",
            "mailchimp_member=m2",
            False,
            "Spring",
        ),
        ("2024-03-01 10:00:00.000", "email_opened", ann, True, "Spring"),
        ("2024-03-01 10:00:05.000", "email_clicked", ann, True, "Spring"),
        ("2024-03-01 11:00:00.000", "email_opened", ann, True, "Spring"),
        ("2024-03-02 09:00:00.000", "email_unsubscribed", ann, True, "Spring"),
    ]
    assert {"email=ann@shop.example", ann} in people_of(bench)
    assert rejected_of(bench) == []
