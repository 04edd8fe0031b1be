"""Columns that are new, gone, renamed, moved, or of another type, are told apart."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.judging import Judge, content

from journeymine.column_findings import Expected, findings_of
from journeymine.errors import SourceError


@pytest.fixture
def judge(con: duckdb.DuckDBPyConnection) -> Judge:
    return Judge(con)


def test_a_file_like_the_first_one_is_nothing_to_note(judge: Judge) -> None:
    assert judge("user_id,at,what,x", "user_id,at,what,x") == []


def test_the_first_content_says_what_is_new_or_missing(judge: Judge) -> None:
    assert judge("user_id,at,what,x", "user_id,plan,at,what") == [
        ("1.csv", "missing", "x", "x", None, "noted"),
        ("1.csv", "new", "plan", None, "plan", "noted"),
    ]


@pytest.mark.parametrize("name", ["amount_eur", "Amount Net", "price"])
def test_a_new_column_in_an_old_place_is_a_new_name(judge: Judge, name: str) -> None:
    assert judge("user_id,at,amount,what", f"user_id,at,{name},what") == [
        ("1.csv", "renamed", "amount", "amount", name, "noted")
    ]


@pytest.mark.parametrize("name", ["Zip-Code", "zipcode", "ZIPCODE", "zip_codes"])
def test_a_name_spelt_otherwise_is_a_new_name(judge: Judge, name: str) -> None:
    assert judge("zip_code,user_id,at,what", f"user_id,at,x,what,{name}") == [
        ("1.csv", "new", "x", None, "x", "noted"),
        ("1.csv", "renamed", "zip_code", "zip_code", name, "noted"),
    ]


def test_a_column_of_another_type_is_no_new_name(judge: Judge) -> None:
    first = content("user_id,at,amount,what", amount="number")
    second = content("user_id,at,country,what", country="text")
    assert judge(first, second) == [
        ("1.csv", "missing", "amount", "amount", None, "noted"),
        ("1.csv", "new", "country", None, "country", "noted"),
    ]


def test_a_column_that_was_always_there_is_no_new_name(judge: Judge) -> None:
    assert judge("user_id,at,what,tax,taxes", "user_id,at,what,taxes") == [
        ("1.csv", "missing", "tax", "tax", None, "noted")
    ]


def test_a_case_that_changed_is_named(judge: Judge) -> None:
    assert judge("user_id,at,what,Plan", "user_id,at,what, plan ") == [
        ("1.csv", "case_changed", "Plan", "Plan", " plan ", "noted")
    ]


def test_a_column_has_one_new_name_the_likest(judge: Judge) -> None:
    assert judge("plan,user_id,at,what", "PLAN,user_id,at,what,p-l-a-n,plans") == [
        ("1.csv", "case_changed", "plan", "plan", "PLAN", "noted"),
        ("1.csv", "new", "p-l-a-n", None, "p-l-a-n", "noted"),
        ("1.csv", "new", "plans", None, "plans", "noted"),
    ]


def test_a_place_tells_nothing_where_all_neighbours_are_others() -> None:
    expected = Expected(("a", "b"), frozenset("ab"), ("a", "b"))
    kinds = [one.kind for one in findings_of(expected, ["y", "z"], {})]
    assert kinds == ["missing", "missing", "new", "new"]


def test_another_order_is_noted_and_harmless(judge: Judge) -> None:
    everything = {"user_id": "any", "at": "any", "what": "any"}
    for mode in ("evolve", "freeze", "quarantine"):
        contract = {"mode": mode, "columns": everything}
        assert judge("what,user_id,at", contract=contract) == [
            ("0.csv", "reordered", "user_id", "user_id", "what", "noted")
        ]
        assert judge.judged[0].refused is None


@pytest.mark.parametrize(
    ("expected", "found", "is_drift"),
    [
        ("number", "text", True),
        ("time", "number", True),
        ("boolean", "number", True),
        ("number", "empty", False),
        ("empty", "text", False),
        ("text", "number", False),  # all values are text
        ("any", "text", False),
        ("time", "time", False),
    ],
)
def test_a_type_drifts_if_values_do_not_fit_it(
    judge: Judge, expected: str, found: str, *, is_drift: bool
) -> None:
    row = ("1.csv", "type_drifted", "x", expected, found, "noted")
    names = "user_id,at,what,x"
    assert judge(content(names, x=expected), content(names, x=found)) == (
        [row] if is_drift else []
    )
    if expected != "empty":
        columns = {"user_id": "any", "at": "any", "what": "any", "x": expected}
        assert judge(names, content(names, x=found), contract={"columns": columns}) == (
            [row] if is_drift else []
        )


@pytest.mark.parametrize(
    ("found", "told"),
    [("text", {"time_format": "%d.%m.%Y"}), ("number", {"time_unit": "seconds"})],
)
def test_a_time_that_the_project_says_how_to_read_has_no_type(
    judge: Judge, found: str, told: dict[str, str]
) -> None:
    columns = {"user_id": "any", "at": "time", "what": "any"}
    header = content("user_id,at,what", at=found)
    contract = {"mode": "freeze", "columns": columns}
    assert judge(header, contract=contract, **told) == []
    with pytest.raises(SourceError, match=f"column 'at' holds {found}, not time"):
        judge(header, contract=contract)


NAMES = st.lists(st.sampled_from("ABCDabcd") | st.just(" a"), unique=True, max_size=6)


@pytest.mark.parametrize("is_ordered", [True, False])
@given(known=NAMES, columns=NAMES)
def test_each_column_is_known_or_new_or_a_new_name(
    known: list[str], columns: list[str], *, is_ordered: bool
) -> None:
    order = tuple(known) if is_ordered else ()
    expected = Expected(tuple(known), frozenset(known), order)
    findings = findings_of(expected, columns, {})
    of = {
        kind: [one for one in findings if one.kind == kind]
        for kind in ("new", "missing", "renamed", "case_changed", "reordered")
    }
    moved = [*of["renamed"], *of["case_changed"]]
    accounted = [one.found for one in (*of["new"], *moved)]
    assert sorted(map(str, accounted)) == sorted(set(columns) - set(known))
    lost = {one.column for one in (*of["missing"], *moved)}
    assert lost >= set(known) - set(columns)
    assert {one.column for one in of["missing"]} <= set(known) - set(columns)
    common = [name for name in columns if name in known]
    is_moved = common != [name for name in known if name in columns]
    assert len(of["reordered"]) == (is_moved and is_ordered)
