"""Churn and retention: each sentence is of its row, and what is open is said to be."""

import re
from pathlib import Path

import duckdb
import pytest
from tests.e2e.running import Published
from tests.report.published import publish

from journeymine.report import words, write_report
from journeymine.report.leaving import attempts, churn, retention, risk
from journeymine.report.reader import Row

RATE = {"retention_rate_low": 0.1, "retention_rate_high": 0.9}


def section(page: str) -> str:
    """Return the text of the section."""
    (part,) = re.findall(
        r'<section class="s" id="leaving">.*?</section>', page, re.DOTALL
    )
    text = re.sub(r"<pre>.*?</pre>", "", part, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", text).replace("\N{WORD JOINER}", "")


@pytest.fixture(scope="module")
def told(sample: Published, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("leaving")
    return section(write_report(sample.database, folder).read_text("utf-8"))


def test_churn_is_that_of_the_settled_months(sample: Published, told: str) -> None:
    ((rate, low, high, settled),) = sample.rows(
        "select churn_rate, churn_rate_low, churn_rate_high, settled from fct_churn"
        " where (period, persona, segment) = ('all', 'all', 'all')"
    )
    assert f"{100 * rate:.1f}% of the customers of a month leave in it" in told
    assert (
        f"{100 * low:.1f}{words.DASH}{100 * high:.1f}%, {words.cases(settled)}" in told
    )


def test_every_cell_of_the_heat_map_is_one_of_the_table(
    sample: Published, tmp_path: Path
) -> None:
    page = write_report(sample.database, tmp_path).read_text("utf-8")
    heat = re.findall(r'<table class="t heat">.*?</table>', page, re.DOTALL)[0]
    shown = re.findall(r'<td class="(h\d|wait)"[^>]*>([\d.]+%)</td>', heat)
    rows = sample.rows(
        "select is_final, if(is_final, retention_rate, at_risk_rate), at_risk"
        " from fct_retention where persona = 'all' and segment = 'all'"
        " and period_index > 0 and at_risk > 0 order by cohort, period_index"
    )
    assert [(kind != "wait", rate) for kind, rate in shown] == [
        (final, f"{100 * rate:.{0 if cases < 30 else 1}f}%")
        for final, rate, cases in rows
    ]


def test_months_that_are_not_settled_are_named_and_not_drawn() -> None:
    months = [
        Row(period="2024-04-01", churn_rate=0.2, settled=50),
        Row(period="2024-05-01", churn_rate=None, settled=0),
    ]
    assert (
        churn.last_title(months) == "20.0% left in April 2024, the last settled month"
    )
    assert churn.caption(months, None) == "Not settled, and so not drawn: May 2024."
    assert churn.last_title(months[1:]) == "No month is settled yet"


def test_the_worst_end_is_named_and_converting_is_none() -> None:
    def end(cause: str, share: float, **more: object) -> Row:
        known = {"recovery_rate": None, "recoverable": 0, "recovered": 0, **more}
        return Row(
            attempt_kind="cart", cause=cause, attempts=50, cumulative_incidence=share,
            recovery_rate_low=0.1, recovery_rate_high=0.3, **known,
        )  # fmt: skip

    silence = end("silence", 0.3, recovery_rate=0.2, recoverable=40, recovered=8)
    rows = [end("converted", 0.6), silence, end("in_progress", 0.9)]
    assert attempts.title(rows) == "30.0% of “Cart” attempts end by silence"
    assert attempts.caption(rows).replace("\N{WORD JOINER}", "") == (
        "150 attempts, 50 still in progress. Of 40 given up by silence, 8 came back in"
        f" time (20.0%, 10.0{words.DASH}30.0%)."
    )
    assert attempts.title(rows[:1]) == "No attempt of kind “Cart” was given up"


def test_the_curve_is_told_where_several_cohorts_are_known() -> None:
    curve = [
        Row(
            period_index=n,
            cohorts=4 - n,
            customers=100,
            retention_rate=1 - n / 5,
            **RATE,
        )
        for n in range(4)
    ]
    assert retention.curve_title(curve, "week") == (
        "60.0% are active in week 2, mean of 2 cohorts"
    )
    assert retention.title(curve[:1], "week") == (
        "No week after the first is over for a whole cohort yet"
    )


def test_a_risk_without_a_claim_is_not_praised() -> None:
    model = Row(
        basis="model",
        tried=9,
        churned=4,
        auc=0.9,
        brier=0.2,
        has_claim=False,
        reason="x",
    )
    assert risk.title(model) == "Who leaves could not be foreseen better than by chance"
    assert "No risk is told: x" in risk.lead({"model": model})


@pytest.mark.parametrize(
    ("emptied", "said"),
    [
        ("fct_churn%", "Churn is not told: set [churn] in the project file."),
        ("fct_abandonment%", "No attempt is told: set [abandonment.NAME]"),
        ("fct_retention%", "Retention is not known of them."),
    ],
)
def test_what_is_missing_is_said(
    sample: Published, tmp_path: Path, emptied: str, said: str
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        names = "select table_name from duckdb_tables() where table_name like $1"
        for (table,) in con.execute(names, [emptied]).fetchall():
            con.execute(f"delete from {table}")
    told = section(write_report(copy, tmp_path).read_text("utf-8"))
    assert said in told
    assert "None" not in told


COUNTS = {
    "fct_abandonment": "attempts cumulative_incidence recovery_rate recoverable",
    "fct_abandonment_times": "cumulative_incidence",
    "fct_churn": "at_risk churned churn_rate settled",
    "fct_churn_hazard": "at_risk hazard survival",
    "fct_churn_risk_calibration": "churned churn_rate",
    "fct_retention": "active at_risk retention_rate at_risk_rate customers",
    "fct_retention_curve": "active customers retention_rate unbounded_rate",
}


@pytest.mark.parametrize("seed", range(4))
def test_a_page_with_cells_withheld_still_stands(
    sample: Published, tmp_path: Path, seed: int
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(sample.database.read_bytes())
    with duckdb.connect(str(copy)) as con:
        for table, columns in COUNTS.items():
            for column in columns.split():
                bounds = [f"{column}_low", f"{column}_high"] if "rate" in column else []
                con.execute(
                    f"update {table} set {column} = null"
                    f" where hash({column}, {seed}, rowid) % 4 = 0"
                )
                for bound in bounds:
                    con.execute(
                        f"update {table} set {bound} = null where {column} is null"
                    )
    told = section(write_report(copy, tmp_path).read_text("utf-8"))
    assert "None" not in told
    assert "nan" not in told


def test_without_any_of_it_the_page_says_what_to_set(tmp_path: Path) -> None:
    path = publish(tmp_path / "empty.duckdb", {})
    told = section(write_report(path, tmp_path).read_text("utf-8"))
    assert "Set [churn], [retention] or [abandonment.NAME]" in told
