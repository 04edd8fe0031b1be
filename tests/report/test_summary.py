"""The summary: one rank of drop-offs, what changed, and what is withheld."""

from pathlib import Path

import duckdb
from tests.report.passages import passages
from tests.report.published import publish

from journeymine.report import write_report

PAIN: dict[str, object] = {
    "rank": 1,
    "kind": "transition",
    "funnel": "$paths",
    "place": "checkout_started > payment_failed",
    "persona": "all",
    "segment": "device",
    "segment_value": "mobile",
    "period": "2026-04-01",
    "customers": 154,
    "at_risk": 160,
    "observed": 99.0,
    "expected": 20.4,
    "expected_basis": "period_before",
    "excess": 78.6,
    "excess_low": 58.7,
    "excess_high": 98.5,
    "uplift": 39.4,
    "uplift_low": 25.4,
    "uplift_high": 53.4,
    "q_value": 1e-7,
    "is_significant": True,
    "value": 4603.2,
    "effort": 2.0,
    "priority": 2301.6,
}


def summary(database: Path, folder: Path) -> str:
    page = write_report(database, folder).read_text("utf-8")
    return " ".join(one.text for one in passages(page) if one.section == "summary")


def with_pains(shop: Path, folder: Path, *rows: dict[str, object]) -> str:
    copy = folder / "journeymine.duckdb"
    copy.write_bytes(shop.read_bytes())
    drawn = publish(folder / "drawn.duckdb", {"fct_pain_points": rows})
    with duckdb.connect(str(copy)) as con:
        con.execute(f"attach '{drawn}' as drawn (read_only)")
        con.execute(
            "insert into fct_pain_points by name from drawn.main.fct_pain_points"
        )
    return summary(copy, folder)


def test_pain_points_rank_the_drop_offs(shop: Path, tmp_path: Path) -> None:
    told = with_pains(shop, tmp_path, PAIN)
    assert "What to fix first" in told
    assert (
        "Device “Mobile”: customers go from “Checkout started” to “Payment failed”"
        " and are lost 99 of 160 journeys, April 2026; as in the month before it would"
        " be 20. Beyond that are 79 (59 to 98), q < 0.001." in told
    )
    assert "39 conversions lost €4,603" in told


def test_what_would_bring_most_has_the_highest_priority(
    shop: Path, tmp_path: Path
) -> None:
    second = {**PAIN, "rank": 2, "place": "cart_viewed", "kind": "step"}
    better = {**second, "funnel": "order", "uplift": 47.3, "priority": 5522.0}
    told = with_pains(shop, tmp_path, PAIN, {**better, "effort": None})
    first = told[told.index("What would bring most") :]
    assert "leave after “Cart viewed” +47 conversions (25 to 53)" in first
    assert "Its effort is not set" in first


def test_what_may_bring_nothing_is_not_put_first(shop: Path, tmp_path: Path) -> None:
    told = with_pains(shop, tmp_path, {**PAIN, "uplift_low": -1.0})
    assert "so nothing is put first" in told


def test_loops_and_what_is_not_sure_are_no_drop_offs(
    shop: Path, tmp_path: Path
) -> None:
    loop = {**PAIN, "kind": "loop", "uplift": None}
    told = with_pains(shop, tmp_path, loop, {**PAIN, "is_significant": False})
    assert "Payment failed" not in told
    assert "The three drop-offs that cost most" in told


def test_where_nothing_was_compared_that_is_said(shop: Path, tmp_path: Path) -> None:
    told = summary(shop, tmp_path)
    assert "There are too few whole months to compare." in told
    assert "No objective is set: add [objectives.NAME]" in told


def test_what_is_withheld_is_not_said_to_be_missing(shop: Path, tmp_path: Path) -> None:
    copy = tmp_path / "journeymine.duckdb"
    copy.write_bytes(shop.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("insert into meta_run values ('min_cell', '5')")
        con.execute("create schema withheld")
        con.execute(
            "create table withheld.fct_experience as from fct_experience limit 0"
        )
        con.execute("drop table fct_experience")
        con.execute("create table meta_suppressed (table_name varchar)")
    told = summary(copy, tmp_path)
    assert "NPS Withheld It would tell of fewer than 5 people" in told
    assert "Nobody was asked" not in told
