"""Touches: what led to the end of a journey, and from how long ago."""

from itertools import groupby

from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.touch_loop import expected_touches, random_log

PROJECT = """
[journey]
goal = ["order"]
exits = { cancelled = ["cancel"] }
[attribution]
"""
TOUCHES = """
int_touches
inner join int_journeys on int_touches.journey_code = int_journeys.journey_code
inner join int_event_log on int_touches.event_number = int_event_log.event_number
"""
NAMED = ("journey_index", "activity_of.activity", "int_touches.channel")
JOINED = (
    f"{TOUCHES} inner join int_activities as activity_of"
    " on int_event_log.activity_code = activity_of.activity_code"
)
NO_PERSONAS = """
    customer_code | persona
    1             | none
"""
WAY_TO_AN_ORDER = """
    customer | activity | channel | source_system | is_customer | occurred_at
    ann      | advert   | ads     | marketing     | false       | 2024-03-01 10:00
    ann      | view     | web     | web           | true        | 2024-03-02 10:00
    ann      | mail     | email   | marketing     | false       | 2024-03-02 10:05
    ann      | cart     | web     | web           | true        | 2024-03-02 10:10
    ann      | call     | phone   | support       | true        | 2024-03-03 10:00
    ann      | order    | phone   | crm           | true        | 2024-03-03 10:01
    ann      | mail     | email   | marketing     | false       | 2024-03-03 11:00
"""
TWO_ORDERS = """
    customer | activity | channel | source_system | is_customer | occurred_at
    ann      | view     | ads     | web           | true        | 2024-03-01 10:00
    ann      | order    | web     | web           | true        | 2024-03-01 10:05
    ann      | mail     | email   | marketing     | false       | 2024-03-02 10:00
    ann      | view     | web     | web           | true        | 2024-03-03 10:00
    ann      | cancel   | web     | web           | true        | 2024-03-03 10:05
    ann      | view     | app     | web           | true        | 2024-03-03 10:10
    ann      | order    | app     | web           | true        | 2024-03-03 10:15
"""


def test_touches_are_starts_of_sessions_and_marketing_events_before_the_goal(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        int_personas=NO_PERSONAS,
        stg_events=WAY_TO_AN_ORDER,
    )
    assert result_of(JOINED, *NAMED[1:], "int_touches.before_us // 60000000") == [
        ("advert", "ads", 2 * 24 * 60 + 1),
        ("call", "phone", 1),
        ("mail", "email", 24 * 60 - 4),
        ("view", "web", 24 * 60 + 1),
    ]


def test_the_goal_is_no_touch_of_itself(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        int_personas=NO_PERSONAS,
        stg_events="""
            customer | activity | occurred_at
            ann      | order    | 2024-03-01 10:00
        """,
    )
    assert result_of(TOUCHES, "journey_id") == []


def test_a_silence_forgets_nothing_within_the_lookback(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        int_personas=NO_PERSONAS,
        stg_events="""
            customer | activity | channel | occurred_at
            ann      | advert   | ads     | 2024-01-01 09:59
            ann      | search   | social  | 2024-01-02 10:00
            ann      | view     | web     | 2024-04-01 09:00
            ann      | order    | web     | 2024-04-01 10:00
        """,
    )
    # The second of January is 90 days before the order, and 90 days are counted.
    assert result_of(JOINED, *NAMED) == [
        (1, "advert", "ads"),
        (1, "search", "social"),
        (2, "search", "social"),
        (2, "view", "web"),
    ]


def test_after_a_goal_the_customer_starts_afresh_but_not_after_an_exit(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        int_personas=NO_PERSONAS,
        stg_events=TWO_ORDERS,
    )
    # A mail after the goal is aftermath of the first journey, and leads to the third.
    # There the session goes on, on the channel on which it began.
    assert result_of(JOINED, *NAMED) == [
        (1, "view", "ads"),
        (2, "view", "web"),
        (3, "mail", "email"),
        (3, "view", "web"),
        (3, "view", "web"),
    ]


def test_what_the_project_ignores_is_no_touch(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(f'{PROJECT}ignore = ["mail_sent"]')
    given(
        int_personas=NO_PERSONAS,
        stg_events="""
            customer | activity    | channel | source_system | occurred_at
            ann      | mail_sent   | email   | marketing     | 2024-03-01 10:00
            ann      | mail_opened | email   | marketing     | 2024-03-01 10:01
            ann      | order       | web     | web           | 2024-03-01 10:05
        """,
    )
    assert result_of(JOINED, *NAMED) == [(1, "mail_opened", "email")]


def test_a_journey_that_the_source_gives_has_its_own_touches(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        int_personas=NO_PERSONAS,
        stg_events="""
            customer | activity | channel | case_id | occurred_at
            ann      | view     | ads     | one     | 2024-03-01 10:00
            ann      | view     | web     | two     | 2024-03-02 10:00
            ann      | order    | web     | one     | 2024-03-03 10:00
            ann      | order    | web     | two     | 2024-03-04 10:00
        """,
    )
    assert result_of(JOINED, "journey_id", *NAMED[1:]) == [
        ("one", "view", "ads"),
        ("two", "view", "web"),
    ]


def test_touches_equal_a_plain_loop_overrandom_logs(bench: Bench) -> None:
    bench.set_project(PROJECT)
    names = ("customer", "occurred_at", "activity", "channel", "source_system")
    rows = random_log(5)
    drawn = dict(zip(names, zip(*rows, strict=True), strict=True))
    drawn["is_customer"] = tuple(row[2] != "mail" for row in rows)
    bench.given(
        stg_events={name: list(column) for name, column in drawn.items()},
        int_personas={"customer_code": range(1, 401), "persona": ["none"] * 400},
    )
    found = bench.result_of("int_touches", "journey_code, event_number, channel")
    bench.build("int_sessions")
    events = bench.con.execute(
        """
        select int_event_log.customer_code, activity, occurred_at, event_number,
            int_event_log.channel, source_system, journey_code, outcome, is_aftermath,
            session_code
        from int_event_log
        inner join int_event_journey using (event_number)
        inner join int_journeys using (journey_code)
        inner join int_activities using (activity_code)
        left join int_event_session using (event_number)
        order by event_number
        """
    ).fetchall()
    by_customer = [list(one) for _, one in groupby(events, key=lambda row: row[0])]
    expected = [row for one in by_customer for row in expected_touches(one)]
    assert found == sorted(expected)
    assert len(found) > 2000
