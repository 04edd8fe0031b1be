"""Into which slices a unit counts."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

START = datetime(2024, 5, 1, tzinfo=UTC)
GOAL = '[journey]\ngoal = ["order"]\n'


def slices(result_of: ResultOf, segment: str, unit: str) -> list[tuple[object, ...]]:
    """Return value and number of units of a segment."""
    return result_of(
        "int_unit_slices inner join int_slices"
        " on int_unit_slices.slice_set = int_slices.slice_set",
        "segment_value, count(*)",
        where=f"segment = '{segment}' and persona = 'all' and unit = '{unit}'"
        " group by segment_value",
    )


def test_a_units_value_is_the_first_one_among_its_own_events(
    bench: Bench, given: Given, result_of: ResultOf
) -> None:
    bench.set_project(GOAL)
    given(
        stg_events="""
            customer | activity | device  | occurred_at
            ann      | view     |         | 2024-05-01 09:00
            ann      | view     | mobile  | 2024-05-01 09:01
            ann      | order    | desktop | 2024-05-01 09:02
            ann      | view     | desktop | 2024-05-01 09:03
            ann      | view     | mobile  | 2024-05-01 09:04
            bob      | view     |         | 2024-05-01 09:00
        """,
    )
    result_of("int_slices", "slice_set")
    assert slices(result_of, "device", "customer") == [("(none)", 1), ("mobile", 1)]
    assert slices(result_of, "device", "journey") == [
        ("(none)", 1),
        ("desktop", 1),
        ("mobile", 1),
    ]


def test_a_channel_is_that_of_the_first_touch_of_the_customers_own(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | channel | is_customer | occurred_at
            ann      | mail     | email   | false       | 2024-05-01 09:00
            ann      | view     | ads     | true        | 2024-05-01 09:01
            ann      | view     | web     | true        | 2024-05-01 09:02
            bob      | mail     | email   | false       | 2024-05-01 09:00
        """,
    )
    result_of("int_slices", "slice_set")
    assert slices(result_of, "channel", "customer") == [("ads", 1), ("email", 1)]


def test_twenty_values_stay_and_the_rest_are_one(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[project]\nname = "T"\nas_of = 2024-07-01T00:00:00Z\nsegments = ["city"]')
    # City n has 30 - n customers; the 24 cities of which four are too rare.
    customers = [
        (f"c{city:02}-{one}", f"city{city:02}")
        for city in range(1, 25)
        for one in range(30 - city)
    ]
    given(
        stg_events={
            "customer": [customer for customer, _ in customers],
            "city": [city for _, city in customers],
            "activity": ["view"] * len(customers),
            "occurred_at": [START] * len(customers),
        }
    )
    result_of("int_slices", "slice_set")
    found = {row[0]: row[1] for row in slices(result_of, "city", "customer")}
    assert len(found) == 21
    assert found["city20"] == 10
    assert found["(other)"] == 9 + 8 + 7 + 6


def test_a_month_is_that_of_the_start_in_the_projects_zone(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[project]\nname = "T"\ntimezone = "Europe/Berlin"\n'
        "as_of = 2024-07-01T00:00:00Z"
    )
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-31 21:59
            ann      | view     | 2024-06-01 09:00
            bob      | view     | 2024-05-31 22:00
        """,
    )
    result_of("int_slices", "slice_set")
    assert slices(result_of, "month", "journey") == [("2024-05", 1), ("2024-06", 1)]


def test_a_funnels_month_is_that_of_the_entry(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[funnels.f]\nsteps = ["cart", "order"]')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-04-30 09:00
            ann      | cart     | 2024-05-01 09:00
            ann      | cart     | 2024-06-01 09:00
        """,
    )
    assert result_of(
        "fct_funnel",
        "segment_value",
        where="segment = 'month' and persona = 'all' and step_index = 1",
    ) == [("2024-05",)]


def test_counts_of_a_segment_sum_to_the_whole_for_every_persona(
    project: SetProject, bench: Bench, result_of: ResultOf
) -> None:
    project(GOAL)
    size = 300
    bench.given(
        stg_events={
            "customer": [f"c{n % 90}" for n in range(size)],
            "activity": [("view", "cart", "order")[n % 7 % 3] for n in range(size)],
            "occurred_at": [START + timedelta(hours=5 * n) for n in range(size)],
            "device": [(None, "mobile", "desktop")[n % 3] for n in range(size)],
            "channel": [("web", "app")[n % 11 % 2] for n in range(size)],
        }
    )
    bench.given(
        py_personas={
            "customer_code": list(range(1, 91)),
            "persona": [f"p{1 + n % 2}" for n in range(90)],
        }
    )
    sums = result_of(
        "fct_variants",
        "persona, segment, sum(journeys)",
        where="true group by persona, segment",
    )
    assert {persona for persona, _, _ in sums} == {"all", "p1", "p2"}
    assert {segment for _, segment, _ in sums} == {
        "all",
        "channel",
        "device",
        "month",
        "outcome",
    }
    whole = {persona: n for persona, segment, n in sums if segment == "all"}
    assert all(n == whole[persona] for persona, _, n in sums)
    assert sum(int(str(whole[persona])) for persona in ("p1", "p2")) == whole["all"]


@pytest.mark.parametrize(
    "name", ["size", "my size", 'size "EU"', "it's", "a.b", "a/b~c", "$x", "*", "größe"]
)
def test_an_attribute_is_found_whatever_its_name_holds(
    name: str, bench: Bench, given: Given, result_of: ResultOf
) -> None:
    bench.set_project("")
    given(
        cfg_segments={
            "segment_index": [1],
            "segment": [name],
            "is_attribute": [True],
        },
        int_event_log={
            "event_number": [1],
            "attributes": [json.dumps({name: "x", "other": "y"})],
        },
    )
    assert result_of("int_event_segments", "segment_value") == [("x",)]
