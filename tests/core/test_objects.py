"""Orders, tickets and the like are objects of the events that name them."""

import pytest
from pydantic import ValidationError
from tests.core.bench import Given, ResultOf, SetProject

from journeymine.config_objects import ObjectType

SOURCE = """
[sources.shop]
path = "shop.csv"
format = "csv"
columns = { occurred_at = "at", activity = "what" }
attributes = ["order_id", "items", "refund_of"]
"""
OBJECTS = """
[objects]
order = ["order_id", "refund_of"]
item = { attribute = "items", qualifier = "holds" }
device = { identifier = "cookie" }
agent = { field = "resource" }
"""
EVENTS = """
    source | event_id | identifiers             | activity | order_id | items     | refund_of | resource | occurred_at
    shop   | e1       | user_id=ann, cookie=c=1 | view     |          |           |           |          | 2024-05-01 09:00
    shop   | e2       | user_id=ann             | buy      | o1       | ["x","y"] |           |          | 2024-05-01 09:01
    shop   | e3       | user_id=ann             | refund   | o2       | [broken   | o1        | bob      | 2024-05-01 09:02
    shop   | e4       | user_id=ann             | swap     | o1       | ["x","x"] | o1        |          | 2024-05-01 09:03
"""  # noqa: E501


def test_an_event_has_the_objects_that_it_names(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(SOURCE + OBJECTS)
    given(stg_events=EVENTS)
    assert result_of(
        "fct_event_objects",
        "event_id",
        "object_type",
        "object_id",
        "qualifier",
        where="object_type not in ('customer', 'journey')",
    ) == [
        ("e1", "device", "c=1", "device"),
        ("e2", "item", "x", "holds"),
        ("e2", "item", "y", "holds"),
        ("e2", "order", "o1", "order"),
        ("e3", "agent", "bob", "agent"),
        ("e3", "item", "[broken", "holds"),
        ("e3", "order", "o1", "order"),
        ("e3", "order", "o2", "order"),
        ("e4", "item", "x", "holds"),
        ("e4", "order", "o1", "order"),
    ]
    assert result_of(
        "dim_objects",
        "object_type",
        "object_id",
        "events",
        "journeys",
        "customers",
        "strftime(first_at, '%H:%M')",
        where="object_type in ('order', 'device')",
    ) == [
        ("device", "c=1", 1, 1, 1, "09:00"),
        ("order", "o1", 3, 1, 1, "09:01"),
        ("order", "o2", 1, 1, 1, "09:02"),
    ]
    # Every event has its customer and its journey.
    assert result_of(
        "fct_event_objects join fct_events using (event_id)",
        "object_type",
        "count(*)",
        "count(*) filter (where object_id in (customer_id, journey_id))",
        where="object_type in ('customer', 'journey') group by object_type",
    ) == [("customer", 4, 4), ("journey", 4, 4)]


def test_without_the_section_there_are_none(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(SOURCE)
    given(stg_events=EVENTS)
    assert result_of("fct_event_objects", "*") == []
    assert result_of("dim_objects", "*") == []


def test_attributes_are_published_where_the_source_says_so(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    kinds = '{"order_id": "int"}'
    events = {
        "source": ["shop"],
        "identifiers": ["user_id=ann"],
        "activity": ["buy"],
        "occurred_at": ["2024-05-01 09:00"],
        "order_id": ["1"],
        "items": [None],
        "@kinds": [kinds],
    }
    project(SOURCE + "publish_attributes = true\n")
    given(stg_events=events)
    assert result_of("fct_event_attributes", "attributes", "kinds") == [
        ('{"order_id":"1"}', kinds)
    ]
    project(SOURCE)
    given(stg_events=events)
    assert result_of("fct_event_attributes", "*") == []


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ("[objects]\ncustomer = 'order_id'", "objects.customer: every event has one"),
        ("[objects]\ndeal = 'deal_id'", "objects.deal: 'deal_id' is no attribute"),
    ],
)
def test_what_no_event_can_tell_is_refused(
    project: SetProject, toml: str, line: str
) -> None:
    with pytest.raises(ValidationError, match=line):
        project(SOURCE + toml)


def test_a_type_without_a_place_is_refused() -> None:
    with pytest.raises(ValidationError, match="nothing tells the objects"):
        ObjectType.model_validate({"qualifier": "holds"})
