"""What an answer says, and what it is about."""

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

FEEDBACK = """
[stages]
interest = ["view"]
purchase = ["order"]
[feedback.nps]
activity = "nps_answered"
sent = "nps_sent"
kind = "nps"
[feedback.csat]
activity = "csat_answered"
scale = [1, 5]
about = "order_id"
text = "comment"
language_attribute = "locale"
[feedback.school]
activity = "graded"
scale = [1, 6]
high_is_good = false
[feedback.ces]
activity = "effort_rated"
kind = "ces"
scale = [1, 7]
high_is_good = true
[feedback.effort]
activity = "effort_felt"
kind = "ces"
scale = [1, 5]
high_is_good = false
[feedback.thumbs]
activity = "thumbed"
kind = "thumbs"
values = { Good = 1, so-so = 0.1, bad = -1 }
[feedback.mail]
activity = "mail_received"
kind = "text"
text = "body"
language = "en"
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
        ("graded", 1, 1_000_000),
        ("graded", 6, -1_000_000),
        ("effort_rated", 7, 1_000_000),
        ("effort_rated", 4, 0),
        ("effort_felt", 5, -1_000_000),
        ("thumbed", "good", 1_000_000),
        ("thumbed", " BAD ", -1_000_000),
        ("thumbed", "so-so", 100_000),
    ],
)
def test_a_score_is_put_on_minus_one_to_one(
    activity: str, score: object, emotion: int, bench: Bench
) -> None:
    assert answer(bench, activity, score) == (emotion, False)


@pytest.mark.parametrize(
    ("activity", "score"),
    [
        ("csat_answered", 6),
        ("csat_answered", 0),
        ("csat_answered", "good"),
        ("nps_answered", 11),
        ("nps_answered", -1),
        ("nps_answered", "nan"),
        ("effort_felt", 7),
        ("thumbed", "offered"),
        ("thumbed", 1),
    ],
)
def test_a_score_that_is_none_of_its_scale_is_told(
    activity: str, score: object, bench: Bench
) -> None:
    assert answer(bench, activity, score) == (None, True)


@pytest.mark.parametrize("activity", ["csat_answered", "thumbed", "mail_received"])
def test_an_answer_without_a_score_has_no_wrong_one(
    activity: str, bench: Bench
) -> None:
    assert answer(bench, activity, None) == (None, False)
    assert answer(bench, activity, " ") == (None, False)


def answer(bench: Bench, activity: str, score: object) -> tuple[object, object]:
    bench.set_project(FEEDBACK)
    bench.given(
        stg_events={
            "customer": ["ann"],
            "activity": [activity],
            "score": [score],
            "occurred_at": ["2024-05-01 09:00"],
        }
    )
    ((emotion, is_invalid),) = bench.result_of(
        "int_feedback", "emotion_ppm", "is_invalid"
    )
    return emotion, is_invalid


@pytest.mark.parametrize(
    ("activity", "best", "second", "third"),
    [("csat_answered", 5, 4, 3), ("graded", 1, 2, 3)],
)
def test_the_top_boxes_are_the_two_at_the_good_end(
    activity: str, best: int, second: int, third: int, bench: Bench
) -> None:
    bench.set_project(FEEDBACK)
    bench.given(
        stg_events=f"""
            customer | activity   | score    | occurred_at
            ann      | {activity} | {best}   | 2024-05-01 09:00
            bob      | {activity} | {second} | 2024-05-01 09:00
            cid      | {activity} | {third}  | 2024-05-01 09:00
            dan      | {activity} | 7        | 2024-05-01 09:00
        """,
    )
    assert bench.result_of("int_feedback", "score, is_top_box") == sorted(
        [(best, True), (second, True), (third, False), (7, None)]
    )


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
            bob      | order         | o1       |       | true        | 2024-05-08 09:00
            bob      | csat_answered | o1       | 2     | true        | 2024-05-08 08:59
        """,
    )
    assert result_of("int_feedback", "score, touchpoint, stage") == [
        (2, None, None),  # what it names had not happened yet
        (3, None, None),  # nothing in the seven days before: only about the whole
        (4, "view · web", "interest"),
        (5, "order · web", "purchase"),
    ]


def test_of_events_at_the_time_of_the_answer_it_is_about_the_last(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    given(
        stg_events="""
            customer | event_id | activity     | score | occurred_at
            ann      | e1       | nps_answered | 9     | 2024-05-01 09:00
            ann      | e2       | view         |       | 2024-05-01 09:00
            ann      | e3       | order        |       | 2024-05-01 09:00
        """,
    )
    assert result_of("int_feedback", "touchpoint") == [("order · web",)]


def test_a_touchpoint_is_called_as_a_rule_calls_it(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        FEEDBACK
        + '[[rules]]\nmatch = { activity = "view" }\n'
        + 'touchpoint = "Catalogue"\nstage = "browsing"'
    )
    given(
        stg_events="""
            customer | activity     | score | comment | occurred_at
            ann      | view         |       |         | 2024-05-01 09:00
            ann      | csat_answered| 5     | thanks  | 2024-05-01 10:00
        """,
    )
    expected = [("Catalogue", "browsing")]
    assert result_of("fct_feedback_texts", "touchpoint, stage") == expected
    assert result_of("fct_events", "touchpoint, stage", where="activity = 'view'") == (
        expected
    )
    assert result_of(
        "fct_experience",
        "level, name",
        where="persona = 'all' and segment = 'all' and level <> 'all'",
    ) == [("stage", "browsing"), ("touchpoint", "Catalogue")]


def test_the_language_of_a_text_is_what_the_source_says(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    given(
        stg_events="""
            customer | activity      | comment | locale  | occurred_at
            a        | csat_answered | one     | de-CH   | 2024-05-01 09:00
            b        | csat_answered | two     | EN_us   | 2024-05-01 09:00
            c        | csat_answered | three   | english | 2024-05-01 09:00
            d        | csat_answered | four    |         | 2024-05-01 09:00
        """,
    )
    assert result_of("int_feedback", "text, text_language") == [
        ("four", None),
        ("one", "de"),
        ("three", None),
        ("two", "en"),
    ]
