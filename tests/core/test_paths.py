"""Transitions, variants and activities against a plain loop over random logs."""

import random
from datetime import UTC, datetime, timedelta

from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

START = datetime(2024, 5, 1, tzinfo=UTC)
PROJECT = """
[journey]
goal = ["order"]
exits = { cancelled = ["cancel"] }
[stages]
interest = ["view"]
retention = ["login"]
"""
BALANCE = """
select segment, sum(events) as rest
from (
    select
        persona, segment, segment_value,
        events - ends - open_ends - aftermath_events as events
    from fct_activities
    union all
    select persona, segment, segment_value, -transitions as events
    from fct_transitions
)
group by persona, segment, segment_value
"""


def test_a_transition_joins_neighbours_of_one_journey(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | order    | 2024-05-01 09:10
            ann      | login    | 2024-05-01 09:15
            ann      | view     | 2024-05-01 09:20
            bob      | view     | 2024-05-01 09:00
            bob      | view     | 2024-05-01 09:02
        """,
    )
    # A goal ends the journey: what follows it is aftermath, or another journey.
    assert result_of(
        "fct_transitions",
        "from_activity, to_activity, transitions, customers, p50_seconds",
        where=WHOLE,
    ) == [("view", "order", 1, 1, 600), ("view", "view", 1, 1, 120)]
    assert result_of(
        "fct_activities",
        "activity, events, aftermath_events, journeys, customers",
        "starts, ends, open_ends",
        where=WHOLE,
    ) == [
        ("login", 1, 1, 1, 1, 0, 0, 0),
        ("order", 1, 0, 1, 1, 0, 1, 0),
        ("view", 4, 0, 3, 2, 3, 2, 0),
    ]
    assert result_of(
        "fct_variants",
        "variant_index, variant, journeys, share, converted, abandoned",
        where=WHOLE + " and variant <> 'view'",
    )[0][1:] in {("view > order", 1, 1 / 3, 1, 0), ("view > view", 1, 1 / 3, 0, 1)}


def test_the_last_activity_of_a_journey_in_progress_is_an_open_end(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-30 09:00
            bob      | view     | 2024-05-01 09:00
        """,
    )
    assert result_of("fct_activities", "ends, open_ends", where=WHOLE) == [(1, 1)]


def test_a_variant_of_many_activities_keeps_their_order(
    given: Given, result_of: ResultOf
) -> None:
    names = [f"a{number % 7}" for number in range(40)]
    given(
        stg_events={
            "customer": ["ann"] * 40,
            "activity": names,
            "occurred_at": [START + timedelta(minutes=n) for n in range(40)],
        }
    )
    assert result_of("fct_variants", "variant", where=WHOLE) == [(" > ".join(names),)]


def test_every_event_is_in_a_transition_an_end_or_the_aftermath(bench: Bench) -> None:
    rng = random.Random(12)
    size = 3_000
    bench.set_project(PROJECT)
    bench.given(
        stg_events={
            "customer": [f"c{rng.randrange(200)}" for _ in range(size)],
            "activity": rng.choices(
                ["view", "login", "order", "cancel", "mail"], k=size
            ),
            "occurred_at": [
                START + timedelta(hours=rng.randrange(24 * 60)) for _ in range(size)
            ],
            "is_customer": [rng.random() < 0.8 for _ in range(size)],
            "device": [rng.choice(["mobile", "desktop", None]) for _ in range(size)],
        }
    )
    bench.build("fct_transitions")
    bench.build("fct_activities")
    balances = bench.con.execute(BALANCE).fetchall()
    assert {segment for segment, _ in balances} == {
        "all",
        "channel",
        "device",
        "outcome",
        "month",
    }
    assert {rest for _, rest in balances} == {0}


def test_a_variant_is_told_from_an_activity_that_is_written_like_it(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | a > b    | 2024-05-01 09:00
            bob      | a        | 2024-05-01 09:00
            bob      | b        | 2024-05-01 09:01
        """,
    )
    assert result_of("fct_variants", "variant, journeys", where=WHOLE) == [
        ("a > b", 1),
        ("a > b", 1),
    ]
