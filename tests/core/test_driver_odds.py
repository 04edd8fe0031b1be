"""Odds over strata and their design effects, against plain loops."""

from collections import defaultdict

import numpy as np
import pytest
from tests.core.driver_brute_force import Table, band, plain_odds, plain_test

from journeymine.drivers.counting import BANDS, Flags, Waiting, bands
from journeymine.drivers.strata import Values, odds

TABLES = 10_000
STRATA = 4


def random_cells(seed: int) -> Values:
    """Draw units of many drivers: few or many, in strata that may be empty."""
    rng = np.random.default_rng(seed)
    most = rng.choice([0, 4, 30, 400], (TABLES, STRATA, 1, 1))
    return rng.integers(0, most + 1, (TABLES, STRATA, 2, 2)).astype(np.float64)


def as_tables(cells: Values) -> list[Table]:
    """Return strata as the plain loops take them."""
    return [(on[1], on[0], off[1], off[0]) for off, on in cells.tolist()]


def test_odds_and_test_are_those_of_the_textbooks() -> None:
    cells = random_cells(1)
    growth = np.random.default_rng(2).uniform(0.5, 3, TABLES)
    found = odds(cells, growth, growth)
    judged = np.flatnonzero(~np.isnan(found.p))
    assert len(judged) > TABLES / 2
    for place in judged:
        tables, grown = as_tables(cells[place]), max(growth[place], 1)
        if not any(a * d for a, _, _, d in tables) or not any(
            b * c for _, b, c, _ in tables
        ):
            continue
        told = (found.ratio[place], found.low[place], found.high[place])
        assert told == pytest.approx(plain_odds(tables, grown), rel=1e-9)
        z = plain_test(tables) / np.sqrt(grown)
        assert found.z[place] == pytest.approx(z, rel=1e-9, abs=1e-12)


def test_who_all_leave_with_a_driver_have_odds_and_an_interval() -> None:
    cells = np.array([[[[40.0, 60.0], [50.0, 0.0]]]])
    found = odds(cells, np.ones(1), np.ones(1))
    assert 0 < found.low[0] < found.ratio[0] < found.high[0] < 0.2
    assert found.p[0] < 1e-9


def test_nothing_is_told_where_fewer_than_5_are_expected_in_a_cell() -> None:
    cells = np.array([[[[96.0, 4.0], [48.0, 2.0]]], [[[80.0, 20.0], [35.0, 15.0]]]])
    assert list(np.isnan(odds(cells, np.ones(2), np.ones(2)).p)) == [True, False]


def test_bands_hold_each_number_up_to_8_and_four_to_a_doubling() -> None:
    numbers = np.arange(1, 1_000)
    assert list(bands(numbers)) == [band(int(one)) - 1 for one in numbers]
    assert bands(numbers).max() == BANDS - 1


def drawn_waiting(seed: int, units: int = 300) -> tuple[Waiting, Flags]:
    """Draw units of customers who have several, and who has the driver."""
    rng = np.random.default_rng(seed)
    customer = rng.integers(0, units // 3, units)
    waiting = Waiting(
        group=customer % 2,
        groups=2,
        customer=customer,
        events=rng.integers(1, 5, units),
        is_converted=rng.random(units) < 0.4 + 0.3 * (customer % 3 == 0),
    )
    return waiting, rng.random(units) < 0.2 + 0.5 * (customer % 5 == 0)


def log_ratio(cells: Values) -> float:
    size = np.maximum(cells.sum(axis=(1, 2)), 1e-300)
    agreeing = (cells[:, 1, 1] * cells[:, 0, 0] / size).sum()
    return float(np.log(agreeing / (cells[:, 1, 0] * cells[:, 0, 1] / size).sum()))


def test_design_effects_are_those_of_numerical_influences_summed_by_customer() -> None:
    for seed in range(5):
        waiting, has_it = drawn_waiting(seed)
        place = waiting.places(has_it)
        cells = waiting.cells(place)
        effects = waiting.design_effects(place, cells)
        for column, group in enumerate((None, 0, 1)):
            chosen = cells.reshape(-1, 2, 2) if group is None else cells[group]
            moved: dict[str, dict[int, float]] = {
                name: defaultdict(float) for name in ("ratio", "test")
            }
            squares = {"ratio": 0.0, "test": 0.0}
            for unit in range(len(has_it)):
                if group is not None and waiting.group[unit] != group:
                    continue
                own = bands(waiting.events[unit : unit + 1])[0]
                stratum = own + (waiting.group[unit] * BANDS if group is None else 0)
                at = (stratum, int(has_it[unit]), int(waiting.is_converted[unit]))
                step = np.zeros_like(chosen)
                step[at] = 1e-4
                ratio = (log_ratio(chosen + step) - log_ratio(chosen - step)) / 2e-4
                one = chosen[stratum]
                test = (has_it[unit] - one[1].sum() / one.sum()) * (
                    waiting.is_converted[unit] - one[:, 1].sum() / one.sum()
                )
                for name, value in (("ratio", ratio), ("test", test)):
                    moved[name][int(waiting.customer[unit])] += value
                    squares[name] += value**2
            for row, name in enumerate(("ratio", "test")):
                expected = sum(v**2 for v in moved[name].values()) / squares[name]
                assert effects[row, column] == pytest.approx(expected, rel=1e-5)


def test_units_of_different_customers_grow_nothing() -> None:
    waiting, has_it = drawn_waiting(3)
    alone = Waiting(
        waiting.group, 2, np.arange(300), waiting.events, waiting.is_converted
    )
    place = alone.places(has_it)
    effects = alone.design_effects(place, alone.cells(place))
    assert effects.tolist() == [[1, 1, 1], [1, 1, 1]]
