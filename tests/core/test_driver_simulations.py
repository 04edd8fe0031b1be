"""Drivers where the truth is known; `make bench` does it ten times as often."""

import numpy as np
from tests.core.bench import Bench
from tests.core.driver_simulated import (
    PLANTED,
    as_strangers,
    help_and_buying,
    simulated,
    told,
)


def test_at_most_5_per_cent_of_logs_without_drivers_show_any() -> None:
    found = [told(simulated(seed)) for seed in range(60)]
    assert np.mean([(one.q < 0.05).any() for one in found]) <= 0.05
    inside = [(one.low <= 1) & (one.high >= 1) for one in found]
    assert 0.93 <= np.mean(np.concatenate(inside)) <= 0.98


def test_intervals_over_units_instead_of_customers_would_be_too_narrow() -> None:
    naive = [told(as_strangers(simulated(seed))) for seed in range(20)]
    inside = [(one.low <= 1) & (one.high >= 1) for one in naive]
    assert np.mean(np.concatenate(inside)) < 0.91


def test_a_planted_driver_is_told_first() -> None:
    first = [
        one.names[int(np.nanargmax(one.evidence))]
        for one in (told(simulated(seed, effect=-1.5)) for seed in range(10))
    ]
    assert first.count(PLANTED) >= 9


def test_who_waits_longer_does_not_seem_to_leave_for_what_comes_with_time(
    bench: Bench,
) -> None:
    naive, low, high = help_and_buying(bench, seed=1, customers=2_000)
    assert naive < 0.5
    assert low < 1 < high
