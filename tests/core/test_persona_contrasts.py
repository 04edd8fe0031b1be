"""How sure it is that a persona differs from all others, against scipy and by trial."""

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from journeymine.personas.contrasts import Sums, Values, difference, floats

NONE, ZERO, ONE = np.array([np.nan]), np.zeros(1), np.ones(1)


def sums(x: Values, y: Values) -> Sums:
    """Return the sums over customers, who are the columns."""
    return Sums(
        np.full(len(x), x.shape[1], dtype=np.float64),
        x.sum(1),
        y.sum(1),
        (x * x).sum(1),
        (x * y).sum(1),
        (y * y).sum(1),
    )


def counted(*numbers: float) -> Sums:
    """Return the sums of customers who count once each."""
    y = np.array([numbers], dtype=np.float64)
    return sums(np.ones_like(y), y)


def test_sums_beyond_53_bits_are_numbers_all_the_same() -> None:
    found = pa.table({"y": pa.array([2**53 + 1, None, -(2**60)], pa.int64())})
    np.testing.assert_array_equal(floats(found, "y"), [2.0**53, np.nan, -(2.0**60)])


@pytest.mark.parametrize("seed", range(20))
def test_means_are_compared_by_welchs_test(seed: int) -> None:
    random = np.random.default_rng(seed)
    one = random.gamma(2, 3, random.integers(5, 40))
    other = random.gamma(3, 2, random.integers(5, 40))
    found = difference(counted(*one), counted(*other), NONE, NONE)
    told = stats.ttest_ind(one, other, equal_var=False)
    low, high = told.confidence_interval()
    assert found.p[0] == pytest.approx(told.pvalue, rel=1e-9)
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), rel=1e-9)


def test_shares_of_people_are_compared_as_agresti_and_caffo_do() -> None:
    found = difference(
        counted(*[1] * 3, *[0] * 17), counted(*[1] * 60, *[0] * 40), ZERO, ONE
    )
    one, other = 4 / 22, 61 / 102
    parts = one * (1 - one) / 21, other * (1 - other) / 101
    freedom = sum(parts) ** 2 / (parts[0] ** 2 / 21 + parts[1] ** 2 / 101)
    half = stats.t.ppf(0.975, freedom) * np.sqrt(sum(parts))
    assert found.value[0] == pytest.approx(3 / 20 - 60 / 100)
    assert found.low[0] == pytest.approx(one - other - half)
    assert found.high[0] == pytest.approx(one - other + half)


@pytest.mark.parametrize("seed", range(10))
def test_a_ratio_is_as_unsure_as_its_residuals_per_customer_say(seed: int) -> None:
    """Who does more ends well more often: x and y go together."""
    random = np.random.default_rng(seed)
    sides, variances = [], []
    for size in (30, 50):
        x = (1 + random.poisson(3, size)).astype(np.float64)
        y = np.round(x * random.uniform(0, 1, size) + x**2 / 9)
        sides.append(sums(x[None], y[None]))
        residuals = y - y.sum() / x.sum() * x
        variances.append(size * residuals.var(ddof=1) / x.sum() ** 2)
    found = difference(sides[0], sides[1], NONE, NONE)
    half = (found.high[0] - found.low[0]) / 2
    freedom = sum(variances) ** 2 / (variances[0] ** 2 / 29 + variances[1] ** 2 / 49)
    told = stats.t.ppf(0.975, freedom) * np.sqrt(sum(variances))
    assert half == pytest.approx(told, rel=1e-9)


def test_where_all_are_alike_it_still_is_not_sure() -> None:
    found = difference(counted(*[-1] * 6), counted(*[1, -1] * 50), -ONE, ONE)
    assert found.high[0] - found.low[0] > 0.5
    assert found.p[0] > 0.001


def test_of_four_customers_nothing_is_concluded() -> None:
    found = difference(counted(1, 1, 1, 1), counted(*[0] * 90), ZERO, ONE)
    assert found.value[0] == 1
    assert np.isnan([found.low[0], found.high[0], found.p[0]]).all()


def test_nothing_counted_is_no_share() -> None:
    none = sums(np.zeros((1, 9)), np.zeros((1, 9)))
    found = difference(none, counted(*[0, 1] * 9), ZERO, ONE)
    assert np.isnan([found.value[0], found.low[0], found.p[0]]).all()


def test_customers_whose_events_agree_are_not_taken_for_many() -> None:
    """Ten events of a customer, all alike, say no more than one."""
    once = difference(counted(*[0, 1] * 20), counted(*[0, 0, 0, 1] * 20), ZERO, ONE)
    x = np.full((1, 40), 10.0), np.full((1, 80), 10.0)
    y = np.array([[0, 10] * 20]), np.array([[0, 0, 0, 10] * 20])
    tenfold = difference(sums(x[0], y[0]), sums(x[1], y[1]), ZERO, ONE)
    assert tenfold.p == pytest.approx(once.p)
    assert tenfold.low == pytest.approx(once.low)


@pytest.mark.parametrize("customers", [(12, 200), (40, 40), (300, 900)])
@pytest.mark.parametrize("rates", [(0.05, 0.05), (0.3, 0.5), (0.97, 0.9)])
def test_the_interval_covers_what_is_true(
    customers: tuple[int, int], rates: tuple[float, float]
) -> None:
    """Customers differ in how much they do, and in how often it ends well."""
    random = np.random.default_rng([*customers, int(100 * rates[0])])
    drawn = []
    for size, rate in zip(customers, rates, strict=True):
        x = 1 + random.poisson(3, (4000, size))
        own = random.beta(rate * 5, (1 - rate) * 5, (4000, size))
        drawn.append(sums(x.astype(float), random.binomial(x, own).astype(float)))
    found = difference(drawn[0], drawn[1], np.zeros(4000), np.ones(4000))
    truth = rates[0] - rates[1]
    covered = float(np.mean((found.low <= truth) & (truth <= found.high)))
    # Of few customers near none or all it is wider than it would have to be.
    assert 0.94 <= covered <= (0.97 if min(customers) > 100 else 1)
