"""How the records of known systems become events."""

from tests.core.bench import Given, ResultOf, SetProject
from tests.core.test_staging import source


def test_a_contact_is_an_event_per_step_of_its_life(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(source())
    given(
        raw_contacts="""
            contact_id | email  | user_id | created_at       | lead_at    | updated_at
            1          | A@x.y  | u1      | 2024-05-01 09:00 | 2024-05-03 | 1
            2          |        |         |                  | 2024-05-03 | 1
            3          |        |         | 2024-05-01 09:00 | soon       | 1
                       |        |         | 2024-05-01 09:00 |            | 1
        """,
    )
    assert result_of(
        "stg_connectors__events", "record_index, activity, source_order, reason"
    ) == [
        (1, "contact_created", 1, None),
        (1, "lead_qualified", 2, None),
        (2, "contact_created", 1, "no time"),
        (2, "lead_qualified", 2, None),
        (3, "contact_created", 1, None),
        (3, "lead_qualified", 2, "time not readable"),
        (4, "contact_created", 1, "no contact_id"),
    ]
    # A record is quarantined whole.
    assert result_of("int_events", "event_id", "identifiers", "is_customer") == [
        ("crm:1:contact_created", "contact_id=1\x1fuser_id=u1\x1femail=a@x.y", False),
        ("crm:1:lead_qualified", "contact_id=1\x1fuser_id=u1\x1femail=a@x.y", False),
    ]


def test_a_tracking_call_becomes_an_activity_on_a_channel(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        source().replace("[sources.web]\n", "[sources.shop]\n") + "[sources.web]\n"
        'connector = "segment"\npath = "web.json"\nformat = "jsonl"\n'
    )
    given(
        raw_segment="""
            message_id | event_type | event_name    | page_name | campaign_medium | app | occurred_at
            1          | track      | Product Added |           |                 |     | 2024-05-01T09:00:00Z
            2          | page       |               | Home      | cpc             |     | 2024-05-01T09:00:00Z
            3          | screen     |               | My Orders |                 | shp | 2024-05-01T09:00:00Z
            4          | identify   |               |           |                 |     | 2024-05-01T09:00:00Z
            5          | track      |               |           |                 |     | 2024-05-01T09:00:00Z
            6          | mail       |               |           |                 |     | 2024-05-01T09:00:00Z
                       | page       |               | Home      |                 |     | 2024-05-01T09:00:00Z
            8          | page       |               | Home      | social          | shp | noon
        """,  # noqa: E501
    )
    assert result_of(
        "stg_connectors__events", "record_index, activity, channel, reason"
    ) == [
        (1, "product_added", "web", None),
        (2, "view_home", "ads", None),
        (3, "screen_my_orders", "app", None),
        (4, None, "web", None),
        (5, None, "web", "no activity"),
        (6, None, "web", "unknown type of call"),
        (7, "view_home", "web", "no messageId"),
        (8, "view_home", "social", "time not readable"),
    ]
