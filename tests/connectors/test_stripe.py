"""Stripe: events, and the tables of its objects."""

from decimal import Decimal
from pathlib import Path

from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.core.bench import Bench

EVENTS = """\
{"id":"e1","type":"customer.created","created":1704067200,"livemode":true,"data":{"object":{"object":"customer","id":"cus_1","email":"Ann@Shop.example","phone":"+49 30 1"}}}
{"id":"e2","type":"checkout.session.completed","created":1704067260,"livemode":true,"data":{"object":{"object":"checkout.session","id":"cs_1","customer":"cus_1","amount_total":1999,"currency":"eur","customer_details":{"email":"ann@shop.example"}}}}
{"id":"e3","type":"charge.failed","created":1704067261,"livemode":true,"data":{"object":{"object":"charge","id":"ch_1","customer":"cus_1","amount":1999,"currency":"eur"}}}
{"id":"e4","type":"charge.succeeded","created":1704067262,"livemode":true,"data":{"object":{"object":"charge","id":"ch_2","customer":"cus_1","amount":500,"currency":"jpy"}}}
{"id":"e4","type":"charge.succeeded","created":1704067262,"livemode":true,"data":{"object":{"object":"charge","id":"ch_2","customer":"cus_1","amount":500,"currency":"jpy"}}}
{"id":"e5","type":"charge.refunded","created":1704067263,"livemode":true,"data":{"object":{"object":"charge","id":"ch_3","customer":"cus_1","amount":12345,"amount_refunded":2345,"currency":"kwd"}}}
{"id":"e6","type":"customer.subscription.updated","created":1704067264,"livemode":true,"data":{"object":{"object":"subscription","id":"sub_1","customer":"cus_1","cancel_at_period_end":true},"previous_attributes":{"cancel_at_period_end":false}}}
{"id":"e7","type":"customer.subscription.updated","created":1704067265,"livemode":true,"data":{"object":{"object":"subscription","id":"sub_1","customer":"cus_1","cancel_at_period_end":true},"previous_attributes":{"metadata":{}}}}
{"id":"e8","type":"customer.subscription.deleted","created":1704067266,"livemode":true,"data":{"object":{"object":"subscription","id":"sub_1","customer":"cus_1"}}}
{"id":"e9","type":"charge.succeeded","created":1704067267,"livemode":false,"data":{"object":{"object":"charge","id":"ch_9","customer":"cus_9","amount":1,"currency":"eur"}}}
{"id":"e10","type":"invoice.finalized","created":1704067268,"livemode":true,"data":{"object":{"object":"invoice","id":"in_1","customer":"cus_1"}}}
{"id":"e11","type":"charge.succeeded","created":1704067269,"livemode":true,"data":{"object":{"object":"charge","id":"ch_4","customer":"cus_1","amount":"much","currency":"eur"}}}
"""  # noqa: E501


def test_stripes_events_tell_payments_in_the_currencys_own_unit(
    bench: Bench, tmp_path: Path
) -> None:
    section = '[sources.pay]\nconnector = "stripe"\ntables = { events = "e.jsonl" }\n'
    landed(bench, tmp_path, section, {"e.jsonl": EVENTS})
    assert events_of(bench, "at", "activity", "amount", "currency", "is_customer") == [
        ("2024-01-01 00:00:00.000", "customer_created", None, "EUR", False),
        (
            "2024-01-01 00:01:00.000",
            "checkout_completed",
            Decimal("19.99"),
            "EUR",
            True,
        ),
        ("2024-01-01 00:01:01.000", "payment_failed", Decimal("19.99"), "EUR", True),
        ("2024-01-01 00:01:02.000", "payment_succeeded", 500, "JPY", True),
        ("2024-01-01 00:01:03.000", "payment_refunded", Decimal("2.345"), "KWD", False),
        ("2024-01-01 00:01:04.000", "subscription_cancelled", None, "EUR", True),
        ("2024-01-01 00:01:06.000", "subscription_ended", None, "EUR", False),
    ]
    assert people_of(bench) == [
        {"email=ann@shop.example", "phone=+49 30 1", "stripe_customer=cus_1"}
    ]
    assert rejected_of(bench) == [("pay.events", 12, "amount is no number")]


CHARGES = """\
id,amount,currency,created,customer_id,receipt_email,status,livemode
ch_1,1999,eur,2024-01-01 00:00:00,cus_1,,succeeded,true
ch_2,1999,eur,2024-01-02 00:00:00,cus_1,Ann@Shop.example,failed,true
ch_3,100,eur,2024-01-03 00:00:00,cus_2,,pending,true
ch_4,100,eur,2024-01-04 00:00:00,cus_3,,succeeded,false
"""
REFUNDS = """\
id,charge_id,amount,currency,created,status
re_1,ch_1,999,eur,2024-01-05 00:00:00,succeeded
re_2,ch_2,999,eur,2024-01-05 00:00:00,failed
"""
SUBSCRIPTIONS = """\
id,customer_id,status,created,canceled_at,ended_at,cancel_at_period_end
sub_1,cus_1,active,2024-01-01 00:00:00,2024-02-01 00:00:00,,true
sub_2,cus_2,canceled,2024-01-01 00:00:00,2024-02-01 00:00:00,2024-02-09 00:00:00,false
"""


def test_stripes_objects_tell_what_became_of_them(bench: Bench, tmp_path: Path) -> None:
    landed(
        bench,
        tmp_path,
        """
        [sources.pay]
        connector = "stripe"
        [sources.pay.tables]
        charges = "charges.csv"
        refunds = "refunds.csv"
        subscriptions = "subscriptions.csv"
        """,
        {
            "charges.csv": CHARGES,
            "refunds.csv": REFUNDS,
            "subscriptions.csv": SUBSCRIPTIONS,
        },
    )
    one, two = "stripe_customer=cus_1", "stripe_customer=cus_2"
    assert events_of(bench, "at", "activity", "amount", "of") == [
        ("2024-01-01 00:00:00.000", "subscription_started", None, one),
        ("2024-01-01 00:00:00.000", "subscription_started", None, two),
        ("2024-01-01 00:00:00.000", "payment_succeeded", Decimal("19.99"), one),
        (
            "2024-01-02 00:00:00.000",
            "payment_failed",
            Decimal("19.99"),
            f"{one}, email=ann@shop.example",
        ),
        ("2024-01-05 00:00:00.000", "payment_refunded", Decimal("9.99"), one),
        ("2024-02-01 00:00:00.000", "subscription_cancelled", None, one),
        ("2024-02-01 00:00:00.000", "subscription_cancelled", None, two),
        ("2024-02-09 00:00:00.000", "subscription_ended", None, two),
    ]
    assert rejected_of(bench) == []
