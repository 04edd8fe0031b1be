"""Journeys of further kinds, beside those of [journey]."""

import pytest
from pydantic import ValidationError
from tests.core.bench import Given, ResultOf, SetProject

PROJECT = """
[journey]
goal = ["order"]
[journeys.onboarding]
start = ["signup"]
goal = ["first_login"]
inactivity = "2 days"
[journeys.renewal]
goal = ["renewed"]
"""
FUNNEL = """
[funnels.started]
steps = ["signup", "first_login"]
unit = "journey"
journey = "onboarding"
"""
LOG = """
    customer | activity    | occurred_at
    ann      | view        | 2024-05-01 09:00
    ann      | signup      | 2024-05-01 09:01
    ann      | view        | 2024-05-01 09:02
    ann      | first_login | 2024-05-01 09:03
    ann      | order       | 2024-05-01 09:04
    ann      | signup      | 2024-05-02 09:00
    ann      | view        | 2024-05-09 09:00
"""


def test_each_kind_has_its_own_starts_ends_and_silence(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(stg_events=LOG)
    assert result_of(
        "fct_journeys", "journey_kind, journey_index, events, outcome"
    ) == [
        ("main", 1, 5, "converted"),
        ("main", 2, 2, "abandoned"),
        ("onboarding", 1, 3, "converted"),
        ("onboarding", 2, 1, "abandoned"),
        ("renewal", 1, 7, "abandoned"),
    ]


def test_a_journey_of_a_further_kind_is_named_after_it(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(stg_events=LOG)
    found = result_of(
        "fct_journeys", "journey_kind, replace(journey_id, customer_id, 'ann')"
    )
    assert [(kind, name) for kind, name in found if kind != "renewal"] == [
        ("main", "ann-j1"),
        ("main", "ann-j2"),
        ("onboarding", "ann-onboarding-j1"),
        ("onboarding", "ann-onboarding-j2"),
    ]


def test_all_other_marts_are_of_the_main_kind(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    marts = {
        "fct_events": "event_id, journey_id",
        "fct_activities": "*",
        "fct_transitions": "*",
        "fct_variants": "*",
        "fct_touchpoints": "*",
        "dim_customers": "*",
    }
    project('[journey]\ngoal = ["order"]')
    given(stg_events=LOG)
    alone = {mart: result_of(mart, columns) for mart, columns in marts.items()}
    project(PROJECT)
    given(stg_events=LOG)
    assert {mart: result_of(mart, columns) for mart, columns in marts.items()} == alone


def test_a_funnel_may_count_journeys_of_a_further_kind(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + FUNNEL)
    given(stg_events=LOG)
    assert result_of(
        "fct_funnel",
        "step_index, entered, reached, dropped",
        where="persona = 'all' and segment = 'all'",
    ) == [(1, 2, 2, 1), (2, 2, 1, 0)]


def test_a_case_of_the_source_cuts_no_journey_of_a_further_kind(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT.replace('["order"]', '["order"]\ncase = "case"', 1))
    given(
        stg_events="""
            customer | case_id | activity    | occurred_at
            ann      | one     | signup      | 2024-05-01 09:00
            ann      | two     | first_login | 2024-05-01 09:01
        """,
    )
    assert result_of("fct_journeys", "journey_kind, events", where="events > 0") == [
        ("main", 1),
        ("main", 1),
        ("onboarding", 2),
        ("renewal", 2),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("onboarding]", "main]"), "journeys.main: that is .journey."),
        (('journey = "onboarding"', 'journey = "onbording"'), "is none of .journeys."),
        (('unit = "journey"', 'unit = "session"'), 'needs unit = "journey"'),
        (('goal = ["first_login"]', 'goal = ["signup"]'), "starts and ends"),
    ],
)
def test_a_mistake_about_kinds_is_said(
    change: tuple[str, str], message: str, project: SetProject
) -> None:
    with pytest.raises(ValidationError, match=message):
        project((PROJECT + FUNNEL).replace(*change))
