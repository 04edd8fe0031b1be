"""A live database: what is wrong with it, or with the project, is one line."""

import re
import sys
import traceback
from typing import Any

import pytest
from pydantic import ValidationError
from tests.fetching.cluster import PASSWORD
from tests.fetching.shop import Shop

from journeymine.config_databases import Database
from journeymine.errors import SourceError

ONE = "insert into orders values (1, 'ann@example.com', 'open', now(), 1)"


def problem_of(shop: Shop, **database: Any) -> str:
    """Return the one line that a fetch ends with; no traceback tells more."""
    with pytest.raises(SourceError) as caught:
        shop.land(**database)
    shown = "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in shown
    assert shop.database.dsn not in shown
    text = str(caught.value)
    assert "\n" not in text
    assert text.startswith("sources.orders: ")
    return text.removeprefix("sources.orders: ").removeprefix("database: ")


ADDRESSES = {
    "hello " + PASSWORD: "leads to no database",
    f"mysql://shop:{PASSWORD}@localhost/shop": "leads to no database",
    f"postgresql://shop:{PASSWORD}@localhost:65x/shop": "leads to no database",
    f"postgresql://shop:{PASSWORD}@nobody.invalid/shop": "a host name that nobody",
    f"postgresql://shop:{PASSWORD}@127.0.0.1:1/shop": "is not listening",
    f"host=127.0.0.1 port=1 user=shop password={PASSWORD}": "is not listening",
}


@pytest.mark.parametrize("address", ADDRESSES, ids=range(len(ADDRESSES)))
def test_an_address_that_leads_nowhere_is_one_line_without_it(
    shop, monkeypatch, address
):
    monkeypatch.setenv("SHOP_DSN", address)
    assert ADDRESSES[address] in problem_of(shop)


def test_whom_the_database_refuses_is_told_so(shop, postgres, monkeypatch):
    refused = {
        postgres.dsn(password="other" + PASSWORD): "refuses the user or the password",
        postgres.dsn().replace("//shop", "//eve"): "refuses the user or the password",
        postgres.dsn("none"): "knows no such database",
        postgres.dsn().replace(f":{PASSWORD}", ""): "wants a password",
    }
    for address, reason in refused.items():
        monkeypatch.setenv("SHOP_DSN", address)
        assert problem_of(shop).startswith(f"SHOP_DSN: the database {reason}")


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set_is_named(shop, monkeypatch, value):
    monkeypatch.delenv("SHOP_DSN")
    if value is not None:
        monkeypatch.setenv("SHOP_DSN", value)
    found = problem_of(shop)
    assert found.startswith("the environment variable SHOP_DSN is not set; put")


def test_a_missing_extra_is_named(shop, monkeypatch):
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    assert problem_of(shop).endswith('; pip install "journeymine[postgres]"')


def test_a_query_that_is_not_as_it_is_said_to_be_is_told(shop):
    shop.do(ONE)
    told: dict[str, dict[str, Any]] = {
        'the query is refused: relation "none" does not exist; mend': {"table": "none"},
        'the query is refused: column "none" does not exist; mend': {
            "query": "select none from orders"
        },
        'the query is refused: syntax error at or near ")"; mend': {"query": "selec"},
        "query: two columns are named 'ID'; rename it": {
            "query": 'select id, id as "ID" from orders'
        },
        "cursor: the query has no column 'at'; name one of: id, email": {
            "cursor": "at"
        },
        "key: the query has no column 'number'; name one of: id, email": {
            "key": "number"
        },
        "cursor: 'flag' is of type bool, which does not grow; name": {
            "query": "select *, true as flag from orders",
            "cursor": "flag",
        },
        "overlap: is not measured in the unit of the cursor, which is of type int8": {
            "cursor": "id",
            "overlap": "1 day",
        },
        "overlap: is not measured in the unit of the cursor, which is of type text": {
            "cursor": "email",
            "overlap": 3,
        },
    }
    for line, database in told.items():
        assert problem_of(shop, **database).startswith(line)


