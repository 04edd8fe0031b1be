"""What is said of few units, drawn: who is at risk, what is known, how surely."""

import numpy as np
import pytest
from numpy.typing import NDArray

from journeymine.estimation.curves import (
    Curves,
    Points,
    incidence_curves,
    log_log_interval,
    one_cell,
    wilson_interval,
)

CENSORED, REACHED, OTHER = 0, 1, 2
LEVELS = np.array([0.5, 0.9])
Ints = NDArray[np.int64]


def curve(durations: Ints, causes: Ints, times: Ints) -> Curves:
    return incidence_curves(*one_cell(durations, causes), Points(times, LEVELS))


def test_who_is_at_risk_has_neither_ended_nor_been_censored_before() -> None:
    found = curve(
        np.array([1, 3, 3, 5]),
        np.array([REACHED, CENSORED, OTHER, REACHED]),
        np.array([0, 1, 2, 3, 4, 5, 6]),
    )
    assert found.at_risk[0].tolist() == [4, 4, 3, 3, 1, 1, 0]
    assert found.ended[0].tolist() == [0, 1, 1, 1, 1, 2, 2]


def test_an_end_comes_before_a_censoring_at_the_same_time() -> None:
    found = curve(np.array([1, 1]), np.array([CENSORED, REACHED]), np.array([1]))
    assert found.incidence[0, 0] == 0.5


def test_nothing_is_said_of_times_at_which_nobody_was_seen_any_more() -> None:
    found = curve(np.array([1, 2]), np.array([REACHED, CENSORED]), np.array([2, 3]))
    assert found.incidence[0, 0] == 0.5
    assert np.isnan(found.incidence[0, 1])
    low, high = found.interval()
    assert np.isnan([low[0, 1], high[0, 1]]).all()


def test_where_all_have_ended_the_rest_is_known() -> None:
    found = curve(np.array([1, 2]), np.array([REACHED, OTHER]), np.array([9]))
    assert (found.incidence[0, 0], found.competing[0, 0]) == (0.5, 0.5)


def test_a_quantile_is_the_first_time_at_which_the_share_is_reached() -> None:
    found = curve(
        np.array([2, 4, 6, 8]),
        np.array([REACHED, REACHED, OTHER, CENSORED]),
        np.array([8]),
    )
    assert found.quantiles[0].tolist() == [4, -1]


def test_where_nobody_ended_the_interval_is_not_a_point() -> None:
    found = curve(np.full(20, 9), np.full(20, CENSORED), np.array([9]))
    low, high = found.interval()
    assert (low[0, 0], found.effective[0, 0]) == (0.0, 20.0)
    assert high[0, 0] == wilson_interval(0, 20)[1]


def test_where_the_last_one_seen_ended_the_interval_is_that_of_those_who_count() -> (
    None
):
    # Of four two are censored early; the others stand for one and a third each.
    found = curve(
        np.array([1, 2, 2, 3]),
        np.array([REACHED, CENSORED, CENSORED, REACHED]),
        np.array([3, 9]),
    )
    expected = float(wilson_interval(4 / 3, 4 / 3)[0])
    low, high = found.interval()
    for place in (0, 1):
        assert found.incidence[0, place] == 1.0
        assert found.effective[0, place] == pytest.approx(4 / 3)
        assert (low[0, place], high[0, place]) == pytest.approx((expected, 1.0))


def test_many_units_of_one_customer_tell_no_more_than_one() -> None:
    ends, cells = one_cell([1, 2, 3, 9], [REACHED, OTHER, REACHED, CENSORED])
    found = incidence_curves(
        ends._replace(customers=np.zeros(4, np.int64)),
        cells,
        Points(np.array([9]), LEVELS),
    )
    assert found.effective[0, 0] == 1.0
    low, high = found.interval()
    assert high[0, 0] - low[0, 0] > 0.7


@pytest.mark.parametrize("share", [1e-9, 0.001, 0.5, 0.999, 1 - 1e-9])
def test_an_interval_lies_around_its_rate_and_within_zero_and_one(share: float) -> None:
    for spread in (1e-12, 1e-4, 0.2):
        low, high = log_log_interval(share, spread, 30)
        assert 0 <= low < share < high <= 1


def test_the_interval_is_symmetric_for_the_logarithm_of_minus_the_logarithm() -> None:
    low, high = log_log_interval(0.3, 0.002, 100)
    places = np.log(-np.log(1 - np.array([low, 0.3, high])))
    assert places[1] - places[0] == pytest.approx(places[2] - places[1])
    slope = 1 / (0.7 * -np.log(0.7))
    assert places[2] - places[1] == pytest.approx(1.959964 * np.sqrt(0.002) * slope)


def test_a_median_counts_those_who_have_not_converted_yet() -> None:
    rng = np.random.default_rng(1)
    median, size = 1_000_000, 5_000
    time = rng.exponential(median / np.log(2), size)
    seen = rng.uniform(0, 3_000_000, size)
    is_over = time <= seen
    assert 0.35 < 1 - is_over.mean() < 0.45  # so many are still in progress
    lasted = np.minimum(time, seen).astype(np.int64)
    found = curve(lasted, is_over.astype(np.int64), np.array([median]))
    assert found.quantiles[0, 0] == pytest.approx(median, rel=0.05)
    assert np.median(time[is_over]) < 0.8 * median  # that of converters alone
