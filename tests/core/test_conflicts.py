"""Of several tellings of an event one wins, and what the others say stays known."""

from itertools import permutations

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.test_staging import source

LOADS = """
    source | file  | sha256 | is_first | is_newest | records | framed_out | erased
    web    | a.csv | a      | true     | false     | 3       | 0          | 0
    web    | b.csv | b      | true     | true      | 3       | 0          | 0
    web    | c.csv | b      | false    | true      | 3       | 0          | 0
"""
TELLINGS = """
    sha256 | record_index | event_id | occurred_at      | activity | version | amount
    a      | 1            | 1        | 2024-05-01 09:00 | view     | 2       | 1
    a      | 2            | 2        | 2024-05-01 09:00 | view     |         |
    a      | 3            | 3        | 2024-05-01 09:00 | view     | 1.0     | 5
    b      | 1            | 1        | 2024-05-01 09:30 | cart     | 10      | 1
    b      | 2            | 2        | 2024-05-01 09:00 | view     |         |
    b      | 3            | 3        | 2024-05-01 09:00 | view     | 1       | 6
"""


def test_a_telling_is_a_copy_an_older_one_or_a_conflict(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source())
    given(raw_table=TELLINGS, raw_loads=LOADS)
    assert result_of("int_repeats", "event_id, sha256, kind, is_lost") == [
        ("web:1", "a", "older", True),
        ("web:1", "b", "winner", False),
        ("web:2", "a", "winner", False),
        ("web:2", "b", "copy", True),
        ("web:3", "a", "winner", False),  # 1.0 is no newer than 1, only its text is
        ("web:3", "b", "conflict", True),
    ]
    assert result_of("meta_conflicts", "event_id, file, version, kind, differs_in") == [
        ("web:1", "a.csv", "2", "older", "occurred_at, activity"),
        ("web:1", "b.csv", "10", "winner", None),
        ("web:3", "a.csv", "1.0", "winner", None),
        ("web:3", "b.csv", "1", "conflict", "amount"),
    ]
    assert result_of("meta_loads", "file, accepted, duplicate, conflicting") == [
        ("a.csv", 2, 1, 0),
        ("b.csv", 1, 2, 1),
        ("c.csv", 0, 3, 0),
    ]


def test_a_telling_without_a_version_is_not_older_than_one_with_a_version(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source())
    given(
        raw_table="""
            event_id | occurred_at      | activity | version
            1        | 2024-05-01 09:00 | view     | 2024-05-02
            1        | 2024-05-01 09:00 | cart     | 2024-05-01
            1        | 2024-05-01 09:00 | order    |
        """
    )
    assert result_of("int_repeats", "copy_index, kind") == [
        (1, "winner"),
        (2, "older"),
        (3, "conflict"),
    ]


VALUES = ("cart", "view", "view", "order")


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_what_wins_and_why_does_not_depend_on_what_came_first(
    order: tuple[int, ...], bench: Bench
) -> None:
    bench.set_project(source())
    bench.given(
        raw_table={
            "event_id": ["7"] * 4,
            "occurred_at": ["2024-05-01 09:00"] * 4,
            "activity": [VALUES[place] for place in order],
            "version": [("1", "1", "1", "0")[place] for place in order],
            "sha256": ["a", "b", "c", "d"],
        }
    )
    winner = bench.result_of("int_events", "activity")
    kinds = bench.result_of(
        "int_repeats inner join stg_events using (sha256, record_index)",
        "activity, kind",
    )
    # By the hashes of their values `view` comes before `cart`, whatever the files.
    assert winner == [("view",)]
    assert kinds == [
        ("cart", "conflict"),
        ("order", "older"),
        ("view", "copy"),
        ("view", "winner"),
    ]


def test_a_source_that_keeps_equal_ids_has_no_conflicts(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source("dedupe = false"))
    given(raw_table=TELLINGS, raw_loads=LOADS)
    assert result_of("int_events", "count(*)") == [(6,)]
    assert result_of("meta_conflicts", "event_id") == []
    assert result_of("meta_loads", "sum(conflicting)") == [(0,)]


def test_one_content_of_two_sources_is_told_once_by_each(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        source()
        + """
[sources.shop]
path = "shop.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
"""
    )
    # The web tells the event twice in this content, the shop once.
    given(
        stg_events="""
            source | sha256 | record_index | event_id | activity | occurred_at
            web    | a      | 1            | same     | view     | 2024-05-01
            web    | b      | 1            | same     | view     | 2024-05-01
            shop   | a      | 1            | other    | view     | 2024-05-01
            shop   | b      | 1            | third    | view     | 2024-05-01
        """
    )
    assert result_of("int_kept", "source, sha256, event_id") == [
        ("shop", "a", "other"),
        ("shop", "b", "third"),
        ("web", "a", "same"),
    ]
