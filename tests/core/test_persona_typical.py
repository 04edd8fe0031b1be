"""The typical journey of a persona, against a plain search."""

import random
from functools import cache

import pytest
from tests.core.bench import Bench

from journeymine.personas.typical import MOST_STEPS, medoid


def edits(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Return Levenshtein's distance by its definition."""

    @cache
    def least(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        changed = least(i - 1, j - 1) + (one[i - 1] != other[j - 1])
        return min(least(i - 1, j) + 1, least(i, j - 1) + 1, changed)

    return least(len(one), len(other))


@pytest.mark.parametrize("seed", range(30))
def test_the_medoid_lies_nearest_to_all_journeys(seed: int) -> None:
    rng = random.Random(seed)
    paths = list(
        {
            tuple(rng.randrange(4) for _ in range(rng.randint(1, 9)))
            for _ in range(rng.randint(1, 25))
        }
    )
    journeys = [rng.choice([1, 1, 2, 9]) for _ in paths]

    def mean(path: tuple[int, ...]) -> float:
        return sum(
            weight * edits(path, other) / max(len(path), len(other))
            for other, weight in zip(paths, journeys, strict=True)
        )

    found = medoid([list(path) for path in paths], journeys)
    assert mean(paths[found]) == pytest.approx(min(map(mean, paths)), abs=1e-6)


def test_of_equally_near_journeys_it_is_the_first() -> None:
    assert medoid([[1, 2], [2, 1]], [3, 3]) == 0


def test_a_long_journey_is_compared_by_its_first_steps() -> None:
    same = [7] * MOST_STEPS
    assert medoid([[*same, 1, 2, 3], [*same, 4], [1]], [1, 1, 1]) == 0


def test_the_typical_journey_is_not_the_most_frequent_one(bench: Bench) -> None:
    """Two of five are alike; the other three are near to one that nobody repeats."""
    paths = ["vcp", "vvcp", "vsvcp", "x", "x"]
    names = {"v": "view", "c": "cart", "p": "pay", "s": "search", "x": "ask"}
    rows = [
        (f"c{who}", names[step], f"2024-05-01 09:{minute:02}")
        for who, path in enumerate(paths)
        for minute, step in enumerate(path)
    ]
    columns = zip(
        ("customer", "activity", "occurred_at"), zip(*rows, strict=True), strict=True
    )
    bench.given(stg_events={name: list(values) for name, values in columns})
    ((journey, share, sample, example),) = bench.result_of(
        "dim_personas",
        "typical_journey, typical_share, typical_sample, example_journey_id",
    )
    assert (journey, share, sample) == ("view > view > cart > pay", 0.2, 1.0)
    assert bench.con.execute(
        "select variant from int_journeys"
        " inner join int_journey_paths using (journey_code)"
        f" inner join int_variants using (path) where journey_id = '{example}'"
    ).fetchall() == [(journey,)]


def test_a_journey_that_goes_on_is_not_typical(bench: Bench) -> None:
    bench.given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-30 09:00
            bob      | view     | 2024-06-30 09:00
            cid      | ask      | 2024-01-01 09:00
        """,
    )
    assert bench.result_of("dim_personas", "typical_journey") == [("ask",)]
