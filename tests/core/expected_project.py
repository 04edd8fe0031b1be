"""A project with an expected journey, and what its tests read."""

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["order"]
inactivity = "10 days"
value = 50
[stages]
interest = ["view", "read"]
intent = ["cart"]
help = ["ticket"]
[expected]
{expected}
"""
JOURNEYS = (
    "fct_journey_conformance inner join int_journeys using (journey_id)"
    " inner join int_set_customers using (customer_code)"
)
DEVIATIONS = (
    "int_deviations inner join int_journeys using (journey_code)"
    " inner join int_set_customers using (customer_code)"
    " inner join int_expected_journeys using (journey_code)"
    " inner join py_expected_steps using (expected, step_index)"
)
MARTS = (
    "fct_journey_conformance",
    "fct_conformance",
    "fct_deviations",
    "fct_expected_variants",
)
NAME = "replace(identifiers, 'user_id=', '')"
