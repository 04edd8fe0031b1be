"""What the values of a file look like."""

from functools import cache

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeymine.ingest.column_types import ROWS, types_of
from journeymine.models import load_macros


def table(**columns: list[str | None]) -> pa.Table:
    count = len(next(iter(columns.values())))
    return pa.table({"record_index": list(range(1, count + 1)), **columns})


@cache
def database() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": 1})
    con.execute(load_macros())
    return con


def json(*payloads: str) -> pa.Table:
    return table(payload=list(payloads))


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "-2.5", ".5", "1e5", "+3", "0"], "number"),
        (["1", "x"], "text"),
        (["007", "12"], "text"),  # a code, which a number would shorten
        (["1,5"], "text"),
        (["true", "False", "TRUE"], "boolean"),
        (["true", "1"], "text"),
        (["2024-01-31", "2024-01-31T10:00:00.5Z", "2024-1-5 9:30 +0"], "text"),
        (["2024-01-31", "2024-01-31T10:00:00.5Z", "2024-1-5 9:30"], "time"),
        (["2024-02-30"], "text"),
        (["01/02/2024"], "text"),  # of January, or of February
        (["1704067200"], "number"),
        ([" 1 ", "2"], "number"),
        (["", None, "NULL", "n/a", "-", "NaN", r"\N"], "empty"),
        (["", "NA", "5"], "number"),
        (["inf"], "text"),
    ],
)
def test_a_type_is_one_that_all_values_fit(values: list[str | None], kind: str) -> None:
    assert types_of(table(a=values), payload=False) == {"a": kind}


def test_every_column_has_a_type_whatever_its_name() -> None:
    columns: dict[str, list[str | None]] = {'a"b': ["1"], "select": ["x"], "": [None]}
    rows = table(**columns)
    assert types_of(rows, payload=False) == {
        'a"b': "number",
        "select": "text",
        "": "empty",
    }


def test_the_keys_of_json_objects_are_the_columns() -> None:
    rows = json(
        '{"n": 1, "b": true, "a.b": "2024-01-01", "o": {"n": 1}, "l": [1]}',
        '{"n": "2", "b": null, "x": null, "big": 1e999, "text": "\\ud800"}',
    )
    assert types_of(rows, payload=True) == {
        "n": "number",
        "b": "boolean",
        "a.b": "time",
        "o": "text",
        "l": "text",
        "x": "empty",
        "big": "number",
        "text": "text",
    }


def test_a_number_of_any_length_is_one() -> None:
    assert types_of(json('{"n": ' + "9" * 10_000 + "}"), payload=True) == {
        "n": "number"
    }


def test_the_first_records_are_looked_at_and_no_others() -> None:
    values: list[str | None] = ["1"] * ROWS
    assert types_of(table(a=[*values, "x"]), payload=False) == {"a": "number"}
    assert types_of(table(a=["x", *values]), payload=False) == {"a": "text"}


def test_no_record_has_no_type() -> None:
    assert types_of(table(a=["1"]).slice(1), payload=False) == {"a": "empty"}
    assert types_of(json("{}").slice(1), payload=True) == {}


@given(
    st.from_regex(
        r"\d{4}[-/][01]?\d[-/][0-3]?\d([T ][0-2]?\d:[0-6]\d(:[0-5]\d(\.\d{1,6})?)?"
        r"(Z| UTC|[+-]0\d(:?[0-3]0)?)?)?",
        fullmatch=True,
    )
)
def test_what_looks_like_a_time_is_read_as_one(written: str) -> None:
    kind = types_of(table(a=[written]), payload=False)["a"]
    found = database().execute("select instant(?, 'UTC') is not null", [written])
    is_read = found.fetchall() == [(True,)]
    is_year_zero = written.startswith("0000")  # read as 1 BC, and refused as too old
    assert (kind == "time") == (is_read and not is_year_zero)


@given(st.from_regex(r"[+-]?[\d.eE_x]{1,8}", fullmatch=True))
def test_what_looks_like_a_number_is_read_as_one(written: str) -> None:
    kind = types_of(table(a=[written]), payload=False)["a"]
    found = database().execute("select try_cast(? as double) is not null", [written])
    assert kind != "number" or found.fetchall() == [(True,)]
