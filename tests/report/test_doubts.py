"""What is less sure about the data is said, and only where there is any."""

import re
from pathlib import Path

from tests.report.published import publish

from journeymine.report import write_report


def test_a_source_that_stopped_is_named_where_the_data_are_judged(page: str) -> None:
    warning = (
        "crm has told nothing since 10 June 2026; before, it was never silent for more"
        " than 3 days: did its export stop?"
    )
    for section in ("summary", "quality"):
        (text,) = re.findall(
            rf'<section class="s" id="{section}">(.*?)</section>', page, re.DOTALL
        )
        assert text.count(warning) == 1
    assert "support has told nothing" not in page


def test_conflicts_and_vague_times_stand_in_one_table(page: str) -> None:
    (table,) = re.findall(
        r"<h3>What is less sure than it looks</h3>.*?<tbody>(.*?)</tbody>",
        page,
        re.DOTALL,
    )
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t", row) for row in table.split("<tr>")[1:]]
    assert [(row[0], row[2]) for row in rows] == [
        ("web", "3"),
        ("crm", "1,400"),
        ("support", "2"),
    ]
    assert rows[0][3].endswith("; 4 others do not")
    assert "1 of them has others of the same customer on that day" in rows[1][3]
    assert rows[2][3] == "The later of the two is taken"


def test_where_all_is_sure_nothing_is_said(tmp_path: Path) -> None:
    database = publish(tmp_path / "journeymine.duckdb", {})
    page = write_report(database, tmp_path).read_text("utf-8")
    assert "less sure" not in page
    assert "has told nothing" not in page
