"""Changes from period to period: none is found where nothing changes, and one is."""

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.core.bench import Bench
from tests.core.visiting import PROJECT, visits

from journeymine.comparing.differences import Crossed
from journeymine.kpis.changes import Change, changes
from journeymine.personas.contrasts import Sums

Values = NDArray[np.float64]
SHARES = (np.zeros(1), np.ones(1))


def summed(x: Values, y: Values) -> Sums:
    parts = ((x > 0).sum(), x.sum(), y.sum(), x @ x, x @ y, y @ y)
    return Sums(*(np.array([float(one)]) for one in parts))


def changed(xs: tuple[Values, Values], ys: tuple[Values, Values]) -> Change:
    """Return the change of a share, of what each customer did before and after."""
    crossed = (xs[0] @ xs[1], xs[0] @ ys[1], ys[0] @ xs[1], ys[0] @ ys[1])
    return changes(
        summed(xs[0], ys[0]),
        summed(xs[1], ys[1]),
        Crossed(*(np.array([float(one)]) for one in crossed)),
        SHARES,
    )


def drawn(
    rng: np.random.Generator, customers: int, rates: tuple[float, float]
) -> tuple[tuple[Values, Values], tuple[Values, Values]]:
    """Return how often customers came in two periods, and how often they bought."""
    taste = rng.beta(2, 2, customers) * 2
    xs = [rng.poisson(1.2, customers).astype(float) for _ in rates]
    ys = [
        rng.binomial(x.astype(int), np.clip(taste * rate, 0, 1)).astype(float)
        for x, rate in zip(xs, rates, strict=True)
    ]
    return (xs[0], xs[1]), (ys[0], ys[1])


def test_an_interval_holds_the_truth_19_times_out_of_20() -> None:
    rng = np.random.default_rng(3)
    found = [changed(*drawn(rng, 400, (0.3, 0.3))) for _ in range(2000)]
    covered = np.mean([one.low[0] <= 0 <= one.high[0] for one in found])
    assert 0.935 < covered < 0.965
    assert 0.035 < np.mean([one.p[0] < 0.05 for one in found]) < 0.065


def test_the_error_is_that_of_a_bootstrap_over_customers() -> None:
    rng = np.random.default_rng(4)
    xs, ys = drawn(rng, 800, (0.3, 0.4))
    found = changed(xs, ys)
    shares = []
    for _ in range(2000):
        weights = rng.poisson(1, 800)
        shares.append(
            weights @ ys[1] / (weights @ xs[1]) - weights @ ys[0] / (weights @ xs[0])
        )
    error = float((found.high[0] - found.low[0]) / 3.92)
    assert error == pytest.approx(np.std(shares), rel=0.08)
    plain = ys[1].sum() / xs[1].sum() - ys[0].sum() / xs[0].sum()
    assert found.value[0] == pytest.approx(plain)


def test_where_nothing_changes_nothing_is_found(bench: Bench) -> None:
    bench.set_project(PROJECT)
    bench.given(stg_events=visits(0, 700))
    found = bench.result_of("fct_kpi_changes", "p_value", "q_value")
    tested = [(float(str(p)), float(str(q))) for p, q in found if p is not None]
    assert len(tested) > 400
    assert np.mean([p < 0.05 for p, _ in tested]) < 0.08
    assert [q for _, q in tested if q < 0.05] == []


def test_a_drop_of_five_points_is_found_first_and_in_its_place(bench: Bench) -> None:
    bench.set_project(
        PROJECT + '\n[comparisons.may]\nat = 2024-05-01\nwithin = "58 days"'
    )
    bench.given(stg_events=visits(1, 5000, per_customer=6, fewer=5))
    found = bench.result_of(
        "fct_kpi_changes",
        "metric, period, before, after, segment, segment_value, n_before, q_value",
        where="is_worse and rank = 1 and period_kind = 'comparison'",
    )
    ((*place, cases, q),) = found
    assert place == [
        "funnel.shop.cart.drop_rate",
        *("may", "before 2024-05-01", "from 2024-05-01 on"),
        *("channel", "app"),
    ]
    assert int(str(cases)) > 1500
    assert float(str(q)) < 0.05
