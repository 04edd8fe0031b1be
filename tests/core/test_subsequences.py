"""Frequent sub-sequences: what is one, and when it is compared."""

from datetime import UTC, datetime, timedelta

from tests.core.bench import WHOLE, Given, ResultOf, SetProject

PROJECT = """
[journey]
goal = "order"
exits = { lost = "cancel" }
"""
START = datetime(2024, 5, 1, tzinfo=UTC)


def draw(given: Given, *journeys: tuple[int, str]) -> None:
    """Draw so many journeys, of a customer each, of the activities in a text."""
    rows = [
        (f"u{number}-{place}", activity, START + timedelta(minutes=minute))
        for number, (times, path) in enumerate(journeys)
        for place in range(times)
        for minute, activity in enumerate(path.split())
    ]
    given(
        stg_events={
            "customer": [row[0] for row in rows],
            "activity": [row[1] for row in rows],
            "occurred_at": [row[2] for row in rows],
        }
    )


def test_a_journey_counts_once_and_only_before_its_end(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    draw(given, (2, "a b a b order"), (1, "b a cancel"), (1, "b"))
    assert result_of(
        "fct_subsequences",
        "subsequence, kind, length, journeys, converted, conversion_rate_without",
        where=WHOLE,
    ) == [
        ("a -> b", "direct", 2, 2, 2, 0),
        ("a -> b -> a", "direct", 3, 2, 2, 0),
        ("a -> b -> a -> b", "direct", 4, 2, 2, 0),
        ("a ... a", "gapped", 2, 2, 2, 0),
        ("a ... b", "gapped", 2, 2, 2, 0),
        ("b -> a", "direct", 2, 3, 2, 0),
        ("b -> a -> b", "direct", 3, 2, 2, 0),
        ("b ... a", "gapped", 2, 3, 2, 0),
        ("b ... b", "gapped", 2, 2, 2, 0),
    ]


def test_names_are_written_as_a_pattern_holds_them(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        stg_events="""
            customer | activity    | occurred_at
            ann      | Add to cart | 2024-05-01 09:00
            ann      | say "hi"    | 2024-05-01 09:01
            bob      | Add to cart | 2024-05-01 09:00
            bob      | say "hi"    | 2024-05-01 09:01
        """,
    )
    assert result_of("fct_subsequences", "subsequence", where=WHOLE) == [
        ('"Add to cart" -> "say ""hi"""',),
        ('"Add to cart" ... "say ""hi"""',),
    ]


def test_a_difference_is_judged_from_30_ended_journeys_on_either_side(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    draw(given, (20, "a b order"), (20, "a b"), (29, "c d"))
    columns = "lift, difference, difference_low, q_value"
    one = "subsequence = 'a -> b'"
    assert result_of("fct_subsequences", columns, where=f"{WHOLE} and {one}") == [
        (None, 0.5, None, None)  # nothing converts without: no lift
    ]
    draw(given, (20, "a b order"), (20, "a b"), (3, "c d order"), (27, "c d"))
    ((lift, difference, low, q),) = result_of(
        "fct_subsequences", columns, where=f"{WHOLE} and {one}"
    )
    assert (lift, difference) == (5, 0.4)
    assert 0.2 < float(str(low)) < 0.4
    assert float(str(q)) < 0.001
    # Who converted has converted: that is no finding.
    assert (
        result_of(
            "fct_subsequences",
            columns,
            where="segment = 'outcome'"
            " and coalesce(lift, difference, q_value) is not null",
        )
        == []
    )


def test_what_is_rare_is_no_subsequence(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    draw(given, (3, "a b"), (2, "c d"), (296, "e"))
    assert result_of("fct_subsequences", "distinct subsequence, journeys") == []
    draw(given, (3, "a b"), (2, "c d"), (295, "e"))
    assert result_of("fct_subsequences", "subsequence, journeys", where=WHOLE) == [
        ("a -> b", 3),
        ("a ... b", 3),
    ]
