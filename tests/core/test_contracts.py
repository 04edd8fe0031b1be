"""A file that breaks the contract of its source is never read in silence."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.core.judging import CONTENT, Judge, content, objects, project

from journeymine.config_sources import Contract
from journeymine.contracts import apply_contracts
from journeymine.errors import ConfigError, SourceError
from journeymine.project_file import validated


@pytest.fixture
def judge(con: duckdb.DuckDBPyConnection) -> Judge:
    return Judge(con)


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("at,what,x", "no column 'user_id'; name one of: at, what, x"),
        (
            "UserID,at,what",
            "no column 'user_id', but 'UserID' may be its new name;"
            " name one of: UserID, at, what",
        ),
        (
            "USER_ID,at,what",
            "column 'USER_ID' differs from 'user_id' only in case or spaces;"
            " name one of: USER_ID, at, what",
        ),
    ],
)
def test_a_column_that_the_project_reads_must_be_there(
    judge: Judge, header: str, problem: str
) -> None:
    with pytest.raises(SourceError) as error:
        judge(header)
    assert str(error.value) == f"sources.web: 0.csv: {problem}"


def test_a_column_is_not_taken_for_its_like_beside_it(judge: Judge) -> None:
    assert judge("user_id,userid,at,what", "user_id,userid,at,what") == []


def test_what_a_file_was_before_is_said_to_be_so(judge: Judge) -> None:
    old = replace(content("at,what"), is_newest=False)
    with pytest.raises(SourceError, match=r'as it was before: .*; mode = "replace" '):
        judge(old, "user_id,at,what")


def test_the_journey_column_is_read_where_it_is(con: duckdb.DuckDBPyConnection) -> None:
    columns = {"at": "any", "what": "any"}
    toml = {
        "project": {"name": "x"},
        "journey": {"case": "case_id"},
        "sources": {
            name: {
                "path": "*.csv",
                "format": "csv",
                "columns": {"occurred_at": "at", "activity": "what"},
                "contract": {"mode": "freeze", "columns": columns},
            }
            for name in ("web", "crm")
        },
    }
    config = validated(toml, Path("journeymine.toml"))
    landed = {"web": [content("case_id,at,what")], "crm": [content("at,what")]}
    assert apply_contracts(con, config, landed) == landed


def test_a_frozen_contract_names_all_that_breaks_it(judge: Judge) -> None:
    columns = {"user_id": "text", "at": "time", "what": "text", "amount": "number"}
    header = content("what,user_id,at,x,Amount", at="number", what="text")
    with pytest.raises(SourceError) as error:
        judge(header, contract={"mode": "freeze", "columns": columns})
    assert str(error.value) == (
        "sources.web: 0.csv: column 'Amount' differs from 'amount' only in case or"
        " spaces, new column 'x', column 'at' holds number, not time;"
        " mend the export, or change sources.web.contract"
    )


def test_a_quarantining_contract_refuses_the_content_and_no_other(judge: Judge) -> None:
    contract = {"mode": "quarantine", "columns": {"user_id": "text", "x": "text"}}
    assert judge(
        "user_id,at,what,x", "at,what,x", "user_id,at,what,x,y", contract=contract
    ) == [
        ("1.csv", "missing", "user_id", "user_id", None, "quarantined"),
        ("2.csv", "new", "y", None, "y", "quarantined"),
    ]
    assert {one.files: one.refused for one in judge.judged} == {
        ("0.csv",): None,
        ("1.csv",): "contract: no column 'user_id'",
        ("2.csv",): "contract: new column 'y'",
    }


def test_what_is_declared_does_not_depend_on_what_came_first(judge: Judge) -> None:
    contract = {"columns": {"user_id": "text", "at": "time", "what": "text"}}
    headers = ["user_id,at,what,x", "user_id,at,what"]
    new = ("new", "x", None, "x", "noted")
    assert judge(*headers, contract=contract) == [("0.csv", *new)]
    assert judge(*reversed(headers), contract=contract) == [("1.csv", *new)]


def test_a_contract_that_stops_must_name_the_columns() -> None:
    for mode in ("freeze", "quarantine"):
        with pytest.raises(ConfigError, match=r"sources\.web\.contract: columns is mi"):
            project(contract=mode)
    assert project(contract="evolve").sources["web"].contract == Contract()


def test_a_refused_or_empty_content_is_not_judged(judge: Judge) -> None:
    refused = replace(CONTENT, refused="header: no column has a name")
    empty = replace(content("a,b"), records=0)
    assert judge(refused, empty, "user_id,at,what") == []


SEGMENT: dict[str, Any] = {
    "connector": "segment",
    "format": None,
    "columns": {},
    "identifiers": {},
}
NEEDED = ("messageId", "type", "timestamp")


def test_keys_that_a_connector_does_not_need_come_and_go(judge: Judge) -> None:
    first = objects(*NEEDED, "userId", "extra")
    assert judge(first, objects(*NEEDED, "context", "plus"), **SEGMENT) == [
        ("1.csv", "new", "plus", None, "plus", "noted")
    ]


def test_a_key_that_a_connector_needs_must_be_there(judge: Judge) -> None:
    with pytest.raises(SourceError, match="no column 'messageId'; name one of"):
        judge(objects("timestamp", "type"), **SEGMENT)


@pytest.mark.parametrize("first", [(), ("messageId",)])
def test_a_key_in_another_case_is_never_passed_over(
    judge: Judge, first: tuple[str, ...]
) -> None:
    keys = (*first, "type", "timestamp", "MessageId")
    with pytest.raises(SourceError, match="'MessageId' differs from 'messageId' only"):
        judge(objects(*keys), **SEGMENT)


def test_a_key_is_not_renamed_by_a_likeness(judge: Judge) -> None:
    mapped = {"format": "jsonl", "attributes": ["coupon", "traits.email"]}
    first = objects("user_id", "at", "what", "coupon", "traits")
    assert judge(first, objects("user_id", "at", "what", "coupons"), **mapped) == [
        ("1.csv", "missing", "coupon", "coupon", None, "noted"),
        ("1.csv", "missing", "traits", "traits", None, "noted"),
        ("1.csv", "new", "coupons", None, "coupons", "noted"),
    ]
    with pytest.raises(SourceError, match="no column 'user_id', but 'userId' may be"):
        judge(first, objects("userId", "at", "what"), **mapped)
    with pytest.raises(SourceError, match="no column 'at'"):
        judge(first, objects("user_id", "what"), **mapped)


def test_what_does_not_tell_its_keys_is_not_judged(judge: Judge) -> None:
    assert judge(objects(*NEEDED), objects(), **SEGMENT) == []
