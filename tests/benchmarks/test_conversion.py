"""How often the interval of a conversion rate holds the truth: `make bench`.

A thousand simulated projects per kind of entry, some 40 % of the units still under way,
through the funnel's own tables.
"""

import pytest
from tests.core.bench import Bench
from tests.core.judged_conversion import Make, judge
from tests.core.simulated_funnels import (
    any_entries,
    eager_attempts,
    first_entries,
    steady_attempts,
)

SIMULATIONS = 1000
CUSTOMERS = 500


@pytest.mark.parametrize("make", [first_entries, steady_attempts])
def test_the_estimate_is_right_where_the_observed_rate_is_not(
    bench: Bench, make: Make
) -> None:
    found = judge(bench, make, SIMULATIONS, CUSTOMERS)
    print(f"\n{make.__name__}: {found}")
    assert 0.35 < found.in_progress < 0.45
    assert abs(found.bias) < 0.5
    assert 0.93 <= found.coverage <= 0.97
    assert found.observed_bias < -3


@pytest.mark.parametrize("make", [eager_attempts, any_entries])
def test_where_entries_depend_on_the_past_the_figure_is_told(
    bench: Bench, make: Make
) -> None:
    # Who converts soon tries again soon; who enters anew starts the clock anew. No
    # bound is promised here.
    found = judge(bench, make, SIMULATIONS, CUSTOMERS)
    print(f"\n{make.__name__}: {found}")
    assert 0 < found.coverage <= 1
