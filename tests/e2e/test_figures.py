"""Every published figure has the query that gives it, or a reason why it has none."""

import random
from typing import Any

import duckdb
import pytest

from journeymine.figures.explain import filled, same
from journeymine.figures.registry import load_figures, load_reasons, reason_of
from journeymine.models import load_models

ROWS = 3
"""Rows of each table whose figures are counted again."""

MARTS = {name: one for name, one in load_models().items() if one.layer == "marts"}
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "DECIMAL")

each_figure = pytest.mark.parametrize(
    "figure", [pytest.param(one, id=name) for name, one in load_figures().items()]
)


@pytest.fixture(scope="module")
def published(sample):
    with duckdb.connect(str(sample.database), read_only=True) as con:
        con.execute("set timezone = 'UTC'")
        con.execute("set threads = 1")
        yield con


def numbers_of(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """Return the numeric columns of a table that are no part of its key."""
    columns = [row[:2] for row in con.execute(f"describe {table}").fetchall()]
    return [
        name
        for name, kind in columns
        if kind.startswith(NUMBERS)
        and not kind.endswith("]")
        and name not in MARTS[table].key
    ]


def keys_of(con: duckdb.DuckDBPyConnection, table: str) -> list[dict[str, Any]]:
    """Return some rows' keys, others for each table, and always the same."""
    key = MARTS[table].key
    every = con.execute(
        f"select {', '.join(key)} from {table} order by {', '.join(key)}"
    ).fetchall()
    chosen = random.Random(table).sample(every, min(ROWS, len(every)))
    return [dict(zip(key, row, strict=True)) for row in chosen]


@each_figure
def test_a_query_has_the_key_of_its_table_and_some_of_its_columns(figure):
    assert figure.key == MARTS[figure.name].key
    assert figure.columns
    assert set(figure.columns) <= set(MARTS[figure.name].columns) - set(figure.key)
    assert figure.parameters <= set(figure.key)


@each_figure
def test_a_query_gives_what_is_published(figure, published):
    key = MARTS[figure.name].key
    of_row = " and ".join(f"{name} is not distinct from ?" for name in key)
    for row in keys_of(published, figure.name):
        told = published.execute(
            f"select {', '.join(figure.columns)} from {figure.name} where {of_row}",
            list(row.values()),
        ).fetchall()
        counted = published.execute(filled(figure, row))
        assert [name for name, *_ in counted.description] == list(figure.columns)
        (again,) = counted.fetchall()
        differing = {
            name: (value, found)
            for name, value, found in zip(figure.columns, told[0], again, strict=True)
            if not same(value, found)
        }
        assert not differing, row


def test_every_number_has_a_query_or_a_reason(published):
    figures = load_figures()
    missing = [
        f"{table}.{column}"
        for table in MARTS
        for column in numbers_of(published, table)
        if not (table in figures and column in figures[table].columns)
        and reason_of(table, column) is None
    ]
    assert missing == [], "write sql/figures/TABLE.sql, or a reason in reasons.toml"


def test_every_reason_is_needed():
    given = {
        reason_of(table, column) for table in MARTS for column in MARTS[table].columns
    }
    assert set(load_reasons()) <= given


def test_the_queries_of_tables_without_rows_run_too(published):
    empty = [
        figure
        for name, figure in load_figures().items()
        if not published.execute(f"select 1 from {name} limit 1").fetchone()
    ]
    for figure in empty:
        row = dict.fromkeys(figure.key)
        counted = published.execute(filled(figure, row))
        assert [name for name, *_ in counted.description] == list(figure.columns)
