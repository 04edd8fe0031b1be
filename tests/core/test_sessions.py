"""What one session is."""

import pytest
from tests.core.bench import Given, ResultOf, SetProject


@pytest.mark.parametrize(("second", "sessions"), [("09:30", 1), ("09:30:00.000001", 2)])
def test_a_session_ends_by_more_silence_than_the_gap(
    second: str, sessions: int, given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | 2024-05-01 {second}
        """,
    )
    assert len(result_of("int_sessions", "session_id")) == sessions


def test_the_gap_is_that_of_the_project(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[journey]\nsession_gap = "5 minutes"')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | 2024-05-01 09:05
            ann      | view     | 2024-05-01 09:11
        """,
    )
    assert result_of("int_sessions", "session_index", "events") == [(1, 2), (2, 1)]


def test_the_company_is_in_no_session_and_prolongs_none(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-05-01 09:00 | true
            ann      | mail     | 2024-05-01 09:20 | false
            ann      | view     | 2024-05-01 09:40 | true
        """,
    )
    assert result_of("int_sessions", "session_index", "events") == [(1, 1), (2, 1)]
    assert result_of("fct_events", "event_index", "session_id is null") == [
        (1, False),
        (2, True),
        (3, False),
    ]


def test_sessions_that_a_source_gives_stand_as_they_are(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | session_key | source | activity | occurred_at
            ann      | s1          | web    | view     | 2024-05-01 09:00
            ann      | s2          | web    | view     | 2024-05-01 09:01
            ann      | s1          | web    | view     | 2024-05-01 12:00
            ann      | s1          | crm    | view     | 2024-05-01 09:02
            bob      | s1          | web    | view     | 2024-05-01 09:00
            ann      |             | web    | view     | 2024-05-01 09:03
            ann      |             | web    | view     | 2024-05-01 09:04
        """,
    )
    assert sorted(result_of("int_sessions", "events")) == [
        (1,),
        (1,),
        (1,),
        (2,),
        (2,),
    ]