def test_who_may_not_read_a_table_is_told(shop, postgres, monkeypatch):
    shop.do(f"create role guest login password '{PASSWORD}'")
    monkeypatch.setenv("SHOP_DSN", shop.database.dsn.replace("//shop", "//guest"))
    found = problem_of(
        shop, query="select * from pg_authid", key="rolname", cursor="rolname"
    )
    assert found.startswith("the query is refused: permission denied for table")


def test_a_statement_timeout_is_told_and_what_to_do(shop, monkeypatch):
    shop.do(ONE)
    slow = shop.database.dsn.replace("options=", "options=-cstatement_timeout%3D50%20")
    monkeypatch.setenv("SHOP_DSN", slow)
    found = problem_of(shop, query="select *, pg_sleep(9)::text as nap from orders")
    assert found.startswith("the query was stopped by a timeout; index the cursor")


def test_values_are_in_no_error(shop):
    shop.do(ONE)
    found = problem_of(shop, query="select *, email::int as number from orders")
    assert found == ("the query meets a value that it cannot compute (SQLSTATE 22P02)")


def test_a_query_changes_nothing(shop):
    shop.do(ONE, "create sequence numbers")
    found = problem_of(shop, query="select *, nextval('numbers') as n from orders")
    assert found.startswith("the query would change the database; it may only read")


def test_a_connection_that_is_lost_is_told_and_what_is_fetched_stays(shop):
    shop.do(
        "insert into orders select n, 'c', 'open', timestamptz '2024-03-01 00:00Z'"
        " + n * interval '1 minute', 1 from generate_series(1, 5) as n"
    )
    dies = """
        select *, case when id = 3 then pg_terminate_backend(pg_backend_pid()) end
            as end_of_it
        from orders
    """
    found = problem_of(shop, query=dies)
    assert re.match(r"the database ended the query \(SQLSTATE \w+\); run again", found)


def test_a_required_source_without_a_row_is_told(shop):
    found = problem_of(shop)
    assert found == (
        "there is no row to fetch; check what is asked for, or set required = false"
    )
    assert shop.land(shop.config({"required": False}, cursor="updated_at")) == []


def test_a_note_that_is_gone_is_told(shop):
    shop.do(ONE)
    shop.land()
    folder = shop.folder / "out" / "landing" / "orders"
    next((folder / "fetched").iterdir()).unlink()
    with pytest.raises(SourceError, match="is missing or damaged; remove the folder"):
        shop.land()


SETTINGS = [
    ({"connection": f"postgresql://a:{PASSWORD}@b/c"}, "is no name of an environment"),
    ({"table": None}, "name either a table or a query"),
    ({"query": "select 1"}, "name either a table or a query"),
    ({"key": []}, "at least 1 item"),
    ({"overlap": "soon"}, "is not a length of time"),
    ({"overlap": -1}, "is less than nothing"),
    ({"cursor": None, "overlap": 1}, "overlap: is measured on the cursor"),
    ({"password": PASSWORD}, "Extra inputs"),
]


@pytest.mark.parametrize(("change", "problem"), SETTINGS)
def test_a_wrong_setting_is_told(change, problem):
    good = {"connection": "DSN", "table": "orders", "key": "id", "cursor": "at"}
    with pytest.raises(ValidationError) as caught:
        Database.model_validate(good | change)
    messages = " ".join(error["msg"] for error in caught.value.errors())
    assert problem in messages
    assert PASSWORD not in messages


@pytest.mark.parametrize(
    ("source", "database", "problem"),
    [
        ({}, {}, "database.cursor: name the column that grows"),
        ({"mode": "replace"}, {"cursor": "id"}, "database.cursor: name the column"),
        ({"path": "a.csv"}, {"cursor": "id"}, "path: the records come from elsewhere"),
        (
            {"format": "csv"},
            {"cursor": "id"},
            'database: goes with format = "postgres"',
        ),
        ({"database": None}, {}, 'database: missing; format = "postgres" needs it'),
        ({"header": ["a"]}, {"cursor": "id"}, "header: has a meaning in csv and tsv"),
    ],
)
def test_a_source_that_contradicts_itself_is_told(shop, source, database, problem):
    with pytest.raises(ValidationError, match=re.escape(problem)):
        shop.config(source, **database)
