"""What comes some time after what in a journey."""

import pytest
from tests.core.bench import WHOLE, Bench, Given, ResultOf

from journeymine.sequences import follows, journeys

EVENTS = """
    customer | activity | channel | occurred_at
    ann      | view     | web     | 2024-05-01 09:00
    ann      | cart     | web     | 2024-05-01 09:01
    ann      | view     | web     | 2024-05-01 09:02
    ann      | cart     | web     | 2024-05-01 09:03
    ann      | view     | app     | 2024-06-30 09:00
    ann      | cart     | app     | 2024-06-30 09:01
    bob      | cart     | app     | 2024-05-01 09:00
"""
PAIRS = ("from_activity", "to_activity", "journeys", "customers")


def test_a_pair_counts_once_in_a_journey_whatever_lies_between(
    given: Given, result_of: ResultOf
) -> None:
    given(stg_events=EVENTS)
    assert result_of("fct_follows", *PAIRS, "share, share_of_from", where=WHOLE) == [
        ("cart", "cart", 1, 1, 1 / 3, 1 / 3),
        ("cart", "view", 1, 1, 1 / 3, 1 / 3),
        ("view", "cart", 2, 1, 2 / 3, 1),
        ("view", "view", 1, 1, 1 / 3, 1 / 2),
    ]
    assert result_of(
        "fct_follows",
        *PAIRS,
        "share",
        where="persona = 'all' and segment_value = 'app'",
    ) == [("view", "cart", 1, 1, 1 / 2)]


def test_slices_are_counted_in_parts_where_there_are_many_pairs(
    bench: Bench, given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(stg_events=EVENTS)
    bench.build("py_follows")
    at_once = bench.con.execute("from py_follows order by all").fetchall()
    monkeypatch.setattr(follows, "MOST_CELLS", 1)
    follows.make_follows(bench.context)
    assert bench.con.execute("from py_follows order by all").fetchall() == at_once != []


def test_only_the_most_frequent_activities_are_looked_at(
    given: Given, result_of: ResultOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journeys, "MOST_ACTIVITIES", 2)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | rare     | 2024-05-01 09:01
            ann      | cart     | 2024-05-01 09:02
            bob      | cart     | 2024-05-01 09:00
            bob      | view     | 2024-05-01 09:01
        """,
    )
    assert result_of("fct_follows", *PAIRS, where=WHOLE) == [
        ("cart", "view", 1, 1),
        ("view", "cart", 1, 1),
    ]
    # What is not looked at still stands between: these are not in a row.
    assert result_of("fct_subsequences", "subsequence", where=WHOLE) == []


def test_without_journeys_there_are_no_pairs(
    bench: Bench, given: Given, result_of: ResultOf
) -> None:
    given(
        int_journey_paths={"journey_code": [], "path": []},
        int_journeys={"journey_code": [], "outcome": []},
        int_unit_slices={"unit": [], "unit_code": [], "slice_set": []},
        int_slices={"slice_set": [], "slice_code": [], "persona": []},
        int_activities={"activity": [], "activity_code": []},
    )
    bench.con.execute("alter table int_journey_paths alter path type bigint[]")
    assert result_of("fct_follows", "*") == []
    assert result_of("fct_subsequences", "*") == []
    assert result_of("fct_anchored_paths", "*") == []
