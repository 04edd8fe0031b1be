"""How many of those who were asked answer."""

import pytest
from tests.core.bench import WHOLE, Given, ResultOf, SetProject
from tests.core.test_feedback import FEEDBACK


def test_a_response_rate_is_of_the_surveys_sent(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    given(
        stg_events="""
            customer | activity      | score | is_customer | occurred_at
            ann      | nps_sent      |       | false       | 2024-05-01 09:00
            ann      | nps_answered  | 9     | true        | 2024-05-02 09:00
            bob      | nps_sent      |       | false       | 2024-05-01 09:00
            cid      | nps_sent      |       | false       | 2024-05-01 09:00
            dan      | nps_sent      |       | false       | 2024-05-01 09:00
            eve      | csat_answered | 5     | true        | 2024-05-01 09:00
        """,
    )
    # Nobody recorded that eve was asked, so her answer is none of those to the four.
    assert result_of(
        "fct_experience",
        "sent, answers, response_rate",
        where=WHOLE + " and level = 'all'",
    ) == [(4, 2, 0.25)]


def test_a_survey_is_answered_once_and_where_it_was_sent(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    given(
        stg_events="""
            customer | activity     | score | is_customer | occurred_at
            ann      | view         |       | true        | 2024-05-01 08:00
            ann      | nps_sent     |       | false       | 2024-05-01 09:00
            ann      | order        |       | true        | 2024-05-02 09:00
            ann      | nps_answered | 9     | true        | 2024-05-03 09:00
            ann      | nps_answered | 8     | true        | 2024-05-04 09:00
            bob      | order        |       | true        | 2024-05-02 09:00
            bob      | nps_sent     |       | false       | 2024-05-03 09:00
            bob      | nps_sent     |       | false       | 2024-05-04 09:00
            bob      | nps_answered | 8     | true        | 2024-05-05 09:00
        """,
    )
    assert result_of(
        "fct_experience",
        "level, name, sent, answers, response_rate",
        where=WHOLE + " and level <> 'touchpoint'",
    ) == [
        ("all", "all", 3, 3, pytest.approx(2 / 3)),
        ("stage", "interest", 1, 0, 1.0),
        ("stage", "purchase", 2, 3, 0.5),
    ]


def test_an_answer_is_to_the_survey_of_the_same_order(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        FEEDBACK.replace('about = "order_id"', 'about = "order_id"\nsent = "csat_sent"')
    )
    given(
        stg_events="""
            customer | activity      | order_id | score | is_customer | occurred_at
            ann      | csat_sent     | o1       |       | false       | 2024-05-01 08:00
            ann      | csat_sent     | o2       |       | false       | 2024-05-01 09:00
            ann      | csat_answered | o1       | 5     | true        | 2024-05-01 10:00
            ann      | csat_answered | o2       | 3     | true        | 2024-05-01 11:00
        """,
    )
    assert result_of(
        "fct_experience", "sent, response_rate", where=WHOLE + " and level = 'all'"
    ) == [(2, 1.0)]
