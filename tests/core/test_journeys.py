"""Where a journey starts and ends, and how it came out."""

import pytest
from tests.core.bench import Given, ResultOf, SetProject

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["order", "contract"]
exits = {{ cancelled = ["cancel"], refused = ["refuse"] }}
inactivity = "10 days"
{case}
[stages]
interest = ["view"]
retention = ["login"]
[feedback.nps]
activity = "rate"
scale = [0, 10]
"""
CUT = PROJECT.format(case="")
GIVEN = PROJECT.format(case='case = "case"')


def test_a_goal_belongs_to_the_journey_that_it_ends(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | order    | 2024-05-01 09:01
            ann      | view     | 2024-05-01 09:02
            ann      | contract | 2024-05-01 09:03
            ann      | order    | 2024-05-01 09:04
        """,
    )
    assert result_of("int_journeys", "journey_index", "events", "outcome") == [
        (1, 2, "converted"),
        (2, 2, "converted"),
        (3, 1, "converted"),
    ]


def test_an_exit_ends_a_journey_and_names_its_cause(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | refuse   | 2024-05-01 09:01
            ann      | cancel   | 2024-05-01 09:02
            ann      | order    | 2024-05-01 09:03
        """,
    )
    assert result_of("int_journeys", "journey_index", "outcome", "exit_cause") == [
        (1, "exited", "refused"),
        (2, "exited", "cancelled"),
        (3, "converted", None),
    ]


@pytest.mark.parametrize(
    ("back", "journeys"), [("2024-05-11 09:00", 1), ("2024-05-11 09:00:00.000001", 2)]
)
def test_a_journey_ends_by_more_silence_than_allowed(
    back: str, journeys: int, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | {back}
        """,
    )
    assert len(result_of("int_journeys", "journey_code")) == journeys


def test_the_company_does_not_break_a_silence(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-05-01 09:00 | true
            ann      | mail     | 2024-05-09 09:00 | false
            ann      | view     | 2024-05-12 09:00 | true
            bob      | view     | 2024-05-01 09:00 | true
            bob      | mail     | 2024-05-09 09:00 | true
            bob      | view     | 2024-05-12 09:00 | true
        """,
    )
    assert sorted(result_of("int_journeys", "events")) == [(1,), (2,), (3,)]


def test_what_follows_an_end_is_aftermath_until_the_next_other_event(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | login    | 2024-05-01 09:00 | true
            ann      | rate     | 2024-05-01 09:01 | true
            ann      | order    | 2024-05-01 09:02 | true
            ann      | login    | 2024-05-02 09:00 | true
            ann      | rate     | 2024-05-02 09:01 | true
            ann      | mail     | 2024-05-02 09:02 | false
            ann      | view     | 2024-05-03 09:00 | true
            ann      | login    | 2024-05-03 09:01 | true
        """,
    )
    assert result_of("fct_events", "event_index", "journey_id[-1]", "is_aftermath") == [
        (1, "1", False),
        (2, "1", False),
        (3, "1", False),
        (4, "1", True),
        (5, "1", True),
        (6, "1", True),
        (7, "2", False),
        (8, "2", False),
    ]
    assert result_of(
        "int_journeys", "journey_index, events, aftermath_events, duration_us, outcome"
    ) == [(1, 6, 3, 120_000_000, "converted"), (2, 2, 0, 60_000_000, "abandoned")]


def test_retention_after_a_long_silence_is_aftermath_too(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | login    | 2024-05-20 09:00
            ann      | view     | 2024-05-21 09:00
        """,
    )
    assert result_of("fct_events", "event_index", "journey_id[-1]", "is_aftermath") == [
        (1, "1", False),
        (2, "1", True),
        (3, "2", False),
    ]


def test_a_goal_that_the_company_records_ends_the_journey(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-05-01 09:00 | true
            ann      | contract | 2024-05-02 09:00 | false
            ann      | contract | 2024-05-03 09:00 | false
        """,
    )
    assert result_of("int_journeys", "events", "outcome") == [
        (1, "converted"),
        (2, "converted"),
    ]


@pytest.mark.parametrize(
    ("last", "outcome"),
    [("2024-06-21 00:00", "abandoned"), ("2024-06-21 00:00:00.000001", "in_progress")],
)
def test_silence_is_known_once_the_gap_has_passed_at_the_watermark(
    last: str, outcome: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events=f"""
            customer | activity | occurred_at      | is_customer
            ann      | view     | {last}           | true
            ann      | mail     | 2024-06-30 09:00 | false
        """,
    )
    assert result_of("int_journeys", "outcome") == [(outcome,)]


def test_an_event_at_the_watermark_counts_and_a_later_one_does_not(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CUT)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-07-01 00:00
            ann      | order    | 2024-07-01 00:00:00.000001
        """,
    )
    assert result_of("int_journeys", "events", "outcome") == [(1, "in_progress")]
    assert result_of("meta_balances", "rule", "events") == [
        ("accepted", 2),
        ("after_as_of", 1),
        ("in_journeys", 1),
    ]


def test_without_a_goal_nothing_converts(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("")
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | order    | 2024-05-01 09:00
            ann      | order    | 2024-05-01 09:01
        """,
    )
    assert result_of("int_journeys", "events", "outcome") == [(2, "abandoned")]
