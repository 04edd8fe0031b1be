"""What the chart to explore is given, packed."""

import base64
import gzip
import json
import re
from pathlib import Path

from tests.report.published import publish
from tests.report.trending import (
    CHURN,
    MONTHS,
    NPS,
    filled,
    metrics,
    month,
)

from journeymine.report import write_report
from journeymine.report.trends import explore


def test_the_chart_has_what_the_tables_have(tmp_path: Path) -> None:
    kpis = [
        month(CHURN, MONTHS[0], 0.12345),
        month(CHURN, MONTHS[1], 0.125, n=24),
        month(CHURN, MONTHS[3], 0.2, value_low=None, is_final=False),
        month(NPS, MONTHS[0], 12.0),
    ]
    content = filled(tmp_path, {"fct_kpis": kpis})
    packed = base64.b64decode(str(content["data"]))
    assert packed[4:8] == bytes(4)  # no time of packing
    data = json.loads(gzip.decompress(packed))
    assert [one["name"] for one in data["measures"]] == [
        "Churn"
    ]  # one value is no line
    assert data["slices"] == ["All customers"]
    assert data["lines"] == [
        [
            *(0, 0, "month", None),
            [MONTHS[0], MONTHS[1], MONTHS[3]],
            [123, 120, 200],  # in tenths of a per cent, of 24 cases in whole ones
            [12, 10, None],
            [13, 20, 20],
            [200, 24, 200],
            [1, 1, 0],
        ]
    ]


def test_the_script_of_the_chart_is_whole_and_names_its_licence() -> None:
    script = gzip.decompress(base64.b64decode(explore.script())).decode("utf-8")
    assert "Plotly=" in script
    assert "Copyright" in explore.notice()
    assert "MIT" in explore.notice()
    assert not re.search(r"https?://|-->", explore.notice())


def test_the_page_holds_the_script_once_and_its_licence(tmp_path: Path) -> None:
    kpis = [month(CHURN, one, 0.2) for one in MONTHS]
    database = publish(
        tmp_path / "journeymine.duckdb", {"meta_metrics": metrics(), "fct_kpis": kpis}
    )
    page = write_report(database, tmp_path).read_text("utf-8")
    held = re.findall(r'<script type="application/json" id="explore-\w+">(.*?)<', page)
    assert [len(json.loads(one)) > 1_000_000 for one in held] == [False, True]
    assert page.count(explore.script()) == 1
    (notice,) = re.findall(r"<!--\n(.*?)-->", page, re.DOTALL)
    assert explore.notice() in notice
    assert "Permission is hereby granted, free of charge" in notice


def test_a_page_without_measures_holds_no_script(tmp_path: Path) -> None:
    database = publish(tmp_path / "journeymine.duckdb", {})
    page = write_report(database, tmp_path).read_text("utf-8")
    assert "No measure can be told over time" in page
    assert explore.script() not in page
