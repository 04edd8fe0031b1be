"""In which slices customers and journeys count: `dim_slices`."""

from tests.core.bench import Given, ResultOf, SetProject

COLUMNS = (
    "unit, persona, segments['device'] as device, segments['channel'] as channel,"
    " segments['month'] as month, segments['outcome'] as outcome"
)
LOG = """
    customer | activity | channel | device | occurred_at
    ann      | view     | web     | mobile | 2024-04-30 09:00
    ann      | order    | app     | tablet | 2024-04-30 09:01
    ann      | view     | email   | tablet | 2024-05-02 09:00
    ann      | order    | web     |        | 2024-05-02 09:01
    bob      | view     | web     |        | 2024-05-03 09:00
"""


def test_a_customer_and_each_journey_have_the_first_value_of_their_own(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[journey]\ngoal = ["order"]')
    given(stg_events=LOG)
    assert result_of("dim_slices", COLUMNS) == [
        ("customer", "none", "(none)", "web", "2024-05", "abandoned"),
        ("customer", "none", "mobile", "web", "2024-04", "converted"),
        ("journey", "none", "(none)", "web", "2024-05", "abandoned"),
        ("journey", "none", "mobile", "web", "2024-04", "converted"),
        ("journey", "none", "tablet", "email", "2024-05", "converted"),
    ]


def test_journeys_of_further_kinds_count_in_no_slice(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[journey]\ngoal = ["order"]\n[journeys.again]\ngoal = ["order"]\n'
        '[funnels.again]\nsteps = ["view", "order"]\nunit = "journey"\n'
        'journey = "again"'
    )
    given(stg_events=LOG)
    units = result_of("dim_slices", "unit")
    assert units == [("customer",)] * 2 + [("journey",)] * 3
