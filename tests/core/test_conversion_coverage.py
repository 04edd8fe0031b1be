"""A conversion that is known beforehand is found, though many are still under way.

A tenth of the simulations of `tests/benchmarks/test_conversion.py`.
"""

import pytest
from tests.core.bench import Bench
from tests.core.judged_conversion import Make, judge
from tests.core.simulated_funnels import first_entries, steady_attempts

SIMULATIONS = 100


@pytest.mark.parametrize("make", [first_entries, steady_attempts])
def test_the_estimate_is_right_where_the_observed_rate_is_not(
    bench: Bench, make: Make
) -> None:
    found = judge(bench, make, SIMULATIONS, 500)
    assert 0.35 < found.in_progress < 0.45
    assert abs(found.bias) < 0.5
    assert 0.9 <= found.coverage <= 0.99
    assert found.observed_bias < -3
