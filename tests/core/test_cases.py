"""Journeys that a column of the source gives."""

from tests.core.bench import Given, ResultOf, SetProject
from tests.core.test_journeys import GIVEN


def test_a_given_case_is_not_cut(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(GIVEN)
    given(
        stg_events="""
            customer | case_id | activity | occurred_at
            ann      | c1      | order    | 2024-05-01 09:00
            ann      | c1      | view     | 2024-06-15 09:00
            ann      | c2      | refuse   | 2024-05-01 09:00
            ann      | c2      | view     | 2024-05-01 09:01
            ann      | c2      | cancel   | 2024-05-01 09:02
            ann      | c3      | view     | 2024-05-01 09:00
            ann      | c4      | view     | 2024-06-25 09:00
        """,
    )
    assert result_of(
        "int_journeys", "journey_id", "events", "outcome", "exit_cause"
    ) == [
        ("c1", 2, "converted", None),
        ("c2", 3, "exited", "refused"),
        ("c3", 1, "abandoned", None),
        ("c4", 1, "in_progress", None),
    ]


def test_a_case_belongs_to_the_customer_of_its_first_event_that_has_one(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(GIVEN)
    given(
        stg_events="""
            identifiers  | case_id | activity | occurred_at
                         | c1      | view     | 2024-05-01 09:00
            user_id=ann  | c1      | view     | 2024-05-01 09:01
            user_id=bob  | c1      | order    | 2024-05-01 09:02
            user_id=bob  | c2      | view     | 2024-05-01 09:00
                         | c3      | view     | 2024-05-01 09:00
                         |         | view     | 2024-05-01 09:00
        """,
    )
    assert result_of("int_journeys", "journey_id", "events", "sessions") == [
        ("c1", 3, 2),
        ("c2", 1, 1),
        ("c3", 1, 1),
    ]
    # A case never links identifiers: bob's events stay bob's, the first is ann's.
    assert result_of("int_customers", "events") == [(1,), (2,), (2,)]
    assert result_of("meta_balances", "rule", "events") == [
        ("accepted", 6),
        ("in_journeys", 5),
        ("no_identifier", 1),
    ]
    owners = result_of("fct_journeys", "journey_id", "customer_id")
    assert owners[0][1] != owners[1][1]


def test_a_person_who_is_known_only_later_does_not_leak_into_the_past(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(GIVEN)  # as of 1 July
    given(
        stg_events="""
            identifiers  | case_id | activity | occurred_at
                         | c1      | view     | 2024-05-01 09:00
            user_id=ann  | c1      | order    | 2024-07-02 09:00
        """,
    )
    assert result_of("int_identities", "identifier_type", "identifier") == [
        ("case", "c1")
    ]
