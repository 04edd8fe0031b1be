"""A unit in a period is what a funnel with the period's bounds says of it."""

from itertools import pairwise

import numpy as np
from tests.core.bench import Bench, Columns

MONTHS = ("2024-03-01", "2024-04-01", "2024-05-01", "2024-06-01", "2024-07-01")
MODES = {
    "ordered": 'window = "20 days"',
    "direct": 'window = "20 days"\nmode = "direct"',
    "unordered": 'window = "20 days"\nmode = "unordered"',
    "excluded": 'window = "40 days"\nexclusions = { end_attempt = ["quit"] }',
    "journeys": 'window = "20 days"\nunit = "journey"',
}


def drawn(seed: int) -> Columns:
    """Return events of customers, many of them at the same moment as another."""
    rng = np.random.default_rng(seed)
    number = 2000
    days = np.sort(rng.integers(0, 121, number))
    first = np.datetime64("2024-03-01")
    activities = rng.choice(["view", "cart", "paid", "quit", "other"], number)
    return {
        "customer": [f"c{one}" for one in rng.integers(0, 120, number)],
        "activity": activities.tolist(),
        "occurred_at": [f"{first + day} 09:00" for day in days],
    }


def funnels(mode: str, rules: str) -> str:
    """Return a funnel, and one with bounds for each month."""
    rules = f'steps = ["view", "cart", "paid"]\n{rules}'
    bounded = "\n".join(
        f"[funnels.{mode}_{place}]\n{rules}\nfrom = {since}\nuntil = {until}"
        for place, (since, until) in enumerate(pairwise(MONTHS))
    )
    return f"[funnels.{mode}]\n{rules}\n{bounded}\n"


def test_a_period_bounds_the_entry_and_never_the_conversion(bench: Bench) -> None:
    told = "".join(funnels(*one) for one in MODES.items())
    bench.set_project(f'[journey]\ninactivity = "15 days"\n{told}')
    bench.given(stg_events=drawn(5))
    columns = ("unit_id", "depth", "depth_mature")
    months = " ".join(
        f"when '{place}' then '{month}'" for place, month in enumerate(MONTHS[:-1])
    )
    for mode in MODES:
        found = bench.result_of(
            "fct_funnel_entries",
            "period",
            *columns,
            where=f"funnel = '{mode}' and period_kind = 'month'",
        )
        wanted = bench.result_of(
            "fct_funnel_units",
            f"case split_part(funnel, '_', 2) {months} end",
            *columns,
            where=f"starts_with(funnel, '{mode}_')",
        )
        assert len(found) > 150
        assert found == wanted
