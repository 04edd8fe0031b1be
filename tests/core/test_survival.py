"""How long things take, where some are not over yet."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from journeymine.estimation.attempts import OPEN
from journeymine.estimation.curves import (
    AT_THE_END,
    Cells,
    Ends,
    Points,
    incidence_curves,
    one_cell,
)

IN_THE_END = Points(np.array([AT_THE_END]), np.array([], np.float64))


def cumulative_incidences(
    durations: NDArray[np.int64], causes: NDArray[np.str_], counts: NDArray[np.int64]
) -> dict[str, float]:
    """Return the incidence of each cause in the end, and what stays open."""
    each, kinds = np.repeat(durations, counts), np.repeat(causes, counts)
    found = {}
    for cause in (OPEN, *np.unique(kinds[kinds != OPEN])):
        asked = kinds != OPEN if cause == OPEN else kinds == cause
        codes = np.where(asked, 1, np.where(kinds == OPEN, 0, 2))
        curves = incidence_curves(*one_cell(each, codes), IN_THE_END)
        value = float(curves.incidence[0, 0])
        found[str(cause)] = 1 - value if cause == OPEN else value
    return found


def incidences(*ends: tuple[int, str]) -> dict[str, float]:
    durations = np.array([end[0] for end in ends], dtype=np.int64)
    causes = np.array([end[1] for end in ends], dtype=np.str_)
    return cumulative_incidences(durations, causes, np.ones(len(ends), dtype=np.int64))


def random_ends(
    seed: int, causes: list[str]
) -> tuple[NDArray[np.int64], NDArray[np.str_], NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 60))
    return (
        rng.integers(0, 12, size),
        np.array(causes, dtype=np.str_)[rng.integers(0, len(causes), size)],
        rng.integers(1, 4, size),
    )


def test_without_censoring_an_incidence_is_a_share() -> None:
    found = incidences((1, "goal"), (2, "error"), (3, "goal"), (3, "silence"))
    assert found == pytest.approx(
        {"goal": 0.5, "error": 0.25, "silence": 0.25, OPEN: 0.0}
    )


def test_what_is_censored_early_counts_as_those_that_stay() -> None:
    # After the censored one, two are left, and each stands for three eighths.
    found = incidences((1, "goal"), (2, OPEN), (3, "goal"), (4, "error"))
    assert found == pytest.approx({"goal": 0.625, "error": 0.375, OPEN: 0.0})


def test_an_end_comes_before_a_censoring_at_the_same_time() -> None:
    assert incidences((1, OPEN), (1, "goal"))["goal"] == pytest.approx(0.5)


def test_what_is_not_over_stays_open() -> None:
    assert incidences((1, OPEN), (2, OPEN)) == {OPEN: 1.0}


@pytest.mark.parametrize("seed", range(40))
def test_with_one_cause_it_is_kaplan_and_meiers_estimate(seed: int) -> None:
    durations, causes, counts = random_ends(seed, [OPEN, "goal", "goal"])
    found = cumulative_incidences(durations, causes, counts)
    each, kinds = np.repeat(durations, counts), np.repeat(causes, counts)
    if not (kinds == "goal").any():
        return
    sample = stats.CensoredData(
        uncensored=each[kinds == "goal"].astype(float),
        right=each[kinds == OPEN].astype(float),
    )
    curve = stats.ecdf(sample)
    assert found["goal"] == pytest.approx(curve.cdf.probabilities[-1], abs=1e-9)
    assert found[OPEN] == pytest.approx(curve.sf.probabilities[-1], abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
def test_causes_and_survival_sum_to_one(seed: int) -> None:
    found = cumulative_incidences(*random_ends(seed, [OPEN, "goal", "error", "exit"]))
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-12)
    assert all(0.0 <= value <= 1.0 for value in found.values())


@pytest.mark.parametrize("seed", range(40))
def test_it_is_the_sum_over_times_of_survival_before_times_hazard(seed: int) -> None:
    durations, causes, counts = random_ends(seed, [OPEN, "goal", "error"])
    each, kinds = np.repeat(durations, counts), np.repeat(causes, counts)
    total = 0.0
    for time in np.unique(each):
        survival = np.prod(
            [
                1 - ((each == t) & (kinds != OPEN)).sum() / (each >= t).sum()
                for t in np.unique(each[each < time])
            ]
        )
        hazard = ((each == time) & (kinds == "goal")).sum() / (each >= time).sum()
        total += float(survival * hazard)
    found = cumulative_incidences(durations, causes, counts)
    assert found.get("goal", 0.0) == pytest.approx(total, abs=1e-12)


def test_the_order_of_rows_does_not_matter() -> None:
    durations, causes, counts = random_ends(3, [OPEN, "goal", "error"])
    order = np.random.default_rng(1).permutation(len(durations))
    assert cumulative_incidences(
        durations[order], causes[order], counts[order]
    ) == pytest.approx(cumulative_incidences(durations, causes, counts))


def test_intervals_hold_where_customers_try_several_times() -> None:
    # A thousand simulations, each with a hundred customers who try one to six times,
    # each with a chance of its own; one attempt in five is still open.
    rng, times, customers = np.random.default_rng(1), 1000, 100
    tries = rng.integers(1, 7, (times, customers))
    chance = np.repeat(rng.beta(2, 2, tries.shape), tries.ravel())
    is_converted = rng.random(len(chance)) < chance
    until = np.where(is_converted, rng.integers(1, 1000, len(chance)), 1000)
    seen = rng.integers(200, 3000, len(chance))
    order = np.argsort(np.minimum(until, seen), kind="stable")
    causes = np.where(until <= seen, np.where(is_converted, 1, 2), 0).astype(np.int8)
    ends = Ends(
        np.minimum(until, seen)[order],
        causes[order],
        np.repeat(np.arange(times * customers), tries.ravel())[order],
        np.repeat(np.arange(times), tries.sum(1))[order],
    )
    cells = Cells(np.arange(times + 1), np.arange(times), times)
    low, high = incidence_curves(ends, cells, IN_THE_END).interval()
    assert 0.93 <= np.mean((low <= 0.5) & (high >= 0.5)) <= 0.97
    # As if each attempt had a customer of its own, the intervals would be too narrow.
    apart = ends._replace(customers=np.arange(len(order)))
    low, high = incidence_curves(apart, cells, IN_THE_END).interval()
    assert np.mean((low <= 0.5) & (high >= 0.5)) < 0.91
