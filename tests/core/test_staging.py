"""How records become events: times, keys, reasons, duplicates."""

from datetime import UTC, datetime

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

SOURCE = """
[sources.web]
path = "web.csv"
format = "csv"
columns = {{ occurred_at = "at", activity = "what" }}
timezone = "Europe/Berlin"
{more}
[sources.crm]
connector = "contacts"
path = "crm.csv"
format = "csv"
timezone = "Europe/Berlin"
"""


def source(more: str = "") -> str:
    return SOURCE.format(more=more)


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2024-05-01 09:00", "07:00:00.000000"),
        ("2024-05-01T09:00:00.123456", "07:00:00.123456"),
        ("2024-01-01 09:00:00", "08:00:00.000000"),
        (" 2024-05-01 09:00:00 ", "07:00:00.000000"),
        ("2024-05-01T09:00:00Z", "09:00:00.000000"),
        ("2024-05-01T09:00:00.5+02:00", "07:00:00.500000"),
        ("2024-05-01 09:00:00-0330", "12:30:00.000000"),
        ("2024-05-01 09:00:00 UTC", "09:00:00.000000"),
    ],
)
def test_a_time_is_as_it_says_else_in_the_sources_zone(
    written: str, utc: str, bench: Bench
) -> None:
    bench.set_project(source())
    bench.given(raw_table={"occurred_at": [written], "activity": ["view"]})
    ((found, reason),) = bench.result_of("stg_table__events", "occurred_at", "reason")
    assert reason is None
    assert isinstance(found, datetime)
    assert f"{found.astimezone(UTC):%H:%M:%S.%f}" == utc


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("occurred_at", None, "no time"),
        ("occurred_at", "yesterday", "time not readable"),
        ("occurred_at", "2024-02-30 09:00", "time not readable"),
        ("occurred_at", "infinity", "time not readable"),
        ("activity", None, "no activity"),
        ("amount", "12,50", "amount is no number"),
        ("source_order", "second", "order is no whole number"),
        ("amount", "12.50", None),
        ("source_order", "2", None),
    ],
)
def test_a_bad_value_is_a_reason_and_the_reason_holds_no_value(
    column: str, value: str | None, reason: str | None, bench: Bench
) -> None:
    bench.set_project(source())
    record = {"occurred_at": "2024-05-01 09:00", "activity": "view", column: value}
    bench.given(raw_table={name: [one] for name, one in record.items()})
    assert bench.result_of("stg_table__events", "reason") == [(reason,)]
    rejected = [] if reason is None else [(reason,)]
    assert bench.result_of("int_rejected", "reason") == rejected


LOADED = """
    source | sha256 | first_loaded_at
    web    | file   | 2024-06-01 12:00
    crm    | file   | 2024-06-20 12:00
"""


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("occurred_at", "1970-01-01 00:00:00Z", "time before 1990"),
        ("occurred_at", "1989-12-31 23:59:59Z", "time before 1990"),
        ("occurred_at", "1990-01-01 00:00:00Z", None),
        ("occurred_at", "2024-06-02 12:00:00Z", None),
        ("occurred_at", "2024-06-02 12:00:01Z", "time after its load"),
        ("occurred_at", "9999-12-31 00:00:00Z", "time after its load"),
        ("event_id", "1.23457E+18", "id in scientific notation"),
        ("event_id", "1,23457E+18", "id in scientific notation"),
        ("event_id", "5E+9", "id in scientific notation"),
        ("event_id", "A1.5E+18", None),
        ("event_id", "1.23457E+18b", None),
        ("case_id", "1.23457E+18", "id in scientific notation"),
        ("identifiers", "user_id=1.23457E+18", "id in scientific notation"),
        ("identifiers", "a=7, user_id=2E+18, b=1", "id in scientific notation"),
        ("identifiers", "user_id=annE+1", None),
        ("identifiers", "email=1E+1@x.y", None),
    ],
)
def test_a_rule_that_holds_for_every_source_sets_its_record_aside(
    column: str, value: str, reason: str | None, bench: Bench
) -> None:
    bench.set_project(source())
    record = {"occurred_at": "2024-05-01 09:00", "activity": "view", column: value}
    bench.given(
        raw_table={name: [one] for name, one in record.items()}, raw_contents=LOADED
    )
    expected = [] if reason is None else [(1, reason)]
    assert bench.result_of("int_rejected", "record_index, reason") == expected
    assert len(bench.result_of("int_kept", "event_id")) == 1 - len(expected)


def test_a_record_is_set_aside_for_what_its_system_says_first(bench: Bench) -> None:
    bench.given(raw_table={"occurred_at": ["1970-01-01"], "activity": [None]})
    assert bench.result_of("int_rejected", "reason") == [("no activity",)]


