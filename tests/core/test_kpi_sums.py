"""Sums over customers equal those of a plain loop, whatever slices cases are of."""

from collections import defaultdict

import numpy as np
import pytest

from journeymine.kpis.loops import Amounts, Cases, by_customer
from journeymine.kpis.sums import Slices, summed

MEMBERS = ((0, 1, 3), (0, 2, 3), (0, 1, 4))
"""The slices of each set."""


@pytest.mark.parametrize("most", [1, 2**62])
def test_sums_are_those_of_a_plain_loop(most: int) -> None:
    rng = np.random.default_rng(most % 7)
    number, periods = 4000, 5
    order, begins = by_customer(rng.integers(0, 700, number), 700)
    sets, is_case = rng.integers(0, 3, number), rng.random(number) < 0.8
    x, y = rng.integers(0, 3, number), rng.integers(-4, 5, number)
    waiting = rng.integers(0, 2, number)
    when = np.stack([rng.integers(-1, 2, number), rng.integers(2, 5, number)], axis=1)
    previous = np.array([-1, 0, -1, 2, 3])
    slices = Slices(
        np.array([one for members in MEMBERS for one in members]),
        np.array([0, 3, 6, 9]),
        np.arange(5),
    )
    counts, products = summed(
        Cases(begins, sets, when),
        Amounts(is_case, x, y, waiting, most),
        previous,
        slices,
    )
    assert sorted(order) == [*range(number)]

    own: dict[tuple[int, int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    customers = np.repeat(np.arange(700), np.diff(begins))
    for case in np.flatnonzero(is_case).tolist():
        told = [int(x[case] > 0), *(int(one[case]) for one in (x, y, waiting))]
        for period in when[case].tolist():
            for place in MEMBERS[sets[case]] if period >= 0 else ():
                key = (int(customers[case]), period, place)
                added = [one + other for one, other in zip(own[key], told, strict=True)]
                own[key] = [*(min(one, most) for one in added[:3]), added[3]]
    wanted = np.zeros((periods, 5, 5)), np.zeros((periods, 5, 7))
    for (customer, period, place), (n, x_sum, y_sum, waits) in own.items():
        _, bx, by, _ = own.get((customer, int(previous[period]), place), [0] * 4)
        wanted[0][period, place] += (x_sum > 0, n, waits, x_sum, y_sum)
        squares = (x_sum * x_sum, x_sum * y_sum, y_sum * y_sum)
        crossed = (bx * x_sum, bx * y_sum, by * x_sum, by * y_sum)
        wanted[1][period, place] += (*squares, *crossed)
    np.testing.assert_array_equal(counts, wanted[0])
    np.testing.assert_array_equal(products, wanted[1])


def test_customers_keep_their_cases_in_order() -> None:
    customers = np.array([2, 0, 2, 0, 3])
    order, begins = by_customer(customers, 5)
    assert order.tolist() == [1, 3, 0, 2, 4]
    assert begins.tolist() == [0, 2, 2, 4, 5, 5]
