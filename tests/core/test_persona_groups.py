"""How many groups there are, against chance."""

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score
from tests.core.planted import fitted, noise, tastes

from journeymine.personas.groups import assigned, find_groups
from journeymine.personas.scaling import vectors_of


def planted(*sizes: int, spread: float = 0.02) -> tuple[NDArray[np.float64], list[int]]:
    """Return vectors around one corner per group, shuffled, and the group of each."""
    rng = np.random.default_rng(1)
    groups = rng.permutation([n for n, size in enumerate(sizes) for _ in range(size)])
    noises = rng.normal(0, spread, (len(groups), len(sizes)))
    return np.eye(len(sizes))[groups] + noises, groups.tolist()


def blob(number: int) -> NDArray[np.float64]:
    """Return a draw without groups."""
    return np.random.default_rng(number).normal(size=(200, 3))


@pytest.mark.parametrize("sizes", [(40, 40), (30, 90, 60), (50, 50, 50, 50, 50)])
def test_planted_groups_are_found(sizes: tuple[int, ...]) -> None:
    vectors, groups = planted(*sizes)
    found = find_groups(vectors, blob)
    assert len(found.centroids) == len(sizes)
    assert adjusted_rand_score(groups, assigned(vectors, found.centroids)) == 1


def test_a_number_of_groups_can_be_set() -> None:
    vectors, _ = planted(40, 40, 40)
    assert len(find_groups(vectors, blob, count=2).centroids) == 2


def test_groups_that_chance_makes_as_well_are_none() -> None:
    vectors, _ = planted(40, 40, 40)
    assert len(find_groups(vectors, lambda number: vectors).centroids) == 0


@pytest.mark.parametrize(
    "vectors",
    [np.empty((0, 0)), np.eye(3), np.ones((200, 4)), planted(20, 20)[0]],
    ids=["nobody", "three", "all alike", "few"],
)
def test_few_or_equal_customers_have_no_structure(vectors: NDArray[np.float64]) -> None:
    assert len(find_groups(vectors, blob).centroids) == 0


@pytest.mark.parametrize("seed", range(10))
def test_noise_has_no_personas(seed: int) -> None:
    model, _ = fitted(noise(seed, 400))
    assert model.personas == []


def test_customers_of_three_tastes_are_three_personas() -> None:
    log, truth = tastes(1, 400)
    model, _ = fitted(log)
    labels = assigned(vectors_of(log.counts, model.scaling), model.centroids)
    assert model.personas == ["p1", "p2", "p3"]
    assert adjusted_rand_score(truth, labels) >= 0.9
