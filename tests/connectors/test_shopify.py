"""Shopify: checkouts, orders, and what became of them."""

from decimal import Decimal
from pathlib import Path

from tests.connectors.exports import (
    attribute,
    events_of,
    landed,
    people_of,
    rejected_of,
)
from tests.connectors.layouts import (
    activities_of,
    layout,
    rows_of,
    tables_of,
    unbalanced,
)
from tests.core.bench import Bench

ORDERS = """\
id,name,email,customer_id,total_price,currency,source_name,created_at,processed_at,updated_at,cancelled_at,cancel_reason,test,cart_token,checkout_token
1,#1,Ann@Shop.example,7,20.50,EUR,web,2024-03-01 10:00:00,2024-03-01 10:00:05,2024-03-01 10:00:05,,,false,ca,ch
2,#2,guest@shop.example,,5,USD,pos,2024-03-02 10:00:00,2024-03-02 10:00:00,2024-03-02 12:00:00,2024-03-02 12:00:00,customer,false,,
3,#3,test@shop.example,9,5,EUR,web,2024-03-02 10:00:00,2024-03-02 10:00:00,2024-03-02 12:00:00,,,true,,
4,#4,bob@shop.example,8,5,EUR,web,2024-03-03 10:00:00,,2024-03-03 10:00:00,2024-03-04 10:00:00,fraud,false,,
"""  # noqa: E501
CHECKOUTS = """\
id,token,cart_token,customer_id,email,total_price,currency,created_at,updated_at,completed_at
51,ch,ca,7,ann@shop.example,20.50,EUR,2024-03-01 09:58:00,2024-03-01 10:00:05,2024-03-01 10:00:05
52,cx,cb,8,bob@shop.example,9,EUR,2024-03-05 09:00:00,2024-03-05 09:01:00,
"""  # noqa: E501
FILES = {
    "orders.csv": ORDERS,
    "checkouts.csv": CHECKOUTS,
    "refunds.csv": "id,order_id,created_at\n61,1,2024-03-09 10:00:00\n",
    "fulfillments.csv": "id,order_id,status,created_at,updated_at\n"
    "71,1,success,2024-03-02 08:00:00,2024-03-02 08:00:00\n"
    "72,4,cancelled,2024-03-04 08:00:00,2024-03-04 08:00:00\n",
    "fulfillment_events.csv": "id,fulfillment_id,status,happened_at\n"
    "81,71,delivered,2024-03-04 15:00:00\n",
    "transactions.csv": "id,order_id,kind,status,amount,currency,test,created_at\n"
    "91,1,sale,failure,20.50,EUR,false,2024-03-01 09:59:00\n"
    "92,1,sale,success,20.50,EUR,false,2024-03-01 10:00:05\n",
    "visits.csv": "id,order_id,type,source,occurred_at,utm_parameters_medium,"
    "utm_parameters_campaign\n95,1,first,google,2024-02-20 10:00:00,cpc,spring\n",
    "customers.csv": "id,email,phone,created_at,updated_at\n"
    "7,Ann@Shop.example,+49 30 1,2024-02-01 00:00:00,2024-02-01 00:00:00\n",
}
SECTION = '[sources.shop]\nconnector = "shopify"\n[sources.shop.tables]\n'
TABLES = {name.removesuffix(".csv"): name for name in FILES}


