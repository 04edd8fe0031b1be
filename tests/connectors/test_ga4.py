"""Events of Google Analytics 4, as BigQuery exports them."""

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
from tests.connectors.exports import events_of, landed, people_of, rejected_of
from tests.connectors.ga4_export import SOURCE, Hit, hit, json_lines, parquet
from tests.core.bench import Bench

REAL = Path(__file__).parents[3] / "shared" / "data" / "ga4_raw_layout"
READ = ["event_timestamp", "event_name", "event_params", "stream_id", "device"]
READ += ["user_pseudo_id", "ecommerce"]

Written = Callable[[list[Hit]], str | bytes]


def visit() -> list[Hit]:
    """Return a visit on which something is bought, paid back, and told in one batch."""
    landing = {
        "ga_session_id": 7,
        "entrances": 1,
        "medium": "cpc",
        "page_location": "https://shop.example/tents?mail=ann@shop.example#top",
    }
    bought = {"ga_session_id": 7, "currency": "SEK", "value": 8.5, "medium": "cpc"}
    given = {"purchase_revenue": 9.25, "transaction_id": "T1"}
    batch: Hit = {"batch_page_id": 1714550400000, "batch_ordering_id": 1}
    return [
        hit("page_view", params=landing, **batch, batch_event_index=1),
        hit("scroll", **batch, batch_event_index=2),
        *(hit("click", params={"ga_session_id": 7, "at": at}) for at in range(3)),
        hit("session_start", params=landing),
        hit("first_visit", params=landing),
        hit("purchase", 60_000_123, params=bought, ecommerce=given, user_id="u1"),
        hit(
            "refund",
            90_000_000,
            params={"ga_session_id": 7, "currency": "SEK"},
            ecommerce={"refund_value": 9.25, "transaction_id": "(not set)"},
            platform="IOS",
        ),
        hit("page_view", 95_000_000, user_pseudo_id=None, params={}),
    ]


@pytest.mark.parametrize(
    ("suffix", "written"), [("json", json_lines), ("parquet", parquet)]
)
def test_a_visit_is_told_alike_by_both_formats(
    bench: Bench, tmp_path: Path, suffix: str, written: Written
) -> None:
    files = {f"events_20240501.{suffix}": written(visit())}
    landed(bench, tmp_path, SOURCE.format(suffix), files)
    device, both = "ga_device_id=11.22", "ga_device_id=11.22, user_id=u1"
    assert events_of(
        bench, "at", "activity", "channel", "amount", "currency", "of"
    ) == [
        ("2024-05-01 08:00:00.000", "first_visit", "ads", None, "EUR", device),
        ("2024-05-01 08:00:00.000", "session_start", "ads", None, "EUR", device),
        *[("2024-05-01 08:00:00.000", "click", "web", None, "EUR", device)] * 3,
        ("2024-05-01 08:00:00.000", "page_view", "ads", None, "EUR", device),
        ("2024-05-01 08:00:00.000", "scroll", "web", None, "EUR", device),
        ("2024-05-01 08:01:00.000", "purchase", "web", Decimal("9.25"), "SEK", both),
        ("2024-05-01 08:01:30.000", "refund", "app", Decimal("9.25"), "SEK", device),
        ("2024-05-01 08:01:35.000", "page_view", "web", None, "EUR", None),
    ]
    assert {key for (key,) in events_of(bench, "session_key")} == {"5:11.22:7", None}
    told = [json.loads(str(text)) for (text,) in events_of(bench, "attributes")]
    assert {one["page"] for one in told} == {"/tents", None}
    assert [one["order_id"] for one in told[7:]] == ["T1", None, None]
    assert told[0]["device"] == "mobile"
    assert people_of(bench) == [{"ga_device_id=11.22", "user_id=u1"}]
    # Who does not consent is in no journey, and counted.
    rules = bench.con.execute("select rule, count(*) from int_events group by all")
    assert sorted(rules.fetchall(), key=str) == [("no_identifier", 1), (None, 9)]
    assert rejected_of(bench) == []


def test_what_is_no_event_is_set_aside(bench: Bench, tmp_path: Path) -> None:
    hits = [hit("a"), {**hit("b"), "event_name": None}]
    hits += [
        {**hit("c"), "event_timestamp": "soon"},
        {**hit("d"), "event_params": None},
    ]
    hits += [{**hit("e"), "event_timestamp": None}]
    landed(bench, tmp_path, SOURCE.format("json"), {"events_1.json": json_lines(hits)})
    assert rejected_of(bench) == [
        ("web", 2, "no event_name"),
        ("web", 3, "time not readable"),
        ("web", 5, "no time"),
    ]
    assert events_of(bench, "activity", "session_key") == [
        ("a", "5:11.22:7"),
        ("d", None),
    ]


def test_real_rows_are_told_as_an_independent_reading_tells_them(
    bench: Bench, tmp_path: Path
) -> None:
    if not REAL.exists():
        pytest.skip("needs shared/data/ga4_raw_layout")
    file = REAL / "ga4_events_sampled.parquet"
    landed(
        bench,
        tmp_path,
        SOURCE.format("parquet"),
        {"events_1.parquet": file.read_bytes()},
    )
    found = events_of(
        bench,
        "epoch_us(occurred_at)",
        "activity",
        "session_key",
        "of",
        "amount",
        "currency",
        "attributes",
    )
    told = [(*row[:6], *_attributes(str(row[6]))) for row in found]
    rows = pq.read_table(file, columns=READ).to_pylist()
    assert len(told) == len(rows) == 24_219
    assert Counter(told) == Counter(map(_expected, rows))
    assert rejected_of(bench) == []


def _attributes(text: str) -> tuple[str | None, ...]:
    told = json.loads(text)
    return tuple(told[name] for name in ("page", "device", "order_id", "medium"))


def _expected(row: Hit) -> tuple[object, ...]:
    params = {
        param["key"]: next(
            (one for one in param["value"].values() if one is not None), None
        )
        for param in row["event_params"]
    }
    shop = row["ecommerce"] or {}
    amount = shop.get("purchase_revenue") if row["event_name"] == "purchase" else None
    order = shop.get("transaction_id") or params.get("transaction_id")
    return (
        row["event_timestamp"],
        row["event_name"],
        f"{row['stream_id']}:{row['user_pseudo_id']}:{params['ga_session_id']}",
        f"ga_device_id={row['user_pseudo_id']}",
        None if amount is None else Decimal(str(amount)).quantize(Decimal("1.0000")),
        params.get("currency") or "EUR",
        urlsplit(params["page_location"]).path or "/",
        row["device"]["category"],
        None if order in (None, "(not set)") else str(order),
        params.get("medium"),
    )
