"""Files for TheyDo keep the rules of its formats, and say what the tables say."""

import re
from typing import Any  # JSON

import duckdb
import pytest
from tests.exports.boards.conftest import TABLES, packed
from tests.exports.boards.drawn_map import ground_of, map_rows
from tests.report.published import publish

from journeymine.exports.theydo import write_theydo

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NAMES = [f"name {number}" for number in range(60)]
METRIC = {"type", "importKey", "title", "unit", "dataPoints"}
OPTIONAL = {"description", "target", "targetComparisonOperator", "ownerEmail"}
POINTS = {"RATIO": {"numerator", "denominator"}, "OTHER": {"value"}}
TOLD = {"importKey", "title"}
FURTHER = {"description", "tags", "groupTags", "status", "ownerEmail"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("theydo")
    rows = map_rows(NAMES)
    rows["fct_notes"][0]["owner"] = "ann.lee@shop.example"
    rows["fct_kpis"][0]["value"] = 0.1  # of everyone, over all: no data point
    rows["fct_kpis"][2] |= {"n": 7, "value": 1 / 3}  # of a month, and no count of 7
    publish(folder / TABLES, rows)
    with ground_of(folder / TABLES) as ground:
        counts = write_theydo(ground, folder / "theydo.zip")
    found = packed(folder / "theydo.zip")
    assert counts == {
        name.removesuffix(".json"): len(told[name.removesuffix(".json")])
        for name, told in found.items()
    }
    return found


@pytest.mark.parametrize("size", ["", "many"])
def test_every_file_keeps_the_rules_of_its_format(folder, size):
    found = packed(folder / size / "theydo")
    assert [*found] == ["metrics.json", "opportunities.json", "insights.json"]
    for name, file in found.items():
        kind = name.removesuffix(".json")
        assert [*file] == ["format", kind]
        assert file["format"] == f"THEYDO_{kind.upper()}_V1"
        keys = [one["importKey"] for one in file[kind]]
        assert len(set(keys)) == len(keys) > 0
        for one in file[kind]:
            _check_metric(one) if kind == "metrics" else _check_told(one)


def _check_metric(one: dict[str, Any]) -> None:
    needed = METRIC | ({"aggregationMethod"} if one["type"] == "OTHER" else set())
    assert needed <= set(one) <= needed | OPTIONAL
    assert all(isinstance(one[name], str) for name in needed - {"dataPoints"})
    assert ("target" in one) == ("targetComparisonOperator" in one)
    for point in one["dataPoints"]:
        assert set(point) == {"dateOfMeasurement"} | POINTS[one["type"]]
        assert DAY.fullmatch(point["dateOfMeasurement"])
        for name in POINTS[one["type"]]:
            assert isinstance(point[name], float if name == "value" else int)
            assert 0 <= point[name] < 2**31


def _check_told(one: dict[str, Any]) -> None:
    assert set(one) >= TOLD
    assert set(one) <= TOLD | FURTHER
    assert all(isinstance(tag, str) for tag in one["tags"])
    assert all(set(tag) == {"tagGroup", "tag"} for tag in one["groupTags"])


def test_a_share_is_told_as_the_counts_that_it_is_of(files):
    found = {one["title"]: one for one in files["metrics.json"]["metrics"]}
    ratio = found["Name 10 conversion"]
    assert ratio["type"] == "RATIO"
    assert ratio["dataPoints"] == [
        {"dateOfMeasurement": "2026-02-28", "numerator": 10, "denominator": 40}
    ]
    assert (ratio["unit"], ratio["target"]) == ("%", 50.0)
    assert ratio["targetComparisonOperator"] == "MORE_THAN_OR_EQUAL_TO"


def test_what_is_no_share_keeps_its_value_and_unit(files):
    found = {one["title"]: one for one in files["metrics.json"]["metrics"]}
    assert found["NPS"]["type"] == "OTHER"
    assert (found["NPS"]["unit"], found["NPS"]["aggregationMethod"]) == (
        "points",
        "AVERAGE",
    )
    assert found["NPS"]["dataPoints"][0]["value"] == pytest.approx(1 / 3)


def test_personas_have_a_metric_of_their_own_where_there_is_a_target(files):
    titles = [one["title"] for one in files["metrics.json"]["metrics"]]
    assert sum(title.endswith("(name 7)") for title in titles) == 3
    assert len(titles) == 5 + 3


def test_opportunities_are_those_of_the_map_and_the_ideas_of_the_team(files):
    told = files["opportunities.json"]["opportunities"]
    ranks = [re.search(r"O(\d): up to €([\d,]+\d)", one["description"]) for one in told]
    assert [(rank[1], rank[2]) for rank in ranks if rank] == [
        *(("1", "1,000"), ("2", "2,000"), ("3", "4,000"), ("4", "5,000"))
    ]
    ideas = [one for one in told if one["tags"] == ["note"]]
    assert [one["importKey"] for one in ideas] == [
        *("journeymine:name 9:note:n0", "journeymine:name 9:note:n2")
    ]
    owners = [one.get("ownerEmail") for one in ideas]
    assert owners == ["ann.lee@shop.example", None]  # a name is no address


def test_insights_are_proven_or_seen(files):
    told = files["insights.json"]["insights"]
    assert [one["tags"] for one in told] == [
        *(["step"], ["transition"], ["note"], ["note"])
    ]


def test_what_is_said_is_text_in_markdown_too(folder):
    for file in packed(folder / "theydo").values():
        for one in file[[*file][1]]:
            bare = re.sub(r"\\.", "", one.get("description", ""))
            assert not re.search(r"[<>\[\]`*_]", bare)


def test_months_that_are_not_final_are_no_data_points(files, tmp_path):
    rows = map_rows(NAMES)
    for row in rows["fct_kpis"]:
        row["is_final"] = False
    publish(tmp_path / TABLES, rows)
    with ground_of(tmp_path / TABLES) as ground:
        assert write_theydo(ground, tmp_path / "none.zip")["metrics"] == 0
    with duckdb.connect(str(tmp_path / TABLES), read_only=True) as con:
        assert con.execute("select count(*) from fct_kpis").fetchone() == (20,)
    assert files["metrics.json"]["metrics"]
