"""How many groups there are, against chance."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score
from tests.core.noises import NOISES, noise_log
from tests.core.planted import fitted, noise, tastes

from journeymine.personas.groups import Judged, _chosen, find_groups
from journeymine.personas.kmeans import assigned
from journeymine.personas.scaling import vectors_of
from journeymine.personas.threads import on_one_thread


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Fit as a run does: many threads on few customers wait for one another."""
    with on_one_thread():
        yield


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


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", NOISES)
def test_noise_of_another_kind_has_no_personas_either(name: str, seed: int) -> None:
    model, _ = fitted(noise_log(NOISES[name], seed, 400))
    assert model.personas == []


@pytest.mark.parametrize(
    ("excesses", "former", "chosen"),
    [
        ({3: 0.20, 4: 0.30, 5: 0.32}, 0, 4),  # about as good, and fewer
        ({3: 0.20, 4: 0.30, 5: 0.34}, 0, 5),
        ({3: 0.20, 4: 0.30, 5: 0.32}, 5, 5),  # as it was
        ({3: 0.20, 4: 0.30, 5: 0.32}, 3, 4),
    ],
)
def test_of_nearly_equal_numbers_the_former_stays_else_the_least_is_taken(
    excesses: dict[int, float], former: int, chosen: int
) -> None:
    judged = [Judged(count, 1, 0.5, excess) for count, excess in excesses.items()]
    assert _chosen(judged, former).count == chosen


@pytest.mark.parametrize("seed", [8, 22, 35])
def test_the_best_of_many_starts_is_found(seed: int) -> None:
    """Four starts end in groups of device and daypart here, not of taste."""
    assert len(fitted(tastes(seed, 400)[0])[0].personas) == 3


def test_customers_of_three_tastes_are_three_personas() -> None:
    log, truth = tastes(1, 400)
    model, _ = fitted(log)
    labels = assigned(vectors_of(log.counts, model.scaling), model.centroids)
    assert model.personas == ["p1", "p2", "p3"]
    assert adjusted_rand_score(truth, labels) >= 0.9
