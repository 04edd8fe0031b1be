"""Which events a named rule leaves out."""

from tests.core.bench import Given, ResultOf, SetProject


def test_a_record_without_activity_links_but_is_no_event(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            identifiers           | activity | occurred_at
            cookie=1              | view     | 2024-05-01 09:00
            cookie=1, email=a     |          | 2024-05-01 09:01
            email=a               | view     | 2024-05-01 09:02
        """,
    )
    assert result_of("dim_customers", "events", "identifiers") == [(2, 2)]
    assert result_of("meta_balances", "rule", "events") == [
        ("accepted", 3),
        ("identity_only", 1),
        ("in_journeys", 2),
    ]


def test_an_event_without_identifier_is_left_out_and_counted(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            identifiers | activity | occurred_at
            cookie=1    | view     | 2024-05-01 09:00
                        | view     | 2024-05-01 09:01
        """,
    )
    assert result_of("meta_balances", "rule", "events") == [
        ("accepted", 2),
        ("in_journeys", 1),
        ("no_identifier", 1),
    ]


def test_a_filter_leaves_events_out_by_its_name(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        '[filters.internal]\nattribute = "ip"\nprefix = "10."\n'
        '[filters.bots]\nattribute = "agent"\nequals = ["bot", "crawler"]'
    )
    given(
        stg_events="""
            customer | activity | ip       | agent   | occurred_at
            ann      | view     | 10.0.0.1 |         | 2024-05-01 09:00
            ann      | view     | 10.0.0.1 | bot     | 2024-05-01 09:01
            ann      | view     | 100.0.0. | crawler | 2024-05-01 09:02
            ann      | view     | 110.0.0. | human   | 2024-05-01 09:03
            ann      | view     |          |         | 2024-05-01 09:04
            ann      | view     | 10.0.0.1 |         | 2024-07-02 09:00
        """,
    )
    # Each event is left out once: by the watermark, else the first rule by name.
    assert result_of("meta_balances", "rule", "events") == [
        ("accepted", 6),
        ("after_as_of", 1),
        ("bots", 2),
        ("in_journeys", 2),
        ("internal", 1),
    ]
