"""How often drift is found where there is none, and where there is: `make bench`."""

import numpy as np
import pytest
from tests.core.bench import Bench
from tests.core.drifting import Kind, drift_of, stationary, stepped
from tests.core.halves import halves

SEEDS = range(1_000, 1_100)


@pytest.mark.parametrize(
    ("kind", "customers"), [("regulars", 1_500), ("sprees", 400), ("strangers", 4_000)]
)
def test_at_most_5_per_cent_of_stationary_logs_show_any_drift(
    kind: Kind, customers: int, bench: Bench
) -> None:
    logs = (stationary(seed, customers, kind=kind) for seed in SEEDS)
    found = sum(bool(drift_of(bench, log)) for log in logs)
    print(f"\ndrift in {found} of 100 logs of {customers} {kind}")
    assert found <= 5


def test_a_step_from_20_to_30_per_cent_of_5000_journeys_is_found(bench: Bench) -> None:
    places = [
        [
            int(str(row[2]))
            for row in drift_of(bench, stepped(seed))
            if row[:2] == (1, 2)
        ]
        for seed in SEEDS
    ]
    near = [len(one) == 1 and abs(one[0] - 70) <= 7 for one in places]
    print(f"\nfound in {sum(map(bool, places))} of 100 logs, within a week {sum(near)}")
    assert all(places)
    assert sum(near) >= 90


def test_at_most_5_per_cent_of_random_halves_differ() -> None:
    flagged = [bool((halves(seed) < 0.05).any()) for seed in range(1_000)]
    print(f"\nany difference in {100 * np.mean(flagged):.1f} % of random halves")
    assert np.mean(flagged) <= 0.05
