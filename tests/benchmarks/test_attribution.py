"""How often the intervals of attribution hold the truth: `make bench`."""

import pytest
from tests.core.attribution_trials import share_inside
from tests.core.bench import Bench


@pytest.mark.parametrize("customers", [60, 300])
def test_nineteen_of_twenty_intervals_hold_the_truth(
    customers: int, bench: Bench
) -> None:
    inside = share_inside(bench, trials=400, seed=2, customers=customers)
    told = ", ".join(f"{model} {share:.3f}" for model, share in inside.items())
    print(f"\n{customers} customers: {told}")
    assert all(0.93 < share < 0.975 for share in inside.values())
