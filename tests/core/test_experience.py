"""What customers say, and of what."""

import math

import pytest
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

FEEDBACK = """
[stages]
interest = ["view"]
purchase = ["order"]
[feedback.nps]
activity = "nps_answered"
sent = "nps_sent"
scale = [0, 10]
kind = "nps"
[feedback.csat]
activity = "csat_answered"
scale = [1, 5]
about = "order_id"
text = "comment"
[feedback.reviews]
activity = "review"
scale = [1, 5]
kind = "stars"
score = "stars"
solicited = false
"""


@pytest.mark.parametrize(
    ("activity", "score", "emotion"),
    [
        *(("nps_answered", score, -1_000_000) for score in (0, 6)),
        *(("nps_answered", score, 0) for score in (7, 8)),
        *(("nps_answered", score, 1_000_000) for score in (9, 10)),
        ("csat_answered", 1, -1_000_000),
        ("csat_answered", 2, -500_000),
        ("csat_answered", 3, 0),
        ("csat_answered", 5, 1_000_000),
        ("csat_answered", 6, None),
        ("csat_answered", 0, None),
        ("nps_answered", 11, None),
        ("csat_answered", "good", None),
    ],
)
def test_a_score_is_put_on_minus_one_to_one(
    activity: str, score: object, emotion: int | None, bench: Bench
) -> None:
    bench.set_project(FEEDBACK)
    bench.given(
        stg_events=f"""
            customer | activity   | score   | occurred_at
            ann      | {activity} | {score} | 2024-05-01 09:00
        """,
    )
    assert bench.result_of("int_feedback", "emotion_ppm") == [(emotion,)]


def test_an_answer_is_about_the_event_that_it_names_else_the_last_one(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    given(
        stg_events="""
            customer | activity      | order_id | score | is_customer | occurred_at
            ann      | order         | o1       |       | true        | 2024-04-01 09:00
            ann      | view          |          |       | true        | 2024-05-01 09:00
            ann      | mail          |          |       | false       | 2024-05-01 10:00
            ann      | csat_answered | o1       | 5     | true        | 2024-05-01 11:00
            ann      | csat_answered |          | 4     | true        | 2024-05-08 09:00
            ann      | csat_answered | o2       | 3     | true        | 2024-05-08 09:01
        """,
    )
    assert result_of(
        "int_feedback left join int_event_log"
        " on int_feedback.about_event = int_event_log.event_number"
        " left join int_activities"
        " on int_event_log.activity_code = int_activities.activity_code",
        "score, activity",
    ) == [
        (3, None),  # nothing in the seven days before: only about the whole
        (4, "view"),
        (5, "order"),
    ]


def test_nps_and_csat_are_those_of_the_textbook(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    scores: list[tuple[str, int | None]] = [("nps_sent", None)] * 14
    scores += [("nps_answered", score) for score in (10, 9, 9, 8, 7, 6, 0)]
    scores += [("csat_answered", score) for score in (5, 4, 4, 3, 1)]
    given(
        stg_events={
            "customer": [f"c{place}" for place in range(len(scores))],
            "activity": [activity for activity, _ in scores],
            "score": [score for _, score in scores],
            "is_customer": [activity != "nps_sent" for activity, _ in scores],
            "occurred_at": ["2024-05-01 09:00"] * len(scores),
        }
    )
    ((answers, customers, nps, csat, sent),) = result_of(
        "fct_experience",
        "answers, customers, nps, csat, sent",
        where=WHOLE + " and level = 'all' and is_solicited",
    )
    assert (answers, customers, sent) == (12, 12, 14)
    assert nps == pytest.approx(100 * (3 - 2) / 7)
    assert csat == pytest.approx(3 / 5)


def test_unasked_answers_stand_apart(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    given(
        stg_events="""
            customer | activity      | score | stars | occurred_at
            ann      | csat_answered | 5     |       | 2024-05-01 09:00
            bob      | review        |       | 1     | 2024-05-01 09:00
        """,
    )
    assert result_of(
        "fct_experience",
        "is_solicited, answers, emotion, response_rate",
        where=WHOLE + " and level = 'all'",
    ) == [(False, 1, -1.0, None), (True, 1, 1.0, None)]


def test_few_answers_are_shrunk_towards_the_mean_of_all(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    # Ten answers after `view` of +1, two after `order` of -1: the mean is 8 / 12.
    answers = [("view", 5)] * 10 + [("order", 1)] * 2
    given(
        stg_events={
            "customer": [f"c{n}" for n in range(12) for _ in "12"],
            "activity": [x for what, _ in answers for x in (what, "csat_answered")],
            "score": [x for _, score in answers for x in (None, score)],
            "occurred_at": ["2024-05-01 09:00", "2024-05-01 10:00"] * 12,
        }
    )
    found = result_of(
        "fct_experience",
        "name, answers, emotion",
        where=WHOLE + " and level = 'stage'",
    )
    mean = 8 / 12
    assert found == [
        ("interest", 10, pytest.approx((10 + 10 * mean) / 20)),
        ("purchase", 2, pytest.approx((-2 + 10 * mean) / 12)),
    ]


def test_an_interval_is_over_customers_not_over_answers(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    # Each of four customers answers five times the same: four opinions, not twenty.
    scores = [10, 10, 0, 10]
    given(
        stg_events={
            "customer": [f"c{n}" for n in range(4) for _ in range(5)],
            "activity": ["nps_answered"] * 20,
            "score": [scores[n] for n in range(4) for _ in range(5)],
            "occurred_at": [
                f"2024-05-{d:02} 09:00" for _ in scores for d in range(1, 6)
            ],
        }
    )
    ((nps, low, high, emotion, emotion_low),) = result_of(
        "fct_experience",
        "nps, nps_low, nps_high, emotion, emotion_low",
        where=WHOLE + " and level = 'all'",
    )
    values = [1.0, 1.0, -1.0, 1.0]
    mean = sum(values) / 4
    error = math.sqrt(sum((v - mean) ** 2 for v in values) / 3 / 4)
    assert nps == pytest.approx(100 * mean)
    assert low == pytest.approx(100 * (mean - 1.959964 * error))
    assert high == 100  # the interval ends where the scale does
    # Shrunk by ten answers more, an emotion varies by 20 / 30 of that.
    assert emotion == pytest.approx(mean)
    assert emotion_low == pytest.approx(mean - 1.959964 * error * 20 / 30)


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
