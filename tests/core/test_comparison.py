"""Whether two shares differ, and by how much of it chance accounts."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from journeymine.comparison import q_values, two_proportions
from journeymine.warehouse import connect


def p_value(k: int, n: int, other_k: int, other_n: int) -> float:
    found = two_proportions(
        *(np.array([value], dtype=float) for value in (k, n, other_k, other_n))
    )
    return float(found[0])


@pytest.mark.parametrize(
    ("k", "n", "other_k", "other_n"),
    [(10, 100, 20, 100), (1, 10, 90, 100), (300, 1000, 280, 900)],
)
def test_two_shares_are_compared_by_the_pooled_z_test(
    k: int, n: int, other_k: int, other_n: int
) -> None:
    pooled = (k + other_k) / (n + other_n)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    z = abs(k / n - other_k / other_n) / spread
    expected = 2 * (1 - NormalDist().cdf(z))
    assert p_value(k, n, other_k, other_n) == pytest.approx(expected, abs=1e-12)
    # The same as Pearson's chi-square of the two-by-two table.
    table = [[k, n - k], [other_k, other_n - other_k]]
    assert p_value(k, n, other_k, other_n) == pytest.approx(
        stats.chi2_contingency(table, correction=False).pvalue
    )


def test_equal_shares_without_spread_do_not_differ() -> None:
    assert p_value(0, 10, 0, 20) == 1.0
    assert p_value(10, 10, 20, 20) == 1.0


def test_an_empty_group_can_not_be_compared() -> None:
    assert math.isnan(p_value(0, 0, 5, 10))
    assert math.isnan(p_value(5, 10, 0, 0))


@pytest.mark.parametrize("seed", range(20))
def test_q_values_are_benjamini_and_hochbergs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p: NDArray[np.float64] = np.round(rng.random(rng.integers(1, 50)) ** 2, 2)
    assert q_values(p) == pytest.approx(stats.false_discovery_control(p), abs=1e-12)


def test_unknown_p_values_stay_unknown_and_do_not_count() -> None:
    q = q_values(np.array([0.01, np.nan, 0.5]))
    assert q[[0, 2]] == pytest.approx([0.02, 0.5])
    assert math.isnan(q[1])


@pytest.mark.parametrize(("k", "n"), [(0, 5), (5, 5), (3, 10), (480, 1000)])
def test_an_interval_is_wilsons(k: int, n: int) -> None:
    found = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
    with connect(":memory:") as con:
        low, high = con.execute(
            "select wilson_low($k, $n), wilson_high($k, $n)", {"k": k, "n": n}
        ).fetchall()[0]
    assert (low, high) == pytest.approx((found.low, found.high), abs=1e-6)


def test_nothing_of_nothing_has_no_interval() -> None:
    with connect(":memory:") as con:
        assert con.execute("select wilson_low(0, 0), wilson_high(0, 0)").fetchall() == [
            (None, None)
        ]
