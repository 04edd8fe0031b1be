"""The three rates of a funnel: when they are equal, and what always holds."""

import random
from itertools import product

import pytest
from tests.core.bench import Bench, Columns

CUSTOMERS = 250
UNITS, ENTRIES = ("customer", "journey", "session"), ("any", "first", "attempts")
KINDS = {
    **{
        f"{unit}_{entry}": f'unit = "{unit}"\nentry = "{entry}"'
        for unit, entry in product(UNITS, ENTRIES)
    },
    "direct": 'mode = "direct"',
    "unordered": 'mode = "unordered"',
    "strict": 'ties = "strict"',
    "held": 'hold = ["basket"]',
}
FUNNELS = '[journey]\ngoal = ["g"]\nexits = { left = ["q"] }\n' + "\n".join(
    f"""
    [funnels.{name}]
    steps = ["a", "b", "c"]
    window = "10 days"
    exclusions = {{ end_attempt = ["x"] }}
    {settings}
    """
    for name, settings in KINDS.items()
)
KEY = "funnel, persona, segment, segment_value"


def events(first_day: int, days: int, seed: int) -> Columns:
    """Return events of customers on some days of June, at few moments, so with ties."""
    rng = random.Random(seed)
    rows = [
        (
            f"c{customer:04d}",
            rng.choice("aaabbbccxqgy"),
            f"2024-06-{rng.randrange(first_day, first_day + days):02d}"
            f" {rng.randrange(24):02d}:{rng.choice(('00', '10', '20'))}",
            rng.choice("12"),
        )
        for customer in range(CUSTOMERS)
        for _ in range(rng.randrange(1, 9))
    ]
    names = ("customer", "activity", "occurred_at", "basket")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def test_if_all_have_had_their_time_the_three_rates_are_equal(bench: Bench) -> None:
    bench.set_project(FUNNELS)
    bench.given(stg_events=events(1, 12, seed=1))
    found = bench.result_of(
        "fct_funnel", "entered", "rate_observed", "rate_mature", "rate_km"
    )
    assert len(found) > 200
    for entered, observed, mature, km in found:
        assert mature == observed, entered
        assert km == pytest.approx(observed, abs=1e-12), entered


def test_if_nothing_is_in_progress_the_estimate_is_the_observed_rate(
    bench: Bench,
) -> None:
    bench.set_project(FUNNELS)
    bench.given(stg_events=events(24, 6, seed=2))
    found = bench.result_of(
        "fct_funnel",
        "rate_observed, rate_km, entered_mature",
        where="funnel like 'session%'",
    )
    assert len(found) > 50
    for observed, km, mature in found:
        assert mature == 0  # all entries are younger than the window
        assert km == pytest.approx(observed, abs=1e-12)


def test_an_estimate_is_never_below_what_was_observed(bench: Bench) -> None:
    bench.set_project(FUNNELS)
    bench.given(stg_events=events(10, 20, seed=3))
    bench.build("fct_funnel")
    assert bench.con.execute(
        """
        select
            count(*) > 200,
            bool_or(rate_km > rate_observed + 0.01),
            count(*) filter (rate_km < rate_observed - 1e-12),
            count(*) filter (not rate_km_low <= rate_km + 1e-12),
            count(*) filter (not rate_km <= rate_km_high + 1e-12),
            count(*) filter (rate_km_low < 0 or rate_km_high > 1),
            count(*) filter (step_index > 1 and rate_km_low = rate_km_high),
            count(*) filter ((rate_km is null) <> (rate_km_reason is not null)),
            count(*) filter (
                (conversion_rate is null) <> (conversion_rate_reason is not null)
            )
        from fct_funnel
        """
    ).fetchone() == (True, True, 0, 0, 0, 0, 0, 0, 0)


def test_the_tables_agree_on_what_is_estimated(bench: Bench) -> None:
    bench.set_project(FUNNELS)
    bench.given(stg_events=events(10, 20, seed=4))
    for table in ("fct_funnel", "fct_conversion", "fct_funnel_times"):
        bench.build(table)
    assert bench.con.execute(
        f"""
        select count(*) > 50, count(*) filter (
            conversion.rate_km is distinct from funnel.rate_km
            or conversion.conversion_rate is distinct from funnel.conversion_rate
            or conversion.seconds_to_convert_p50
            is distinct from funnel.seconds_to_convert_p50
            or times.rate_km is distinct from funnel.rate_km
            or times.at_risk <> funnel.at_risk_at_window
            or times.reached <> funnel.reached
        )
        from fct_funnel as funnel
        inner join fct_conversion as conversion using ({KEY})
        inner join fct_funnel_times as times using ({KEY}, step_index)
        where step_index = 3 and period = 'all' and seconds = 864000
        """
    ).fetchone() == (True, 0)
