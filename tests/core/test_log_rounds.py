"""Models of journeys are run on parts of the event log: the parts change nothing."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from tests.core.bench import Bench, Given, ResultOf

START = datetime(2024, 3, 1, tzinfo=UTC)
EVENTS = 6_000
PROJECT = """
[journey]
goal = ["order"]
exits = { cancelled = ["cancel"] }
inactivity = "2 days"
[journeys.onboarding]
start = ["login"]
goal = ["rate"]
inactivity = "1 day"
"""
IN_ROUNDS = ("int_event_journey", "int_journeys", "int_steps")


def test_a_part_has_whole_customers(bench: Bench) -> None:
    bench.context.parameters["events_per_round"] = 2
    bench.given(
        int_event_log="""
            event_number | owner_code
            1            | 1
            2            | 1
            3            | 1
            4            | 2
            5            | 3
            6            | 4
        """
    )
    assert bench.result_of("int_log_rounds", "first_event", "last_event") == [
        (1, 3),
        (4, 4),
        (5, 6),
    ]


def test_a_log_without_events_has_no_part(given: Given, result_of: ResultOf) -> None:
    given(int_event_log={"event_number": [], "owner_code": []})
    assert result_of("int_log_rounds", "*") == []


@pytest.mark.parametrize("has_cases", [False, True])
def test_parts_of_any_size_give_the_same_journeys(
    has_cases: bool, bench: Bench
) -> None:
    rng = random.Random(1)
    people = [rng.randrange(450) for _ in range(EVENTS)]
    bench.set_project(PROJECT)
    bench.given(
        stg_events={
            "customer": [f"u{one}" for one in people],
            "case_id": [
                f"c{one % 210}" if has_cases and rng.random() < 0.7 else None
                for one in people
            ],
            "activity": [
                rng.choice(["order", "cancel", "login", "rate", "view", "view"])
                for _ in people
            ],
            "occurred_at": [
                START + timedelta(minutes=rng.randrange(30 * 24 * 60)) for _ in people
            ],
            "actor": [rng.choice(["customer", "customer", "company"]) for _ in people],
        }
    )
    whole = tables(bench, EVENTS)
    assert bench.con.execute("from int_log_rounds").fetchall() == [(1, EVENTS)]
    assert all(whole.values())
    assert tables(bench, 50) == whole
    assert bench.con.execute("select count(*) from int_log_rounds").fetchall() > [(99,)]


def tables(bench: Bench, events_per_round: int) -> dict[str, list[object]]:
    """Return the rows of the models that are run in rounds."""
    bench.context.parameters["events_per_round"] = events_per_round
    bench.made = set()
    return {model: [*bench.result_of(model, "*")] for model in IN_ROUNDS}
