"""What is done again in a journey, and what time it takes."""

from tests.core.bench import WHOLE, Given, ResultOf, SetProject

FIGURES = "kind, activity, other_activity, occurrences, journeys, total_seconds"
PROJECT = '[journey]\ngoal = ["order"]\n'


def test_an_activity_again_is_a_self_loop_or_a_return(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | view     | 2024-05-01 09:01
            ann      | cart     | 2024-05-01 09:03
            ann      | view     | 2024-05-01 09:07
        """,
    )
    assert result_of("fct_rework", FIGURES, "mean_seconds", where=WHOLE) == [
        ("return", "view", "view", 1, 1, 360, 360),
        ("return_from", "view", "cart", 1, 1, 360, 360),
        ("rework", "view", "view", 2, 1, 420, 210),
        ("self_loop", "view", "view", 1, 1, 60, 60),
    ]


def test_a_ping_pong_is_one_run_however_long_and_needs_four_steps(
    given: Given, result_of: ResultOf
) -> None:
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | cart     | 2024-05-01 09:01
            ann      | view     | 2024-05-01 09:02
            ann      | cart     | 2024-05-01 09:03
            ann      | view     | 2024-05-01 09:05
            bob      | view     | 2024-05-01 09:00
            bob      | cart     | 2024-05-01 09:01
            bob      | view     | 2024-05-01 09:02
        """,
    )
    assert result_of(
        "fct_rework", FIGURES, where=f"{WHOLE} and kind = 'ping_pong'"
    ) == [("ping_pong", "view", "cart", 1, 1, 300)]


def test_runs_that_share_a_step_are_two_ping_pongs(
    given: Given, result_of: ResultOf
) -> None:
    names = ["view", "cart", "view", "cart", "help", "cart", "help"]
    given(
        stg_events={
            "customer": ["ann"] * 7,
            "activity": names,
            "occurred_at": [f"2024-05-01 09:0{minute}" for minute in range(7)],
        },
    )
    assert result_of(
        "fct_rework", FIGURES, where=f"{WHOLE} and kind = 'ping_pong'"
    ) == [
        ("ping_pong", "cart", "help", 1, 1, 180),
        ("ping_pong", "view", "cart", 1, 1, 180),
    ]


def test_noise_and_repeats_that_the_project_leaves_out_are_no_rework(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT + 'noise = ["ping"]\ncollapse = ["view"]')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | ping     | 2024-05-01 09:01
            ann      | view     | 2024-05-01 09:02
            ann      | ping     | 2024-05-01 09:03
            ann      | order    | 2024-05-01 09:04
        """,
    )
    assert result_of("fct_rework", FIGURES) == []


def test_another_journey_of_the_customer_is_no_rework_and_counts_the_customer_once(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(PROJECT)
    given(
        stg_events="""
            customer | activity | device  | occurred_at
            ann      | view     | mobile  | 2024-05-01 09:00
            ann      | view     | mobile  | 2024-05-01 09:01
            ann      | order    | mobile  | 2024-05-01 09:02
            ann      | view     | desktop | 2024-05-01 09:03
            ann      | view     | desktop | 2024-05-01 09:04
            ann      | order    | desktop | 2024-05-01 09:05
        """,
    )
    assert result_of(
        "fct_rework",
        "segment_value, activity, occurrences, journeys, customers",
        where="kind = 'rework' and persona = 'all' and segment in ('all', 'device')",
    ) == [
        ("all", "view", 2, 2, 1),
        ("desktop", "view", 1, 1, 1),
        ("mobile", "view", 1, 1, 1),
    ]
