"""Without personas, segments are offered in their stead."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency
from tests.core.bench import Bench
from tests.core.typed import columns, given_typed

from journeymine.personas.offers import Segment

Counts = dict[str, tuple[int, int, int]]
"""Value -> customers, settled, converters."""


def offer(bench: Bench, **segments: Counts) -> None:
    rows = [
        (name, value, *counts)
        for name, values in segments.items()
        for value, counts in values.items()
    ]
    names = ("segment", "segment_value", "customers", "settled", "converters")
    given_typed(bench, int_persona_segments=columns(names, *rows))
    bench.given(py_persona_profiles="persona")


def test_the_segment_whose_values_convert_most_unlike_comes_first(bench: Bench) -> None:
    offer(
        bench,
        channel={"web": (400, 400, 80), "app": (400, 400, 84)},
        device={"phone": (500, 500, 50), "desktop": (300, 300, 120)},
        plan={"free": (700, 700, 100), "paid": (100, 100, 60)},
        region={"north": (400, 400, 82), "south": (400, 400, 82)},
    )
    found = bench.result_of("fct_persona_offers", "place, segment, segment_value")
    assert list(dict.fromkeys(row[:2] for row in found)) == [
        (1, "plan"),
        (2, "device"),
        (3, "channel"),
    ]
    assert bench.con.execute("from py_persona_basis").fetchall() == [
        ("no clear structure: use segment plan",)
    ]


def test_an_offer_says_how_much_conversion_differs_and_how_sure_that_is(
    bench: Bench,
) -> None:
    offer(bench, device={"phone": (500, 400, 40), "desktop": (300, 200, 80)})
    rows = bench.result_of(
        "fct_persona_offers",
        "segment_value, customers, share, settled, converted, conversion_rate,"
        " other_rate, difference",
    )
    assert rows == [
        ("desktop", 300, 0.375, 200, 80, 0.4, 0.1, pytest.approx(0.3)),
        ("phone", 500, 0.625, 400, 40, 0.1, 0.4, pytest.approx(-0.3)),
    ]
    ((low, high, q),) = bench.result_of(
        "fct_persona_offers",
        "difference_low, difference_high, q_value",
        where="segment_value = 'desktop'",
    )
    assert 0.22 < float(str(low)) < 0.3 < float(str(high)) < 0.38
    assert float(str(q)) < 0.001


def test_without_a_goal_the_segment_that_parts_most_evenly_comes_first(
    bench: Bench,
) -> None:
    offer(
        bench,
        channel={"web": (700, 700, 0), "app": (100, 100, 0)},
        device={"phone": (500, 500, 0), "desktop": (300, 300, 0)},
    )
    assert bench.result_of(
        "fct_persona_offers", "distinct segment", where="place = 1"
    ) == [("device",)]


def test_a_segment_in_which_nearly_all_are_alike_is_not_offered(bench: Bench) -> None:
    offer(bench, device={"(none)": (980, 980, 10), "phone": (20, 20, 9)})
    assert bench.result_of("fct_persona_offers", "segment") == []
    assert bench.con.execute("from py_persona_basis").fetchall() == [
        ("no clear structure",)
    ]


def test_where_there_are_personas_nothing_is_offered(bench: Bench) -> None:
    bench.given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-01-01 09:00
        """,
        py_persona_profiles={"persona": ["p1", "p2"]},
        int_personas="""
            customer_code | persona
            1             | p1
        """,
    )
    assert bench.result_of("fct_persona_offers", "segment") == []
    assert bench.result_of("int_persona_segments", "segment") == []
    assert bench.con.execute("from py_persona_basis").fetchall() == [("found",)]


def test_customers_are_counted_by_their_first_values(bench: Bench) -> None:
    bench.set_project('[journey]\ngoal = ["order"]')
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | device
            ann      | view     | 2024-01-01 09:00 | phone
            ann      | order    | 2024-01-01 09:01 | desktop
            bob      | view     | 2024-01-01 09:00 | phone
            cid      | order    | 2024-06-20 09:00 | desktop
        """,
    )
    assert bench.result_of(
        "int_persona_segments",
        "segment_value, customers, settled, converters",
        where="segment = 'device'",
    ) == [("desktop", 1, 0, 0), ("phone", 2, 2, 1)]


@pytest.mark.parametrize("seed", range(20))
def test_strength_is_cramers_v_less_what_chance_adds(seed: int) -> None:
    random = np.random.default_rng(seed)
    settled = random.integers(20, 200, random.integers(2, 7))
    converters = random.binomial(settled, random.beta(2, 4, len(settled)))
    customers = settled.astype(np.float64)
    segment = Segment("s", [], customers, customers, converters.astype(np.float64))
    table = np.column_stack([converters, settled - converters])
    n, (rows, columns) = table.sum(), table.shape
    phi2 = chi2_contingency(table, correction=False).statistic / n
    beyond = max(0, phi2 - (rows - 1) * (columns - 1) / (n - 1))
    sizes = [size - (size - 1) ** 2 / (n - 1) for size in (rows, columns)]
    assert segment.strength() == pytest.approx(
        np.sqrt(beyond / (min(sizes) - 1)), abs=1e-8
    )
