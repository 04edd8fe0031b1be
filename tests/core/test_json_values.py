"""A value in a JSON record is found whatever its keys are made of."""

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.core.judging import objects

from journeymine.config_sources import Source
from journeymine.records import Records


@pytest.mark.parametrize(
    ("column", "record", "value"),
    [
        ("a", {"a": 1}, "1"),
        ("a.b", {"a": {"b": "x"}}, "x"),
        ("a.b", {"a.b": "x"}, "x"),
        ("a.b", {"a.b": "x", "a": {"b": "y"}}, "x"),
        ('a"b', {'a"b': "x"}, "x"),
        ("a/b~c", {"a/b~c": "x", "a": {"b~c": "y"}}, "x"),
        ("a*", {"a*": "x", "ab": "y"}, "x"),
        ("$", {"$": "x"}, "x"),
        ("A", {"a": 1}, None),
        ("a", {"b": 1}, None),
    ],
)
def test_a_key_is_found_whatever_it_is_made_of(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    column: str,
    record: dict[str, object],
    value: str | None,
) -> None:
    other: dict[str, object] = {"a": {"b": "nested"}}
    rows = [json.dumps(one) for one in (record, other)]
    table = pa.table({"record_index": [1, 2], "payload": rows})
    pq.write_table(table, tmp_path / "records.parquet")
    source = Source.model_validate(
        {
            "path": "x",
            "format": "jsonl",
            "columns": {"occurred_at": "x", "activity": "x"},
        }
    )
    landed = replace(objects(*record, *other), folder=tmp_path)
    records = Records("web", source, landed)
    sql = f"select {records.value(column)} from " + "{}"
    found = con.execute(sql.format(records.relation()) + " order by record_index")
    first, second = found.fetchall()
    assert first == (value,)
    if column == "a.b":
        assert second == ("nested",)  # a record without the key holds the path
