"""The absorbing chain of journeys, against power iteration, simulation and counting."""

import random
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest

from journeymine.pain_points.chain import (
    CONVERTED,
    START,
    absorbed,
    chain_of,
    conversion,
    with_leaving,
)
from journeymine.pain_points.changes import changed, flow
from journeymine.pain_points.gains import Gains

CHAINS = 10_000
STATES, ENDS = 5, 3
SMALL = [
    (START, "view", 10),
    ("view", "cart", 6),
    ("view", "$abandoned", 4),
    ("cart", "order", 3),
    ("cart", "view", 1),
    ("cart", "$abandoned", 2),
    ("order", CONVERTED, 3),
]


FORKED = {
    START: {"view": 0.6, "fork": 0.4},
    "view": {"fork": 0.7, "$abandoned": 0.3},
    "fork": {"good": 0.2, "bad": 0.2, "view": 0.1, "$abandoned": 0.5},
    "good": {CONVERTED: 0.95, "$abandoned": 0.05},
    "bad": {CONVERTED: 0.05, "$abandoned": 0.95},
}
"""What a change at the fork brings depends on which way those kept there go."""


def random_chances(seed: int) -> np.ndarray:
    """Return chances of many chains: some moves never happen, an end always may."""
    rng = np.random.default_rng(seed)
    drawn = rng.exponential(size=(CHAINS, STATES, STATES + ENDS))
    drawn[..., :STATES] *= rng.random((CHAINS, STATES, STATES)) < 0.6
    return np.asarray(drawn / drawn.sum(axis=-1, keepdims=True))


def random_paths(seed: int, journeys: int = 400) -> list[list[str]]:
    """Return paths of journeys over a few activities, from the start to an end."""
    rng = random.Random(seed)
    paths = []
    for _ in range(journeys):
        path = [START, rng.choice("ab")]
        while path[-1] in "abc" and rng.random() < 0.7:
            path.append(rng.choice("abc"))
        likely = 0.7 if path[-1] == "c" else 0.2
        paths.append([*path, CONVERTED if rng.random() < likely else "$abandoned"])
    return paths


def moves_of(paths: list[list[str]]) -> list[tuple[str, str, int]]:
    counts = Counter(pair for path in paths for pair in pairwise(path))
    return [(source, target, times) for (source, target), times in counts.items()]


def moves_of_each(
    paths: list[tuple[str, ...]], times: Iterable[int]
) -> list[tuple[str, str, int]]:
    """Return the moves of paths that were taken so often each."""
    counts: Counter[tuple[str, str]] = Counter()
    for path, often in zip(paths, times, strict=True):
        for pair in pairwise(path):
            counts[pair] += often
    return [(*pair, often) for pair, often in counts.items() if often]


def test_the_closed_form_is_what_power_iteration_comes_to():
    chances = random_chances(1)
    moved = np.concatenate(
        [chances, np.eye(STATES + ENDS)[None, STATES:].repeat(CHAINS, axis=0)], axis=1
    )
    for _ in range(12):  # 2 to the power of 12 steps
        moved = moved @ moved
    found = absorbed(chances)
    assert np.abs(found - moved[:, :STATES, STATES:]).max() < 1e-9
    assert np.abs(found.sum(axis=-1) - 1).max() < 1e-9


def test_a_simulation_ends_as_the_closed_form_says():
    chances = random_chances(2)
    found = absorbed(chances)[:, 0, 0]
    rng = np.random.default_rng(3)
    sums = chances.cumsum(axis=-1)
    at, each = np.zeros(CHAINS, np.int64), np.arange(CHAINS)
    while (inner := at < STATES).any():
        drawn = rng.random((inner.sum(), 1)) > sums[each[inner], at[inner]]
        at[inner] = np.minimum(drawn.sum(axis=1), STATES + ENDS - 1)
    error = np.sqrt((found * (1 - found)).sum())
    assert abs((at == STATES).sum() - found.sum()) < 4 * error


@pytest.mark.parametrize("seed", range(5))
def test_the_chain_converts_as_often_as_the_journeys_did(seed):
    paths = random_paths(seed)
    chain = chain_of(moves_of(paths))
    converted = sum(path[-1] == CONVERTED for path in paths)
    share = conversion(chain)[chain.place(START)]
    assert share == pytest.approx(converted / len(paths), abs=1e-12)
    visits = flow(chain, chain.chances).visits * len(paths)
    for state in chain.states:
        times = sum(path.count(state) for path in paths)
        assert visits[chain.place(state)] == pytest.approx(times, abs=1e-9)


