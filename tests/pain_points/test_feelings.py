"""A fall in what customers feel, from drawn means of months to the published table."""

import pytest
from scipy.stats import norm
from tests.core.bench import Bench
from tests.pain_points.test_pain_points import PROJECT

MEANS = """
create or replace table int_experience as
select
    if(name = 'all', 'all', 'stage') as level, name, is_solicited, period, persona,
    'all' as segment, 'all' as segment_value, answers, answers - 20 as customers,
    middle::double as emotion, emotion - half as emotion_low,
    emotion + half as emotion_high
from (values
    ('purchase', true, '2024-03-01', 'all', 200, 0.4, 0.1),
    ('purchase', true, '2024-04-01', 'all', 210, 0.1, 0.1),
    -- as bad as before
    ('purchase', true, '2024-05-01', 'all', 210, 0.1, 0.1),
    -- not the same question
    ('purchase', false, '2024-04-01', 'all', 900, -0.9, 0.1),
    -- of too few
    ('purchase', true, '2024-03-01', 'p1', 29, 0.9, 0.1),
    ('purchase', true, '2024-04-01', 'p1', 60, -0.9, 0.1),
    -- better
    ('support', true, '2024-03-01', 'all', 200, 0.1, 0.1),
    ('support', true, '2024-04-01', 'all', 200, 0.4, 0.1),
    -- hardly known
    ('use', true, '2024-03-01', 'all', 40, 0.4, 0.7),
    ('use', true, '2024-04-01', 'all', 40, 0.1, 0.7),
    -- after a month without answers
    ('use', true, '2024-06-01', 'all', 400, -0.8, 0.1)
) as means (name, is_solicited, period, persona, answers, middle, half)
"""
EVENT = """
    customer | activity | occurred_at
    bob      | cart     | 2024-04-02 10:00
"""


def test_an_emotion_that_fell_for_sure_is_told_against_the_month_before(
    bench: Bench,
) -> None:
    bench.set_project(PROJECT)
    bench.given(stg_events=EVENT)
    bench.con.execute(MEANS)
    bench.drawn.add("int_experience")
    (found,) = bench.result_of(
        "fct_pain_points",
        *("kind", "place", "period", "persona", "at_risk", "customers"),
        *("observed", "expected", "round(excess, 9)", "uplift", "is_significant"),
        "p_value",
        "finding",
    )
    *told, p_value, finding = found
    assert told == [
        *("feeling", "purchase, asked", "2024-04-01", "all", 210, 190),
        *(0.1, 0.4, 0.3, None, True),
    ]
    error = (0.1**2 + 0.1**2) ** 0.5 / 1.959964
    assert p_value == pytest.approx(norm.sf(0.3 / error), rel=1e-5)
    assert finding == (
        "In 2024-04, the mean emotion of 210 answers about purchase, asked: +0.10; in"
        " the month before +0.40."
    )
