"""What the section on trends says of drawn tables."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.report.published import publish
from tests.report.trending import (
    BEGUN,
    CHURN,
    MONTHS,
    NPS,
    change,
    drawn,
    filled,
    month,
    panel,
    plain,
)

from journeymine.report.ground import read_ground
from journeymine.report.reader import open_tables
from journeymine.report.trends import section


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({}, "Churn rose from 20.0% to 30.0% in February 2024"),
        ({"q_value": 0.05}, "No measure changed clearly from one month to the next"),
        (
            {"difference_low": -0.01},
            "No measure changed clearly from one month to the next",
        ),
        (
            {"difference": -0.1, "difference_low": -0.2, "difference_high": -0.01},
            "Churn fell by 10.0 points for the length of the period in February 2024",
        ),
    ],
)
def test_a_change_is_told_only_if_its_interval_and_its_q_say_so(
    tmp_path: Path, told: dict[str, object], wanted: str
) -> None:
    kpis = [month(CHURN, one, 0.2 + 0.1 * number) for number, one in enumerate(MONTHS)]
    changes = [change(CHURN, "2024-02-01", 0.2, 0.3, **told)]
    content = filled(tmp_path, {"fct_kpis": kpis, "fct_kpi_changes": changes})
    assert plain(content["title"]) == wanted
    is_clear = wanted.startswith("Churn")
    assert [one.name for one in panel(content).figures] == ["Churn"] * is_clear
    title = drawn(content, "Churn").title
    assert plain(title) == (wanted if is_clear else "Churn did not change clearly")


def test_of_two_changes_as_sure_the_one_for_the_worse_is_told(tmp_path: Path) -> None:
    changes = [
        change(CHURN, "2024-03-01", 0.3, 0.2, is_worse=False),
        change(CHURN, "2024-02-01", 0.2, 0.3),
        change(NPS, "2024-02-01", 30.0, 50.0, rank=2, difference_low=10.0),
    ]
    kpis = [month(one, when, 0.2) for one in (CHURN, NPS) for when in MONTHS]
    content = filled(tmp_path, {"fct_kpis": kpis, "fct_kpi_changes": changes})
    assert plain(content["title"]) == "Churn rose from 20.0% to 30.0% in February 2024"
    assert [one.name for one in panel(content).figures] == ["Churn", "NPS"]
    assert [plain(one.difference) for one in panel(content).changes.rows] == [
        "+10.0 points",
        "-10.0 points",
        "+20 points",
    ]


def test_few_cases_have_no_rate_but_a_count(tmp_path: Path) -> None:
    kpis = [
        month(metric, when, 0.5 if metric == CHURN else n, n=n)
        for metric in (CHURN, BEGUN)
        for when, n in zip(MONTHS, (200, 4, 5, 29), strict=True)
    ]
    content = filled(tmp_path, {"fct_kpis": kpis})
    told = [plain(row[1]) for row in drawn(content, "Churn").rows]
    assert told == ["50.0%", "Too few", "50%", "50%"]
    counted = [plain(row[1]) for row in drawn(content, "Journeys begun").rows]
    assert counted == ["200", "4", "5", "29"]


def test_the_latest_value_is_the_last_final_one(tmp_path: Path) -> None:
    kpis = [month(CHURN, one, 0.2 + 0.1 * number) for number, one in enumerate(MONTHS)]
    kpis[3]["is_final"] = False
    churn = drawn(filled(tmp_path, {"fct_kpis": kpis}), "Churn")
    assert plain(churn.caption) == "March 2024: 40.0% (36.0-44.0%, n = 200)."
    assert [row[4] for row in churn.rows] == ["Yes", "Yes", "Yes", "Not yet"]
    assert churn.query == "select 1 as churn_rate"


def test_a_project_of_few_months_is_told_by_the_week(tmp_path: Path) -> None:
    weeks = [
        month(CHURN, one, 0.2, period_kind="week")
        for one in ("2024-02-05", "2024-02-12")
    ]
    content = filled(tmp_path, {"fct_kpis": [month(CHURN, MONTHS[1], 0.2), *weeks]})
    churn = drawn(content, "Churn")
    assert [row[0] for row in churn.rows] == [
        "Week of 5 February 2024",
        "Week of 12 February 2024",
    ]
    assert content["title"] == "There are too few whole weeks to compare"


def test_a_step_of_two_funnels_is_named_with_its_funnel(tmp_path: Path) -> None:
    steps = ("funnel.shop.cart.drop_rate", "funnel.app.cart.drop_rate")
    alone = "funnel.app.home.drop_rate"
    rows: dict[str, list[dict[str, object]]] = {
        "meta_metrics": [
            {"metric": one, "words": "", "unit": "share", "query": "select 1"}
            for one in (*steps, alone)
        ],
        "fct_kpis": [
            month(one, when, 0.2) for one in (*steps, alone) for when in MONTHS
        ],
    }
    titles = [
        one.title.partition(": too")[0] for one in panel(filled(tmp_path, rows)).rest
    ]
    assert titles == [
        "App: leaving after “Cart”",
        "Leaving after “Home”",
        "Shop: leaving after “Cart”",
    ]


def test_each_persona_has_its_own_changes(tmp_path: Path) -> None:
    mine = {"persona": "p2"}
    rows: dict[str, list[dict[str, object]]] = {
        "dim_personas": [
            {"persona": f"p{one}", "persona_name": f"Group {one}", "customers": 9 - one}
            for one in (1, 2)
        ],
        "fct_kpis": [
            month(CHURN, when, 0.2, persona=one)
            for one in ("all", "p1", "p2")
            for when in MONTHS
        ],
        "fct_kpi_changes": [
            change(CHURN, "2024-02-01", 0.2, 0.3, **mine),
            change(CHURN, "2024-02-01", 0.2, 0.3, rank=2, segment="device",
                   segment_value="mobile"),
        ],
    }  # fmt: skip
    content = filled(tmp_path, rows)
    everyone, first, second = (panel(content, one) for one in range(3))
    assert [len(one.figures) for one in (everyone, first, second)] == [0, 0, 1]
    (told,) = everyone.changes.rows
    assert (told.whose, told.also) == ("Group 2", "and 1 further group")
    assert plain(everyone.changes.told) == "Clear changes: 2 of 2 tested."
    assert first.changes.rows == []
    assert plain(second.changes.told) == "Clear changes: 1 of 1 tested."


def test_a_page_of_one_month_still_tells_of_all_months(tmp_path: Path) -> None:
    tables = open_tables(publish(tmp_path / "journeymine.duckdb", {}))
    facts = read_ground(tables).facts
    tables.con.close()
    for label, wanted in (
        ("Month 2024-04", "All customers"),
        ("“Loyal”, month 2024-04", "“Loyal”"),
        ("Loyal month 2024-04", "Loyal month 2024-04"),
    ):
        named = replace(facts.personas[0], label=label)
        told = section.of_all_months(replace(facts, personas=(named,)))
        assert told.label_of("all") == wanted


def test_nothing_over_time_is_said_and_not_drawn(tmp_path: Path) -> None:
    empty = [month(CHURN, one, None, n=0) for one in MONTHS]
    content = filled(tmp_path, {"fct_kpis": empty})
    assert content["panels"] == []
    assert content["is_withheld"] is False
