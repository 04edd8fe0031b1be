"""Groups of customers who behave alike."""

import random
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.core.bench import Bench

from journeymine.config import Personas
from journeymine.personas import cluster

START = datetime(2024, 5, 1, tzinfo=UTC)
TASTES = {
    "hunter": {"view_deal": 6, "search": 3, "coupon": 4},
    "reader": {"read_guide": 7, "read_review": 5, "view_home": 1},
    "asker": {"open_chat": 5, "call": 4, "view_help": 4},
}
SIZES = {"hunter": 90, "reader": 60, "asker": 40}


def planted(*sizes: int, spread: float = 0.02) -> tuple[NDArray[np.float64], list[int]]:
    """Return vectors around one corner per group, and the group of each."""
    rng = np.random.default_rng(1)
    groups = [group for group, size in enumerate(sizes) for _ in range(size)]
    vectors = np.eye(len(sizes))[groups] + rng.normal(
        0, spread, (len(groups), len(sizes))
    )
    return vectors, groups


def test_planted_groups_are_found_and_numbered_by_size() -> None:
    vectors, groups = planted(30, 90, 60)
    found = cluster(vectors, Personas())
    assert found.labels is not None
    names = {0: 3, 1: 1, 2: 2}
    assert found.labels.tolist() == [names[group] for group in groups]


def test_of_groups_of_one_size_the_first_met_comes_first() -> None:
    vectors, groups = planted(40, 40)
    found = cluster(vectors, Personas())
    assert found.labels is not None
    assert found.labels.tolist() == [group + 1 for group in groups]


def test_a_number_of_personas_can_be_set() -> None:
    vectors, _ = planted(40, 40, 40)
    found = cluster(vectors, Personas(count=2))
    assert found.labels is not None
    assert set(found.labels.tolist()) == {1, 2}


@pytest.mark.parametrize("seed", range(3))
def test_pure_noise_has_no_structure(seed: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(400, 12))
    assert cluster(vectors, Personas()).labels is None


@pytest.mark.parametrize(
    "vectors",
    [np.empty((0, 0)), np.eye(3), np.ones((200, 4)), planted(20, 20)[0]],
    ids=["nobody", "three", "all alike", "few"],
)
def test_few_or_equal_customers_have_no_structure(vectors: NDArray[np.float64]) -> None:
    assert cluster(vectors, Personas()).labels is None


def test_two_kinds_of_equal_customers_are_two_personas() -> None:
    found = cluster(np.eye(2)[[0] * 40 + [1] * 30], Personas())
    assert found.labels is not None
    assert found.labels.tolist() == [1] * 40 + [2] * 30


def shoppers(rng: random.Random) -> list[tuple[str, str, datetime]]:
    """Return events of customers of three tastes."""
    events = []
    for taste, size in SIZES.items():
        names, weights = zip(*TASTES[taste].items(), strict=True)
        for number in range(size):
            time = START + timedelta(minutes=rng.randrange(40_000))
            for activity in rng.choices(names, weights, k=rng.randint(6, 12)):
                time += timedelta(minutes=rng.randrange(1, 4_000))
                events.append((f"{taste}{number}", activity, time))
    return events


def personas(bench: Bench, events: list[tuple[str, str, datetime]]) -> dict[str, str]:
    """Return the persona of each customer."""
    names = ("customer", "activity", "occurred_at")
    bench.given(
        stg_events=dict(zip(names, map(list, zip(*events, strict=True)), strict=True))
        | {"event_id": [f"{who}-{at}" for who, _, at in events]}
    )
    return {
        str(customer): str(persona)
        for customer, persona in bench.result_of(
            "int_personas inner join int_set_customers"
            " on int_personas.customer_code = int_set_customers.customer_code",
            "split_part(identifiers, '=', 2), persona",
        )
    }


def test_tastes_are_found_from_events_alone(bench: Bench) -> None:
    rng = random.Random(13)
    events = shoppers(rng)
    found = personas(bench, events)
    by_persona = defaultdict[str, Counter[str]](Counter)
    for customer, persona in found.items():
        by_persona[persona][customer.rstrip("0123456789")] += 1
    assert by_persona == {
        "p1": {"hunter": 90},
        "p2": {"reader": 60},
        "p3": {"asker": 40},
    }
    assert bench.result_of("dim_personas", "persona, customers, has_structure") == [
        ("p1", 90, True),
        ("p2", 60, True),
        ("p3", 40, True),
    ]
    assert personas(bench, rng.sample(events, len(events))) == found


def test_nothing_of_the_goal_and_after_it_makes_a_persona(bench: Bench) -> None:
    bench.set_project('[journey]\ngoal = ["order"]')
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-05-01 09:00 | true
            ann      | mail     | 2024-05-01 09:01 | false
            ann      | order    | 2024-05-01 09:02 | true
            ann      | login    | 2024-05-01 09:03 | true
            bob      | view     | 2024-05-01 09:00 | true
            bob      | view     | 2024-05-31 08:59 | true
            bob      | late     | 2024-05-31 09:00 | true
        """,
    )
    assert bench.result_of(
        "int_customer_features", "feature, count_value", where="family = 'activity'"
    ) == [("view", 1), ("view", 2)]


def test_without_structure_all_customers_are_none(bench: Bench) -> None:
    assert set(personas(bench, shoppers(random.Random(1))[:60]).values()) == {"none"}
    assert bench.result_of("dim_personas", "persona, share, has_structure") == [
        ("none", 1.0, False)
    ]
