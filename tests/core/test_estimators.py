"""How likely something happens in time, against other people's code and plain loops."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from sksurv.nonparametric import cumulative_incidence_competing_risks

from journeymine.estimation.curves import (
    Cells,
    Curves,
    Ends,
    Points,
    incidence_curves,
    one_cell,
)

CENSORED, REACHED, OTHER = 0, 1, 2
LEVELS = np.array([0.5, 0.9])
Ints = NDArray[np.int64]
each_seed = pytest.mark.parametrize("seed", range(25))


def curve(durations: Ints, causes: Ints, times: Ints) -> Curves:
    return incidence_curves(*one_cell(durations, causes), Points(times, LEVELS))


def random_ends(seed: int, causes: tuple[int, ...]) -> tuple[Ints, Ints]:
    """Return few units with many ties; the first three hold each cause once."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(3, 60))
    drawn = rng.choice(causes, size)
    drawn[: len(causes)] = causes
    return rng.integers(0, 12, size), drawn


@each_seed
def test_with_one_cause_it_is_scipys_kaplan_meier(seed: int) -> None:
    durations, causes = random_ends(seed, (CENSORED, REACHED))
    times = np.unique(durations)
    found = curve(durations, causes, times)
    sample = stats.CensoredData(
        uncensored=durations[causes == REACHED].astype(float),
        right=durations[causes == CENSORED].astype(float),
    )
    truth = stats.ecdf(sample)
    expected = truth.cdf.evaluate(times.astype(float))
    np.testing.assert_allclose(found.incidence[0], expected, rtol=0, atol=1e-9)
    is_inside = truth.sf.evaluate(times.astype(float)) > 0  # Greenwood's is 0 / 0
    greenwood = np.array(
        [
            (1 - share) ** 2
            * sum(
                d / (n * (n - d))
                for t in times[times <= time]
                if (d := ((durations == t) & (causes == REACHED)).sum())
                and (n := (durations >= t).sum())
            )
            for time, share in zip(times[is_inside], expected[is_inside], strict=True)
        ]
    )
    np.testing.assert_allclose(
        found.variance[0][is_inside], greenwood, rtol=0, atol=1e-9
    )


@each_seed
def test_with_competing_causes_it_is_scikit_survivals_estimate(seed: int) -> None:
    durations, causes = random_ends(seed, (CENSORED, REACHED, OTHER))
    # The last one is censored: where nobody is left, the other's variance is 0 / 0.
    durations, causes = np.r_[durations, 12], np.r_[causes, CENSORED]
    times, shares, bounds = cumulative_incidence_competing_risks(
        causes, durations.astype(float), conf_type="log-log", var_type="Dinse_Approx"
    )
    found = curve(durations, causes, times.astype(np.int64))
    np.testing.assert_allclose(found.incidence[0], shares[1], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.competing[0], shares[2], rtol=0, atol=1e-9)
    # It publishes no variance but bounds, symmetric for log(-log(F)).
    share, spread = found.incidence[0], np.sqrt(found.variance[0])
    is_known = share > 0
    factor = 1.959963984540054 * spread[is_known] / share[is_known]
    logs = np.log(share[is_known])
    ours = [np.exp(logs * np.exp(sign * factor / logs)) for sign in (-1, 1)]
    np.testing.assert_allclose(
        np.sort(ours, axis=0), np.sort(bounds[1][:, is_known], axis=0), atol=1e-9
    )


@each_seed
def test_the_variance_is_the_sum_over_customers_of_squared_influences(
    seed: int,
) -> None:
    durations, causes = random_ends(seed, (CENSORED, REACHED, OTHER))
    rng = np.random.default_rng(seed)
    customers = rng.integers(0, max(2, len(durations) // 2), len(durations))
    (ends, cells), order = (
        one_cell(durations, causes),
        np.argsort(durations, kind="stable"),
    )
    times = np.unique(durations)
    found = incidence_curves(
        ends._replace(customers=customers[order]), cells, Points(times, LEVELS)
    )
    for place, time in enumerate(times):
        influences: list[float] = [
            sum(
                derivative(durations, causes, int(time), int(unit))
                for unit in np.flatnonzero(customers == customer)
            )
            for customer in np.unique(customers)
        ]
        truth = np.sum(np.square(influences))
        assert found.variance[0, place] == pytest.approx(truth, abs=1e-8)


def derivative(durations: Ints, causes: Ints, time: int, unit: int) -> float:
    """Return how the incidence changes with the weight of a unit."""
    step = 1e-5
    shares = []
    for change in (step, -step):
        weights = np.ones(len(durations))
        weights[unit] += change
        shares.append(weighted_incidence(durations, causes, time, weights))
    return (shares[0] - shares[1]) / (2 * step)


def weighted_incidence(
    durations: Ints, causes: Ints, time: int, weights: NDArray[np.float64]
) -> float:
    share, survival = 0.0, 1.0
    for now in np.unique(durations[durations <= time]):
        at_risk = weights[durations >= now].sum()
        of_cause = [
            weights[(durations == now) & (causes == one)].sum() for one in (1, 2)
        ]
        share += survival * of_cause[0] / at_risk
        survival *= 1 - sum(of_cause) / at_risk
    return share


def test_each_cell_is_estimated_as_if_it_were_alone() -> None:
    rng = np.random.default_rng(5)
    size = 400
    ends = Ends(
        np.sort(rng.integers(0, 40, size)),
        rng.integers(0, 3, size).astype(np.int8),
        rng.integers(0, 150, size),
        rng.integers(0, 4, size),
    )
    held = [[0, 1], [0, 2], [0, 1, 3], [4]]
    cells = Cells(
        np.array([0, 2, 4, 7, 8]), np.array([one for set_ in held for one in set_]), 5
    )
    points = Points(np.array([0, 7, 20, 39]), LEVELS)
    together = incidence_curves(ends, cells, points)
    for cell in range(5):
        is_in = np.array([cell in held[set_] for set_ in ends.sets])
        part = Ends(*(values[is_in] for values in ends))
        alone = incidence_curves(
            part._replace(sets=np.zeros(is_in.sum(), np.int64)),
            Cells(np.array([0, 1]), np.array([0]), 1),
            points,
        )
        for name in Curves.__dataclass_fields__:
            np.testing.assert_array_equal(
                getattr(together, name)[cell], getattr(alone, name)[0], name
            )
