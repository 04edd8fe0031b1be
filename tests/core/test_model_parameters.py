"""The parameters of a model are read from its text as DuckDB reads them."""

import duckdb

from journeymine.models import Model, load_models


def test_parameters_are_those_that_the_database_finds() -> None:
    with duckdb.connect() as con:
        for model in load_models().values():
            (statement,) = con.extract_statements(model.sql)
            assert model.parameters == set(statement.named_parameters), model.name


def test_a_comment_or_a_text_names_no_parameter() -> None:
    sql = "-- Rows.\n-- As of $then.\n\nselect '$none', $as_of, 'x$' -- $never\n"
    assert Model("int_one", "intermediate", sql).parameters == {"as_of"}
