"""What is told of the risk to churn, and why where nothing is told."""

import re
from pathlib import Path

from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.churn_walk import PROJECT, STATES, WHO
from tests.core.typed import columns, given_typed


def test_without_the_setting_there_is_no_risk(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.replace("risk = true", ""))
    given(stg_events="customer | activity | occurred_at\nann | view | 2024-06-30")
    assert result_of("int_churn_states", "customer_code") == []
    assert result_of("fct_churn_risk", "customer_id") == []
    assert result_of("fct_churn_risk_quality", "basis") == []
    assert result_of("fct_churn_risk_calibration", "bin") == []


def test_where_too_few_are_known_a_reason_stands_instead_of_a_risk(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-30 10:00
            bob      | view     | 2024-06-22 23:00
        """,
    )
    assert result_of("fct_churn_risk", "is_open, risk, no_risk_reason") == [
        (False, None, "it has left: the horizon is over"),
        (True, None, "too few customers of the past to learn and to judge by"),
    ]
    assert result_of(
        "fct_churn_risk_quality", "basis, learned, tried, churned, auc, has_claim"
    ) == [("model", 0, 1, 1, None, False)]


def test_reasons_are_told_in_words_with_what_they_add(bench: Bench) -> None:
    bench.set_project(PROJECT)
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | is_customer | source_system
            ann      | view     | 2024-06-21 00:00 | true        | web
            ann      | order    | 2024-06-24 00:00 | true        | web
            ann      | call     | 2024-06-27 00:00 | true        | support
            bob      | view     | 2024-06-30 18:00 | true        | web
            bob      | mail     | 2024-06-30 19:00 | false       | web
            cid      | cancel   | 2024-06-10 00:00 | true        | web
            cid      | view     | 2024-06-25 00:00 | true        | web
        """,
    )
    who_is = bench.result_of(STATES, WHO, "int_customers.customer_code")
    codes = {str(who): code for who, code in who_is}
    told = [
        ("ann", 0.9, ["silence", "activity", "conversions"]),
        ("bob", 0.1, ["messages", "silence", "tenure"]),
        ("cid", 0.1, ["returns", "exits", "support"]),
    ]
    given_typed(
        bench,
        py_churn_risk=columns(
            ("customer_code", "risk", "reasons", "contributions", "other_contribution"),
            *(
                (codes[who], risk, why, [2.0, -1.0, 0.5], 0.1)
                for who, risk, why in told
            ),
        )
        | {"mean_log_odds": [0.0, 0.0, 0.0]},
        py_churn_trials=columns(
            ("basis", "bin", "reason"), ("model", 0, None), ("base_rate", 0, None)
        ),
    )
    assert bench.result_of(
        "fct_churn_risk",
        "risk_decile, risk, reason_1, contribution_1, reason_2, reason_3",
    ) == [
        (
            1,
            0.1,
            "1 event of the company in the last 8 days",
            2.0,
            "last active within the last day; on one day only",
            "first seen within the last day; active on 1 day since",
        ),
        (
            1,
            0.1,
            "has left and come back 1 time",
            2.0,
            "no exits in the last 8 days",
            "no events with support in the last 8 days",
        ),
        (
            7,  # with two of three before it
            0.9,
            "last active 4 days ago; usually every 3 days",
            2.0,
            "active on 2 days of the last 8, on 1 day of the 8 before",
            "1 conversion, the last 7 days ago",
        ),
    ]


def test_the_page_shows_settings_that_are_read(bench: Bench) -> None:
    page = (Path(__file__).parents[2] / "docs/churn-risk.md").read_text("utf-8")
    (toml,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    bench.set_project(toml)
    churn = bench.context.config.churn
    assert churn is not None
    assert churn.risk
    assert bench.con.sql("from cfg_churn_risk").fetchall() == [(60_000, 24)]
