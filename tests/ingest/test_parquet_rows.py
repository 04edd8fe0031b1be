"""Parquet: every value as text that can be read back, whatever its type."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from journeymine.errors import SourceError


def parquet(table: pa.Table) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()


def test_values_are_text(land):
    moment = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
    row = {
        "at": moment,
        "local": moment.replace(tzinfo=None),
        "day": date(2024, 3, 1),
        "amount": Decimal("1.50"),
        "share": 0.1,
        "is_new": True,
        "nothing": None,
        "Two words": {"a": [1, 2]},
        "tags": ["x", None],
    }
    landed = land({"a.parquet": parquet(pa.Table.from_pylist([row]))}, format="parquet")
    assert landed.columns == tuple(row)
    assert landed.rows == [
        (
            "2024-03-01 09:30:00+00",
            "2024-03-01 09:30:00",
            "2024-03-01",
            "1.50",
            "0.1",
            "true",
            None,
            '{"a":[1,2]}',
            '["x",null]',
        )
    ]


def test_rows_are_lines_and_keep_their_order(land):
    table = pa.table({"at": range(250_000)})
    landed = land({"a.parquet": parquet(table)}, format="parquet")
    load = landed.load
    assert (load.lines, load.header, load.records) == (250_000, 0, 250_000)
    assert landed.rows == [(str(number),) for number in range(250_000)]


def test_an_empty_table_keeps_its_columns(land):
    table = pa.table({"at": pa.array([], pa.int64())})
    landed = land({"a.parquet": parquet(table)}, format="parquet")
    assert (landed.columns, landed.load.records) == (("at",), 0)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"id,note\n", "no readable Parquet file"),
        (parquet(pa.table({"at": range(9999)}))[:-99], "no readable Parquet file"),
        (parquet(pa.table({"a": [1], "A": [1]})), "two columns are named 'A'"),
    ],
)
def test_a_broken_file_is_one_line(land, raw, problem):
    with pytest.raises(SourceError, match=rf"^sources.shop: a.csv: {problem}[^\n]*$"):
        land({"a.csv": raw}, format="parquet")
