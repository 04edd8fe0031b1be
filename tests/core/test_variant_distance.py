"""How far the variants of two sides are apart, against plain ways to say it."""

import random
from collections import Counter
from itertools import permutations

import pytest
from tests.core.bench import Given, ResultOf, SetProject

from journeymine.comparing.distances import (
    Variants,
    earth_movers_distance,
    ground_distances,
)


def edits(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    return min(
        edits(one[1:], other) + 1,
        edits(one, other[1:]) + 1,
        edits(one[1:], other[1:]) + (one[0] != other[0]),
    )


def variants(words: dict[str, int]) -> Variants:
    return Variants([[ord(one) for one in word] for word in words], [*words.values()])


def word(rng: random.Random, most: int) -> str:
    return "".join(rng.choice("abc") for _ in range(rng.randint(1, most)))


def test_the_distance_of_two_variants_is_the_share_of_steps_to_edit() -> None:
    rng = random.Random(1)
    words = [word(rng, 6) for _ in range(12)]
    found = ground_distances(*[[[ord(one) for one in word] for word in words]] * 2)
    for row, one in enumerate(words):
        for column, other in enumerate(words):
            told = edits(one, other) / max(len(one), len(other))
            assert found[row, column] == pytest.approx(told)


def test_the_earth_movers_distance_is_the_best_of_all_pairings() -> None:
    # Of as many journeys on both sides, each goes to one other.
    rng = random.Random(2)
    for _ in range(20):
        a, b = ([word(rng, 4) for _ in range(5)] for _ in range(2))
        best = min(
            sum(
                edits(one, other) / max(len(one), len(other))
                for one, other in zip(a, order, strict=True)
            )
            for order in permutations(b)
        )
        found = earth_movers_distance(variants(Counter(a)), variants(Counter(b)))
        assert found == pytest.approx(best / 5, abs=1e-8)


def test_the_earth_movers_distance_is_that_of_pm4py() -> None:
    emd = pytest.importorskip("pm4py.algo.evaluation.earth_mover_distance.algorithm")
    rng = random.Random(3)
    for _ in range(10):
        a, b = (Counter(word(rng, 5) for _ in range(40)) for _ in range(2))
        told = [
            {tuple(word): n / sum(counts.values()) for word, n in counts.items()}
            for counts in (a, b)
        ]
        found = earth_movers_distance(variants(a), variants(b))
        assert found == pytest.approx(emd.apply(*told), abs=1e-6)


def test_equal_variants_are_at_no_distance_and_strangers_at_one() -> None:
    ours = variants({"ab": 1, "abc": 3})
    assert earth_movers_distance(ours, variants({"abc": 6, "ab": 2})) == 0
    assert earth_movers_distance(ours, variants({"xy": 1, "z": 1})) == 1


def test_the_distance_of_two_sides_says_what_it_covers(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        """
        [project]
        name = "Test"
        as_of = 2024-07-01T00:00:00Z
        segments = ["device"]
        [comparisons.c]
        segment = "device"
        a = "mobile"
        b = "desktop"
        [comparisons.none]
        segment = "device"
        a = "tablet"
        """
    )
    given(
        stg_events="""
            customer | activity | occurred_at      | device
            ann      | view     | 2024-05-01 09:00 | mobile
            ann      | cart     | 2024-05-01 09:10 | mobile
            bob      | view     | 2024-05-01 09:00 | desktop
            cem      | view     | 2024-05-01 09:00 | desktop
            cem      | cart     | 2024-05-01 09:10 | desktop
        """,
    )
    # Half of the desktop's journeys lack one step of two.
    assert result_of(
        "fct_comparison_totals", "earth_movers_distance, coverage_a, coverage_b"
    ) == [(0.25, 1, 1), (None, None, 1)]