def test_who_acted_is_said_by_the_record_else_by_the_project(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source('company = ["sent"]'))
    given(
        raw_table="""
            occurred_at      | activity | actor
            2024-05-01 09:01 | view     |
            2024-05-01 09:02 | sent     |
            2024-05-01 09:03 | sent     | End-User
            2024-05-01 09:04 | view     | agent
        """,
    )
    assert result_of("stg_table__events", "record_index", "is_customer") == [
        (1, True),
        (2, False),
        (3, True),
        (4, False),
    ]


DECLARED = {
    "occurred_at": "2024-05-01 09:00",
    "activity": "view",
    "channel": "web",
    "source_order": "1",
    "version": "1",
    "actor": "customer",
    "lifecycle": "complete",
    "resource": "ann",
    "amount": "1.0",
    "currency": "EUR",
    "session_key": "s1",
    "case_id": "c1",
    "record_key": "1",
    "identifiers": "user_id=ann",
    "attributes": '{"device":"mobile"}',
}


def test_a_key_without_an_id_is_a_hash_of_all_that_is_declared(bench: Bench) -> None:
    bench.set_project(source())
    rows = [DECLARED, DECLARED]
    rows += [{**DECLARED, name: f"{value}2"} for name, value in DECLARED.items()]
    # Two values must not melt into one.
    rows.append({**DECLARED, "activity": "viewweb", "channel": ""})
    bench.given(raw_table={name: [row[name] for row in rows] for name in DECLARED})
    keys = [
        key for _, key in bench.result_of("stg_table__events", "record_index, event_id")
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == len(rows) - 1
    assert all(str(key).startswith("web:") for key in keys)


def test_a_given_id_is_the_key_whatever_else_changes(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source())
    given(
        raw_table="""
            event_id | occurred_at      | activity
            7        | 2024-05-01 09:01 | view
            7        | 2024-05-01 09:02 | cart
        """,
    )
    assert result_of("stg_table__events", "event_id") == [("web:7",), ("web:7",)]


TWICE = """
    event_id | occurred_at      | activity | version | identifiers
    7        | 2024-05-01 09:01 | first    | 9       | user_id=ann
    7        | 2024-05-01 09:02 | second   | 10      | user_id=ann
    8        | 2024-05-01 09:03 | other    | 1       | user_id=ann
"""


def test_the_greatest_version_of_an_event_wins(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source())
    given(raw_table=TWICE)
    assert result_of("int_events", "event_id", "activity") == [
        ("web:7", "second"),  # 10 is more than 9, though not as a text
        ("web:8", "other"),
    ]


def test_a_version_may_be_a_time(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source())
    given(
        raw_table="""
            event_id | occurred_at      | activity | version
            7        | 2024-05-01 09:01 | new      | 2024-05-02 09:00
            7        | 2024-05-01 09:02 | old      | 2024-05-01 09:00
            7        | 2024-05-01 09:02 | oldest   |
        """,
    )
    assert result_of("int_events", "activity") == [("new",)]


def test_without_a_version_the_winner_does_not_depend_on_the_order(
    bench: Bench,
) -> None:
    bench.set_project(source())
    winners = []
    for step in (1, -1):
        bench.given(
            raw_table={
                "event_id": ["7"] * 3,
                "occurred_at": ["2024-05-01 09:00"] * 3,
                "activity": ["one", "two", "three"][::step],
                "sha256": ["a", "b", "c"],
            }
        )
        winners.append(bench.result_of("int_events", "activity"))
    assert winners[0] == winners[1]
    assert len(winners[0]) == 1


def test_a_source_may_keep_equal_rows(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    rows = """
        occurred_at      | activity | identifiers
        2024-05-01 09:00 | view     | user_id=ann
        2024-05-01 09:00 | view     | user_id=ann
    """
    project(source())
    given(raw_table=rows)
    assert result_of("int_events", "activity") == [("view",)]
    project(source("dedupe = false"))
    given(raw_table=rows)
    keys = [str(key) for (key,) in result_of("int_events", "event_id")]
    assert [key[-2:] for key in keys] == [keys[0][-2:], "#2"]
    assert keys[1] == keys[0] + "#2"


def test_a_currency_is_the_same_however_it_is_written(bench: Bench) -> None:
    bench.set_project(source())
    bench.given(
        raw_table="""
            occurred_at      | activity | currency
            2024-05-01 09:00 | a        | usd
            2024-05-01 09:00 | b        | USD
            2024-05-01 09:00 | c        |
        """
    )
    assert bench.result_of("stg_table__events", "activity, currency") == [
        ("a", "USD"),
        ("b", "USD"),
        ("c", "EUR"),
    ]
