"""What no rule and no stage knows is shown, and only where there is any."""

import re
from pathlib import Path

from tests.report.published import publish

from journeymine.report import write_report


def test_the_twenty_most_frequent_unmatched_activities_stand_in_a_table(
    tmp_path: Path,
) -> None:
    rows = [
        {"activity": f"a{n:02}", "channel": "web", "events": 40 - n, "share": share}
        for n, share in ((n, (40 - n) / 2000) for n in range(30))
    ]
    database = publish(tmp_path / "journeymine.duckdb", {"meta_unmatched": rows})
    page = write_report(database, tmp_path).read_text("utf-8")
    (lead, table) = re.findall(
        r"<h3>What no rule and no stage knows</h3><p>(.*?)</p>.*?<tbody>(.*?)</tbody>",
        page,
        re.DOTALL,
    )[0]
    assert lead.startswith("765 events in journeys, 38.2% of all: no rule matches")
    found = [
        re.findall(r"<t[hd][^>]*>(.*?)</t", row) for row in table.split("<tr>")[1:]
    ]
    assert len(found) == 20
    assert found[0] == ["a00", "web", "40", "2.0%"]
    assert found[-1] == ["a19", "web", "21", "1.1%"]


def test_where_all_is_known_nothing_is_said(tmp_path: Path) -> None:
    database = publish(tmp_path / "journeymine.duckdb", {})
    page = write_report(database, tmp_path).read_text("utf-8")
    assert "What no rule" not in page
