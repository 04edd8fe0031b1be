"""What few answers tell: shrunk, with a wide interval, or nothing at all."""

import math

import pytest
from tests.core.bench import WHOLE, Bench, Columns, Given, ResultOf, SetProject
from tests.core.test_experience import answers, of_the_whole
from tests.core.test_feedback import FEEDBACK


def test_under_five_answers_there_is_a_gap(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    said = [("view", 5)] * 5 + [("order", 1)] * 4
    given(stg_events=after(said))
    assert result_of(
        "fct_experience",
        "name, answers, emotion is null, emotion_low is null, emotion_high is null",
        where=WHOLE + " and level = 'stage'",
    ) == [("interest", 5, False, False, False), ("purchase", 4, True, True, True)]


def after(said: list[tuple[str, int]]) -> Columns:
    """Return a customer per (activity, score): the activity, then an answer."""
    return {
        "customer": [f"c{n}" for n in range(len(said)) for _ in "12"],
        "activity": [x for what, _ in said for x in (what, "csat_answered")],
        "score": [x for _, score in said for x in (None, str(score))],
        "occurred_at": ["2024-05-01 09:00", "2024-05-01 10:00"] * len(said),
    }


def test_few_answers_are_shrunk_towards_the_mean_of_all(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    # Ten answers after `view` of +1, five after `order` of -1: the mean is 5 / 15.
    given(stg_events=after([("view", 5)] * 10 + [("order", 1)] * 5))
    mean = 5 / 15
    assert result_of(
        "fct_experience",
        "name, answers, emotion",
        where=WHOLE + " and level in ('stage', 'all')",
    ) == [
        ("all", 15, pytest.approx(mean)),
        ("interest", 10, pytest.approx((10 + 10 * mean) / 20)),
        ("purchase", 5, pytest.approx((-5 + 10 * mean) / 15)),
    ]


def test_few_answers_of_a_persona_are_shrunk_towards_its_own_mean(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(FEEDBACK)
    said = [("view", 5)] * 5 + [("order", 1)] * 5 + [("view", 5)] * 5
    given(
        stg_events=after(said),
        int_personas={
            "customer_code": list(range(1, 16)),
            "persona": ["p1"] * 10 + ["p2"] * 5,
        },
        int_set_customers={
            "identifiers": [f"user_id=c{n}" for n in range(15)],
            "customer_code": list(range(1, 16)),
        },
    )
    found = result_of(
        "fct_experience",
        "persona, name, emotion",
        where="segment = 'all' and level = 'stage' and emotion is not null",
    )
    assert found == [
        # The mean of all is 1 / 3, that of p1 is 0, that of p2 is 1.
        ("all", "interest", pytest.approx((10 + 10 / 3) / 20)),
        ("all", "purchase", pytest.approx((-5 + 10 / 3) / 15)),
        ("p1", "interest", pytest.approx(5 / 15)),
        ("p1", "purchase", pytest.approx(-5 / 15)),
        ("p2", "interest", pytest.approx(1)),
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
            "score": [str(scores[n]) for n in range(4) for _ in range(5)],
            "occurred_at": [
                f"2024-05-{d:02} 09:00" for _ in scores for d in range(1, 6)
            ],
        }
    )
    found = result_of(
        "fct_experience",
        "nps_low, nps_high, emotion_low, emotion_high",
        where=WHOLE + " and level = 'all'",
    )
    # Agresti and Coull: 3 of 4 were promoters, with two of either kind added.
    share, n = (3 + 2) / (4 + 4), 4 + 4
    margin = 1.959964 * math.sqrt(share * (1 - share) / n)
    low, high = 2 * (share - margin) - 1, 2 * (share + margin) - 1
    assert found[0] == pytest.approx((100 * low, 100 * high, low, high))


@pytest.mark.parametrize("score", [1, 3, 5])
def test_answers_that_are_all_equal_are_not_known_for_sure(
    score: int, bench: Bench
) -> None:
    bench.set_project(FEEDBACK)
    bench.given(stg_events=answers([("csat_answered", score)] * 5))
    (mean, low, high, csat, csat_low, csat_high) = (
        float(str(value))
        for value in of_the_whole(
            bench, "emotion, emotion_low, emotion_high, csat, csat_low, csat_high"
        )
    )
    assert low <= mean <= high
    assert csat_low <= csat <= csat_high
    assert high - low > 0.8
    assert csat_high - csat_low > 0.4
