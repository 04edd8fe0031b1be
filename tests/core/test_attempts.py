"""How an attempt, such as a cart, ends."""

from datetime import UTC, datetime

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject

START = datetime(2024, 5, 1, tzinfo=UTC)
CART = """
[abandonment.cart]
intent = ["cart"]
goal = ["order"]
exits = { error = ["fail"] }
timeout = "60 minutes"
recover_within = "2 days"
"""


@pytest.mark.parametrize(
    ("end", "cause"),
    [("order", "converted"), ("fail", "error"), ("view", "silence")],
)
def test_an_attempt_ends_by_goal_exit_or_silence(
    end: str, cause: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 08:30
            ann      | cart     | 2024-05-01 09:00
            ann      | cart     | 2024-05-01 09:10
            ann      | {end}    | 2024-05-01 09:20
        """,
    )
    minutes = 80 if cause == "silence" else 20
    assert result_of(
        "int_attempts", "cause", "(settled_us - opened_us) // 60000000 as minutes"
    ) == [(cause, minutes)]


@pytest.mark.parametrize(
    ("later", "causes"),
    [("09:59:59", ["converted"]), ("10:00:00", ["silence"])],
)
def test_silence_ends_an_attempt_once_it_is_as_long_as_the_timeout(
    later: str,
    causes: list[str],
    project: SetProject,
    given: Given,
    result_of: ResultOf,
) -> None:
    project(CART)
    given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | order    | 2024-05-01 {later}
        """,
    )
    assert [cause for (cause,) in result_of("int_attempts", "cause")] == causes


def test_what_the_company_does_keeps_no_attempt_alive(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | cart     | 2024-05-01 09:00 | true
            ann      | mail     | 2024-05-01 09:50 | false
            ann      | order    | 2024-05-01 10:10 | true
            bob      | cart     | 2024-05-01 09:00 | false
            bob      | order    | 2024-05-01 09:10 | true
        """,
    )
    assert result_of("int_attempts", "cause", "is_recovered_converted") == [
        ("silence", True)
    ]


@pytest.mark.parametrize(
    ("opened", "cause"), [("23:00:00", "silence"), ("23:00:01", "in_progress")]
)
def test_silence_is_known_only_once_it_has_passed_at_the_watermark(
    opened: str, cause: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | cart     | 2024-06-30 {opened}
        """,
    )
    assert result_of("int_attempts", "cause") == [(cause,)]


@pytest.mark.parametrize(
    ("back", "what", "recovered", "converted"),
    [
        ("2024-05-03 09:00", "cart", True, False),
        ("2024-05-03 09:00", "order", True, True),
        ("2024-05-03 09:01", "order", False, False),
        ("2024-05-02 09:00", "view", False, False),
    ],
)
def test_an_abandoned_attempt_is_recovered_by_an_intent_or_goal_in_time(
    back: str,
    what: str,
    recovered: bool,
    converted: bool,
    bench: Bench,
) -> None:
    bench.set_project(CART)
    bench.given(
        stg_events=f"""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | {what}   | {back}
        """,
    )
    assert bench.result_of(
        "int_attempts",
        "is_recovered",
        "is_recovered_converted",
        where="opened_us = epoch_us(timestamptz '2024-05-01 09:00')",
    ) == [(recovered, converted)]


def test_a_goal_after_a_later_attempt_that_failed_is_no_recovery(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-05-01 09:00
            ann      | cart     | 2024-05-02 09:00
            ann      | order    | 2024-06-02 09:00
        """,
    )
    assert result_of(
        "int_attempts", "opened_event", "is_recovered", "is_recovered_converted"
    ) == [(1, True, False), (2, False, False)]


def test_a_recovery_is_unknown_until_its_time_has_passed(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | cart     | 2024-06-29 00:00
            bob      | cart     | 2024-06-29 00:01
            cid      | cart     | 2024-06-29 00:01
            cid      | order    | 2024-06-29 09:00
        """,
    )
    # cid is back already; but to count who is back sooner than who stays away would
    # make the rate too high.
    assert result_of("int_attempts", "cause", "is_recovered") == [
        ("silence", False),
        ("silence", None),
        ("silence", None),
    ]


def test_an_intent_at_the_moment_of_an_exit_but_after_it_recovers(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(CART)
    given(
        stg_events="""
            customer | activity | occurred_at      | source_order
            ann      | cart     | 2024-05-01 09:00 | 1
            ann      | fail     | 2024-05-01 09:10 | 2
            ann      | cart     | 2024-05-01 09:10 | 3
            ann      | order    | 2024-05-01 09:20 | 4
        """,
    )
    assert result_of("int_attempts", "cause", "is_recovered_converted") == [
        ("converted", None),
        ("error", True),
    ]
