"""A run whose balance is not zero is stopped."""

import duckdb
import pytest

from journeymine.balances import BALANCES
from journeymine.errors import SourceError
from journeymine.gates import _QUARANTINED, check_loads
from journeymine.ingest import Load

RECORDS, LINES, BYTES, FATES, ACCEPTED, LOG, STEPS, FUNNEL, FUNNEL_STEPS = (
    balance.sql for balance in BALANCES[:9]
)


@pytest.mark.parametrize(("staged", "rest"), [((1, 3), 0), ((1,), 1), ((), 2)])
def test_a_record_that_is_framed_and_not_staged_is_missed(
    staged: tuple[int, ...], rest: int, con: duckdb.DuckDBPyConnection
) -> None:
    con.execute(
        """
        create table raw_loads as
        select 'web' as source, 'a' as sha256, 4 as records, 1 as framed_out,
            1 as erased, null::varchar as refused
        """
    )
    con.execute("create table stg_events (source text, sha256 text, record_index int)")
    for index in staged:
        con.execute("insert into stg_events values ('web', 'a', ?)", [index])
    assert con.execute(RECORDS).fetchall() == [(rest,)]


COUNTS = {
    "lines": 10,
    "header": 1,
    "blank": 2,
    "record_lines": 7,
    "records": 6,
    "accepted": 3,
    "duplicate": 2,
    "conflicting": 1,
    "quarantined": 1,
    "erased": 0,
    "text_bytes": 100,
    "header_bytes": 10,
    "blank_bytes": 2,
    "record_bytes": 88,
}


@pytest.mark.parametrize(
    ("law", "wrong", "rest"),
    [
        (LINES, {}, 0),
        (LINES, {"lines": 8}, 2),
        (LINES, {"record_lines": 8}, 1),
        (BYTES, {}, 0),
        (BYTES, {"record_bytes": 87}, 1),
        (BYTES, {"text_bytes": 98}, 2),
        (FATES, {}, 0),
        (FATES, {"accepted": 2}, 1),
        (FATES, {"accepted": -1, "quarantined": 5}, 1),
        (FATES, {"duplicate": -1, "accepted": 6, "conflicting": -1}, 1),
        (FATES, {"quarantined": -2, "accepted": 6}, 2),
        (FATES, {"conflicting": 3}, 1),
        (FATES, {"accepted": 2, "erased": 1}, 0),
        (FATES, {"accepted": 4, "erased": -1}, 1),
        (FATES, {"erased": 1}, 1),
    ],
)
def test_a_line_byte_or_record_that_a_file_does_not_account_for_is_missed(
    law: str, wrong: dict[str, int], rest: int, con: duckdb.DuckDBPyConnection
) -> None:
    con.execute(f"create table meta_loads ({', '.join(f'{n} bigint' for n in COUNTS)})")
    for counts in (COUNTS, {**COUNTS, **wrong}):
        con.execute(f"insert into meta_loads values {tuple(counts.values())}")
    assert con.execute(law).fetchall() == [(rest,)]


def test_a_bad_export_that_was_mended_blocks_no_longer(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute(
        """
        create table meta_loads as
        select * from (values
            ('web', 'a.csv', 'old', false, 10, 9), ('web', 'a.csv', 'new', true, 10, 1)
        ) as loads (source, file, sha256, is_newest, records, quarantined);
        create table meta_quarantine as
        select * from (values ('web', 'old', 'not JSON'), ('web', 'new', 'no time'))
            as bad (source, sha256, reason)
        """
    )
    assert con.execute(_QUARANTINED).fetchall() == [("web", 0.1, "no time")]
    con.execute("update meta_loads set quarantined = 0 where is_newest")
    assert con.execute(_QUARANTINED).fetchall() == []


@pytest.mark.parametrize(("in_journeys", "rest"), [(7, 0), (6, 1)])
def test_an_event_that_no_rule_leaves_out_is_missed(
    in_journeys: int, rest: int, con: duckdb.DuckDBPyConnection
) -> None:
    con.execute("create table meta_balances (source text, rule text, events int)")
    con.execute(
        """
        insert into meta_balances values
            ('web', 'accepted', 10), ('web', 'no_identifier', 3),
            ('web', 'in_journeys', ?)
        """,
        [in_journeys],
    )
    con.execute("create table int_event_log as select * from range(7)")
    assert con.execute(ACCEPTED).fetchall() == [(rest,)]
    assert con.execute(LOG).fetchall() == [(7 - in_journeys,)]


@pytest.mark.parametrize(("transitions", "rest"), [(5, 0), (4, 1)])
def test_a_transition_that_is_lost_in_one_slice_is_missed(
    transitions: int, rest: int, con: duckdb.DuckDBPyConnection
) -> None:
    slices = "'all' as persona, 'device' as segment, 'app' as segment_value"
    con.execute(
        f"""
        create table fct_activities as
        select {slices}, 12 as events, 2 as ends, 1 as open_ends,
            2 as aftermath_events, 2 as collapsed
        """
    )
    con.execute(
        f"create table fct_transitions as select {slices}, {transitions} as transitions"
    )
    assert con.execute(STEPS).fetchall() == [(rest,)]


@pytest.mark.parametrize(("dropped", "rest"), [(3, 0), (2, 1)])
def test_a_unit_without_a_state_is_missed(
    dropped: int, rest: int, con: duckdb.DuckDBPyConnection
) -> None:
    con.execute(
        """
        create table fct_funnel as
        select
            'f' as funnel, 'all' as persona, 'all' as segment, 'all' as segment_value,
            8 as entered, step_index, step_index = 2 as is_optional,
            reached, dropped, 0 as excluded, in_progress
        from (values (1, 8, ?, 1), (2, 3, 0, 0), (3, 4, 0, 0))
            as steps (step_index, reached, dropped, in_progress)
        """,
        [dropped],
    )
    assert con.execute(FUNNEL).fetchall() == [(rest,)]
    assert con.execute(FUNNEL_STEPS).fetchall() == [(rest,)]


def test_a_required_source_without_a_record_is_an_error() -> None:
    empty = Load("a.csv", "0", 10, 1, 1, 0, 0, 0, is_new=True, refused=None)
    check_loads("web", [empty], is_required=False)
    with pytest.raises(SourceError, match=r"sources\.web: a\.csv: no record"):
        check_loads("web", [empty], is_required=True)
