"""How a touchpoint, a stage and the whole feel."""

from collections.abc import Sequence

import pytest
from tests.core.bench import WHOLE, Bench, Columns, Given, ResultOf, SetProject
from tests.core.test_feedback import FEEDBACK

from journeymine.balances import BALANCES

REVIEWS = """
[feedback.reviews]
activity = "review"
scale = [1, 5]
kind = "stars"
score = "stars"
solicited = false
text = "words"
"""


def answers(scores: Sequence[tuple[str, object]]) -> Columns:
    """Return one answer per customer, of (activity, score)."""
    return {
        "customer": [f"c{place}" for place in range(len(scores))],
        "activity": [activity for activity, _ in scores],
        "score": [None if score is None else str(score) for _, score in scores],
        "is_customer": [not activity.endswith("_sent") for activity, _ in scores],
        "occurred_at": ["2024-05-01 09:00"] * len(scores),
    }


def of_the_whole(bench: Bench, *columns: str, asked: bool = True) -> tuple[object, ...]:
    (row,) = bench.result_of(
        "fct_experience",
        *columns,
        where=f"{WHOLE} and level = 'all' and is_solicited = {asked}",
    )
    return row


def test_nps_csat_and_ces_are_those_of_the_textbook(bench: Bench) -> None:
    bench.set_project(FEEDBACK)
    scores: list[tuple[str, object]] = [("nps_sent", None)] * 14
    scores += [("nps_answered", score) for score in (10, 9, 9, 8, 7, 6, 0)]
    scores += [("csat_answered", score) for score in (5, 4, 4, 3, 1)]
    scores += [("effort_rated", score) for score in (7, 5, 4, 2)]
    bench.given(stg_events=answers(scores))
    assert of_the_whole(bench, "answers, customers, sent") == (16, 16, 14)
    assert of_the_whole(bench, "nps_answers, csat_answers, ces_answers") == (7, 5, 4)
    assert of_the_whole(bench, "nps, csat, ces") == pytest.approx(
        (100 * (3 - 2) / 7, 3 / 5, 2 / 4)
    )


def test_unasked_answers_stand_apart(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK + REVIEWS)
    given(
        stg_events={
            "customer": [f"c{n}" for n in range(10)],
            "activity": ["csat_answered"] * 5 + ["review"] * 5,
            "score": ["5"] * 5 + [None] * 5,
            "stars": [None] * 5 + ["1"] * 5,
            "occurred_at": ["2024-05-01 09:00"] * 10,
        }
    )
    assert result_of(
        "fct_experience",
        "is_solicited, answers, emotion, response_rate",
        where=WHOLE + " and level = 'all'",
    ) == [(False, 5, -1.0, None), (True, 5, 1.0, None)]


def test_words_without_a_rating_weigh_a_third_of_one(bench: Bench) -> None:
    bench.set_project(FEEDBACK)
    bench.given(
        stg_events={
            **answers([("csat_answered", score) for score in (5, 5, 5, 5, None, None)]),
            "comment": [None, None, None, "so-so", "awful", "a table"],
        }
    )
    bench.build("int_feedback")
    bench.con.execute(
        """
        create or replace table py_text_sentiment as
        select event_number, 'en' as language, text <> 'a table' as is_scored,
            case text when 'so-so' then 0 when 'awful' then -800000 end
                as sentiment_ppm
        from int_feedback where text is not null
        """
    )
    bench.drawn.add("py_text_sentiment")
    assert of_the_whole(
        bench,
        "answers, customers, rating_answers, text_answers, unrated, texts,"
        " texts_unscored",
    ) == (5, 5, 4, 1, 2, 3, 1)
    assert of_the_whole(bench, "emotion") == pytest.approx(
        ((4 * 1 - 0.35 * 0.8) / (4 + 0.35),)
    )


def test_no_answer_is_silently_left_out(bench: Bench) -> None:
    bench.set_project(FEEDBACK)
    given = [("csat_answered", score) for score in (5, 6, "x", None, "")]
    bench.given(stg_events=answers(given))
    assert of_the_whole(bench, "answers, rating_answers, invalid, unrated") == (
        *(1, 1, 2, 2),
    )
    (balance,) = (one for one in BALANCES if one.name.startswith("answers in the log"))
    assert bench.con.execute(balance.sql).fetchall() == [(0,)]
    bench.con.execute("update fct_experience set invalid = 1")
    assert bench.con.execute(balance.sql).fetchall() == [(1,)]


def test_a_month_is_of_the_answer_in_the_zone_of_the_project(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[project]\nname = "T"\nas_of = 2024-07-01T00:00:00Z\n'
        f'timezone = "Europe/Berlin"\n{FEEDBACK}'
    )
    # The last moments of May in Berlin, and the first of June.
    moments = ["2024-05-31 21:59:59"] * 5 + ["2024-05-31 22:00:00"] * 6
    scores = [5] * 5 + [1] * 6
    given(
        stg_events={
            "customer": [f"c{n}" for n in range(11)],
            "activity": ["csat_answered"] * 11,
            "score": [str(score) for score in scores],
            "occurred_at": moments,
        }
    )
    mean = -1 / 11
    assert result_of(
        "fct_experience_periods", "period, answers, csat, emotion", where=WHOLE
    ) == [
        ("2024-05-01", 5, 1, pytest.approx((5 + 10 * mean) / 15)),
        ("2024-06-01", 6, 0, pytest.approx((-6 + 10 * mean) / 16)),
    ]


def test_without_feedback_nothing_is_said(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project("")
    given(stg_events="customer | activity | occurred_at\nann | view | 2024-05-01")
    assert result_of("fct_experience", "*") == []
    assert result_of("fct_experience_periods", "*") == []
    assert result_of("fct_feedback_texts", "*") == []
