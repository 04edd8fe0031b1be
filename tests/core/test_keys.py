"""A table whose rows share a key is not built, in whatever order they stand."""

import duckdb
import pytest

from journeymine.errors import ModelError
from journeymine.models import Model
from journeymine.warehouse import build_model


def build(*rows: str) -> None:
    values = ", ".join(rows)
    sql = f"-- A row.\n-- key: one, two\n\nfrom (values {values}) as t (one, two)"
    with duckdb.connect() as con:
        build_model(con, Model("int_rows", "intermediate", sql), {})


@pytest.mark.parametrize(
    "rows",
    [
        ("(1, 'a')",),
        ("(1, 'a')", "(1, 'b')", "(2, 'a')"),
        ("(2, 'a')", "(1, 'b')", "(1, 'a')"),
        ("(1, null)", "(1, 'a')", "(null, 'a')"),
    ],
)
def test_rows_with_keys_of_their_own_are_built(rows: tuple[str, ...]) -> None:
    build(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        ("(1, 'a')", "(1, 'a')"),
        ("(1, 'a')", "(2, 'a')", "(2, 'a')"),
        ("(2, 'a')", "(1, 'b')", "(2, 'a')"),
        ("(1, null)", "(1, null)"),
    ],
)
def test_rows_that_share_a_key_are_refused(rows: tuple[str, ...]) -> None:
    with pytest.raises(ModelError, match="2 rows share the key"):
        build(*rows)
