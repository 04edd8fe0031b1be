"""Files of which readers lose rows: here each record is good, or has a reason."""

from collections import Counter

import duckdb
import pyarrow.parquet as pq
import pytest
from tests.ingest.cases import Case, csv_cases, json_cases

from journeymine.config import Config
from journeymine.errors import SourceError
from journeymine.ingest import LandedContent, Load, land_source, read_landed
from journeymine.raw import create_raw_views

CSV_CASES, JSON_CASES = list(csv_cases()), list(json_cases())


def test_all_cases_have_names_of_their_own():
    assert (len(CSV_CASES), len(JSON_CASES)) == (37, 23)
    assert len({case.name for case in CSV_CASES}) == len(CSV_CASES)


@pytest.mark.parametrize("case", CSV_CASES, ids=lambda case: case.name)
def test_csv(case, project):
    check(case, project({"a.csv": case.content}, **case.settings))


@pytest.mark.parametrize("case", JSON_CASES, ids=lambda case: case.name)
def test_json_lines(case, project):
    check(case, project({"a.json": case.content}, format="jsonl", **case.settings))


def check(case: Case, config: Config) -> None:
    """Land a case, look at its records, and read the columns that its source names."""
    if case.refused:
        with pytest.raises(SourceError, match=case.refused) as refused:
            land_and_read(config)
        assert "\n" not in str(refused.value)
        return
    load, content = land_and_read(config)
    reasons = Counter(
        pq.read_table(content.folder / "quarantine.parquet")["reason"].to_pylist()
    )
    if not case.content.startswith(b"\x1f\x8b"):
        text = case.content.decode(case.settings.get("encoding", "utf-8"), "replace")
        assert load.lines == text.count("\n") + bool(text and not text.endswith("\n"))
    assert load.records - load.quarantined == case.accepted
    assert load.quarantined == sum(case.set_aside.values()) == reasons.total()
    for reason, records in case.set_aside.items():
        assert reason == "" or reasons[reason] == records


def land_and_read(config: Config) -> tuple[Load, LandedContent]:
    (load,) = land_source(config, "shop")
    (content,) = read_landed(config.output / "landing", "shop")
    with duckdb.connect() as con:
        create_raw_views(con, config, {"shop": [content]})
    return load, content