def test_a_shops_tables_tell_each_step_of_an_order(
    bench: Bench, tmp_path: Path
) -> None:
    landed(bench, tmp_path, SECTION + tables_of(TABLES), FILES)
    assert events_of(bench, "at", "activity", "channel", "is_customer", "amount") == [
        ("2024-02-01 00:00:00.000", "customer_created", "web", False, None),
        ("2024-02-20 10:00:00.000", "shop_visited", "ads", True, None),
        ("2024-03-01 09:58:00.000", "checkout_started", "web", True, Decimal("20.5")),
        ("2024-03-01 09:59:00.000", "payment_failed", "web", True, Decimal("20.5")),
        ("2024-03-01 10:00:05.000", "order_placed", "web", True, Decimal("20.5")),
        ("2024-03-02 08:00:00.000", "order_shipped", "web", False, None),
        ("2024-03-02 10:00:00.000", "order_placed", "shop", True, 5),
        ("2024-03-02 12:00:00.000", "order_cancelled", "shop", True, 5),
        ("2024-03-03 10:00:00.000", "order_placed", "web", True, 5),
        ("2024-03-04 10:00:00.000", "order_cancelled", "web", False, 5),
        ("2024-03-04 15:00:00.000", "order_delivered", "web", False, None),
        ("2024-03-05 09:00:00.000", "checkout_started", "web", True, 9),
        ("2024-03-09 10:00:00.000", "order_refunded", "web", False, None),
    ]
    assert people_of(bench) == [
        {"email=ann@shop.example", "phone=+49 30 1", "shopify_customer=7"},
        {"email=bob@shop.example", "shopify_customer=8"},
        {"email=guest@shop.example"},
    ]
    assert rejected_of(bench) == []


def test_a_cart_is_abandoned_where_no_order_follows_its_checkout(
    bench: Bench, tmp_path: Path
) -> None:
    rules = """
        [journey]
        goal = ["order_placed"]
        [abandonment.cart]
        intent = ["checkout_started"]
        goal = ["order_placed"]
        timeout = "1 day"
    """
    landed(bench, tmp_path, rules + SECTION + tables_of(TABLES), FILES)
    assert bench.result_of("fct_attempts", "attempt_kind", "cause") == [
        ("cart", "converted"),
        ("cart", "silence"),
    ]


EXPORT = """\
Name,Email,Financial Status,Currency,Total,Created at,Cancelled at,Lineitem name,Source,Id
#1,Ann@Shop.example,paid,EUR,20.50,2024-03-01 10:00:00 +0100,,Tent,web,1001
#1,Ann@Shop.example,,,,,,Rope,,
#2,bob@shop.example,paid,EUR,7,2024-03-01 11:00:00 +0100,,Axe,pos,1002
"""  # noqa: E501


def test_the_shops_own_export_has_a_row_per_item(bench: Bench, tmp_path: Path) -> None:
    section = SECTION + tables_of({"orders": "orders_export.csv"})
    landed(bench, tmp_path, section, {"orders_export.csv": EXPORT})
    assert events_of(bench, "at", "amount", "of", attribute("order_id")) == [
        (
            "2024-03-01 09:00:00.000",
            Decimal("20.5"),
            "email=ann@shop.example",
            "1001",
        ),
        ("2024-03-01 10:00:00.000", 7, "email=bob@shop.example", "1002"),
    ]
    assert unbalanced(bench) == []


def test_a_loaders_tables_are_read_whole(bench: Bench, tmp_path: Path) -> None:
    for prefix in ("shopify_", "shopify_gql_"):
        tables = {
            "orders": f"{prefix}order_data.csv",
            "checkouts": f"{prefix}abandoned_checkout_data.csv",
            "customers": f"{prefix}customer_data.csv",
            "refunds": f"{prefix}refund_data.csv",
            "fulfillments": f"{prefix}fulfillment_data.csv",
            "fulfillment_events": f"{prefix}fulfillment_event_data.csv",
        }
        files = layout("shopify", *tables.values())
        folder = tmp_path / prefix
        landed(bench, folder, SECTION + tables_of(tables), files)
        rows = {name: rows_of(files[file]) for name, file in tables.items()}
        kept = [row for row in rows["orders"] if "TRUE" not in deletion(row)]
        found = activities_of(bench)
        assert found["order_placed"] == len(kept)
        assert found["order_cancelled"] == sum(
            bool(row["cancelled_at"].strip()) for row in kept
        )
        assert found["checkout_started"] == len(rows["checkouts"])
        assert found["customer_created"] == len(rows["customers"])
        assert found["order_refunded"] == len(rows["refunds"])
        assert rejected_of(bench) == []
        assert unbalanced(bench) == []


def deletion(row: dict[str, str]) -> list[str]:
    """Return what says that an order is none: deleted, or a test."""
    return [row.get("_fivetran_deleted", "").upper(), row["test"].upper()]
