"""Projections: the line is that of least squares, and how objectives stand by it."""

from datetime import date

import numpy as np
import pytest

from journeymine.kpis.projection import Projection, project
from journeymine.kpis.projections import _Objective, _place, _standing


def test_the_line_is_that_of_weighted_least_squares() -> None:
    rng = np.random.default_rng(1)
    for _ in range(200):
        number = int(rng.integers(4, 13))
        places = np.arange(number) + 24_000.0
        values, weights = rng.normal(0.4, 0.1, number), rng.integers(30, 900, number)
        found = project(places, values, weights.astype(float), np.zeros(number), 24_015)
        design = np.stack([np.ones(number), places - 24_000], axis=1)
        root = np.sqrt(weights)[:, None]
        inverse = np.linalg.inv((design * root).T @ (design * root))
        line = inverse @ (design.T @ (weights * values))
        at = np.array([1.0, 15.0])
        left = values - design @ line
        scatter = weights @ left**2 / (number - 2)
        error = np.sqrt(scatter * (1 / weights.mean() + at @ inverse @ at))
        assert found.value == pytest.approx(at @ line)
        assert (found.high - found.low) / 2 > 1.95 * error
        assert found.low + found.high == pytest.approx(2 * found.value)


def test_an_interval_holds_the_next_period_19_times_out_of_20() -> None:
    rng = np.random.default_rng(2)
    held, rounds = 0, 3000
    for _ in range(rounds):
        sizes = rng.integers(200, 2000, 9)
        rates = 0.3 + 0.01 * np.arange(9)
        values = rng.binomial(sizes, rates) / sizes
        errors = np.sqrt(values * (1 - values) / sizes)
        found = project(
            np.arange(8.0), values[:8], sizes[:8].astype(float), errors[:8], 8
        )
        held += found.low <= values[8] <= found.high
    # The last period may be smaller than most: then chance moves it further.
    assert 0.93 < held / rounds < 0.99


AIM = _Objective("aim", 1, 0.5, date(2024, 12, 31), "month", True, "ratio", 0.0, 1.0)
MONTHS = [date(2024, month, 1) for month in range(1, 7)]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (Projection(0.5, 0.3, 0.7), "on_track"),
        (Projection(0.4, 0.3, 0.5), "at_risk"),
        (Projection(0.4, 0.3, 0.49), "missed"),
    ],
)
def test_a_status_is_read_from_the_projection(found: Projection, status: str) -> None:
    assert AIM.status(found) == status
    mirrored = Projection(1 - found.value, 1 - found.high, 1 - found.low)
    down = _Objective("aim", 1, 0.5, date(2024, 12, 31), "month", False, "ratio", 0, 1)
    assert down.status(mirrored) == status


@pytest.mark.parametrize(("value", "status"), [(0.5, "met"), (0.49, "missed")])
def test_once_its_month_is_final_the_value_decides(value: float, status: str) -> None:
    due = _Objective("aim", 1, 0.5, date(2024, 3, 9), "month", True, "ratio", 0.0, 1.0)
    finals = [(month, place, value, 100, 0.01) for place, month in enumerate(MONTHS)]
    assert _standing(due, finals) == (2, None, None, None, status)


def test_under_four_periods_nothing_is_claimed() -> None:
    finals = [(month, place, 0.4, 100, 0.01) for place, month in enumerate(MONTHS)]
    assert _standing(AIM, finals[:3]) == (2, None, None, None, "no_data")
    assert _standing(AIM, []) == (None, None, None, None, "no_data")
    code, value, low, high, status = _standing(AIM, finals[:4])
    assert (code, value, status) == (3, 0.4, "at_risk")
    assert low is not None
    assert high is not None
    assert 0 <= low < 0.4 < high <= 1


def test_weeks_begin_on_monday() -> None:
    sunday, monday = date(2024, 6, 30), date(2024, 7, 1)
    assert _place(monday, "week") == _place(sunday, "week") + 1
    assert _place(monday, "week") == _place(date(2024, 7, 7), "week")