def test_another_rate_of_leaving_keeps_the_proportions_of_all_else():
    chain = chain_of(SMALL)
    row = with_leaving(chain, "cart", 0.6)[chain.place("cart")]
    assert row[chain.place("$abandoned")] == pytest.approx(0.6)
    assert row[chain.place("order")] == pytest.approx(0.3)
    assert row[chain.place("view")] == pytest.approx(0.1)


def test_a_change_brings_what_the_changed_chain_converts_more():
    # Of 10 at the view, 3 convert. If nobody left the cart, 0.6 * 0.75 / (1 - 0.15).
    change = changed(chain_of(SMALL), "cart", 0.0)
    assert change is not None
    assert change.conversions == pytest.approx(10 * 0.3 / 0.9)
    assert change.uplift == pytest.approx(10 * (0.45 / 0.85 - 0.3 / 0.9))
    assert change.low < change.uplift < change.high


def test_the_same_rate_brings_nothing_for_sure():
    change = changed(chain_of(SMALL), "cart", 2 / 6)
    assert change is not None
    assert change.uplift == pytest.approx(0, abs=1e-9)


def test_nobody_knows_where_to_go_on_where_nobody_did():
    assert changed(chain_of([(START, "a", 2), ("a", CONVERTED, 2)]), "a", 0.5) is None
    stuck = [(START, "a", 1), (START, "b", 1), ("a", "$abandoned", 1)]
    assert changed(chain_of([*stuck, ("b", CONVERTED, 1)]), "a", 0.5) is None


def test_who_never_leaves_a_ring_never_arrives_anywhere():
    ring = [(START, "a", 4), ("a", "a", 2), ("a", "$abandoned", 4)]
    goal = [(START, "b", 1), ("b", CONVERTED, 1)]
    assert changed(chain_of([*ring, *goal]), "a", 0.0) is None
    pair = [(START, "a", 4), ("a", "c", 4), ("c", "a", 1), ("c", "$abandoned", 3)]
    assert changed(chain_of([*pair, *goal]), "c", 0.0) is None
    assert changed(chain_of([*pair, *goal]), "c", 0.5) is not None


def test_the_interval_of_a_change_is_that_of_journeys_drawn_again():
    paths = random_paths(11, 1500)
    found = changed(chain_of(moves_of(paths)), "b", 0.5)
    rng = random.Random(5)
    drawn = [
        changed(chain_of(moves_of(rng.choices(paths, k=len(paths)))), "b", 0.5)
        for _ in range(200)
    ]
    spread = np.std([one.uplift for one in drawn if one])
    assert found is not None
    half = (found.high - found.low) / 2
    assert half == pytest.approx(1.96 * spread, rel=0.2)


@pytest.mark.parametrize("rate", [0.0, 0.3, 0.8])
def test_the_interval_knows_how_unsure_the_ways_of_those_kept_are(rate):
    rng = random.Random(6)
    paths: Counter[tuple[str, ...]] = Counter()
    for _ in range(3000):
        path = [START]
        while chances := FORKED.get(path[-1]):
            path += rng.choices([*chances], [*chances.values()])
        paths[tuple(path)] += 1
    shares = np.array([*paths.values()]) / paths.total()
    found = changed(chain_of(moves_of_each([*paths], paths.values())), "fork", rate)
    drawn = [
        changed(chain_of(moves_of_each([*paths], times)), "fork", rate)
        for times in np.random.default_rng(7).multinomial(3000, shares, 1200).tolist()
    ]
    assert found is not None
    spread = np.std([one.uplift for one in drawn if one])
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * spread, rel=0.07)


def test_what_is_gained_at_a_place_is_what_all_others_there_do():
    gains = Gains(chain_of(SMALL))
    view, cart = 0.3 / 0.9, (0.5 + 0.3 / 0.9 / 6)
    assert gains.of("leave", "view") == pytest.approx(cart)
    assert gains.of("follow", "cart", "view") == pytest.approx(3 / 5 - view)
    assert np.isnan(gains.of("again", "cart"))
