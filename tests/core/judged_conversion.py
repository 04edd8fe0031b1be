"""What a run publishes of simulated funnels, against the truth."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from tests.core.bench import Bench
from tests.core.simulated_funnels import AS_OF, WINDOW, Floats, Integers, Simulated

Make = Callable[[int, np.random.Generator], Simulated]
OTHER = """
    customer | activity | occurred_at
    else     | else     | 2024-06-01
"""
ACTIVITIES = """
    activity | activity_code
    a        | 0
    b        | 1
"""


@dataclass(frozen=True)
class Judged:
    """What the published rates are, one per simulation."""

    truth: float
    in_progress: float
    observed: Floats
    rate: Floats
    low: Floats
    high: Floats

    @property
    def bias(self) -> float:
        """How far the rate is from the truth on average, in percentage points."""
        return float(100 * (self.rate.mean() - self.truth))

    @property
    def observed_bias(self) -> float:
        """The same of rate_observed."""
        return float(100 * (self.observed.mean() - self.truth))

    @property
    def coverage(self) -> float:
        """Share of the intervals that hold the truth."""
        return float(((self.low <= self.truth) & (self.truth <= self.high)).mean())

    def __str__(self) -> str:
        """Return the figures in one line."""
        return (
            f"in progress {self.in_progress:.0%}, truth {self.truth:.4f}, "
            f"rate_km {self.bias:+.2f} points, its interval holds it in "
            f"{self.coverage:.1%}; rate_observed {self.observed_bias:+.2f} points"
        )


def judge(
    bench: Bench,
    make: Callable[[int, np.random.Generator], Simulated],
    simulations: int,
    customers: int,
) -> Judged:
    """Return the rates that a run publishes of simulated customers."""
    simulated = make(simulations * customers, np.random.default_rng(1))
    entry = {"first_entries": "first", "any_entries": "any"}.get(
        make.__name__, "attempts"
    )
    bench.set_project(f'[funnels.f]\nsteps = ["a", "b"]\nentry = "{entry}"')
    bench.given(stg_events=OTHER)
    _draw(bench, "int_unit_events", _EVENTS, _events(simulated))
    bench.given(int_activities=ACTIVITIES)
    units = {"unit_code": np.arange(simulations * customers)}
    units["persona"] = units["unit_code"] // customers
    _draw(bench, "int_units", _UNITS, units)
    bench.build("fct_conversion")
    found = bench.con.execute(
        """
        select rate_observed, rate_km, rate_km_low, rate_km_high,
            in_progress, entered
        from fct_conversion
        where period = 'all' and segment = 'all' and persona <> 'all'
        order by persona
        """
    ).fetchnumpy()
    columns = [np.ma.filled(one, np.nan) for one in found.values()]
    in_progress = float(columns[4].sum() / columns[5].sum())
    return Judged(simulated.truth, in_progress, *columns[:4])


def _events(simulated: Simulated) -> dict[str, Integers]:
    return {
        "unit_code": simulated.customer,
        "occurred_us": AS_OF + (simulated.at * WINDOW).astype(np.int64),
        "activity_code": simulated.step - 1,
        "event_number": np.arange(1, len(simulated.customer) + 1),
    }


def _draw(bench: Bench, table: str, query: str, columns: dict[str, Integers]) -> None:
    bench.con.register("drawn", pa.table(columns))
    bench.con.execute(f"create or replace table {table} as {query}")
    bench.con.unregister("drawn")
    bench.drawn.add(table)


_EVENTS = """
select 'customer' as unit, 'main' as journey_kind, unit_code,
    event_number, occurred_us, cast(null as bigint) as source_order, activity_code,
    true as is_customer
from drawn
order by unit_code, event_number
"""

_UNITS = """
select 'customer' as unit, unit_code, unit_code as customer_code,
    printf('s%05d', persona) as persona,
    (select list('(none)') from cfg_segments) as segment_values,
    date '2024-06-01' as month
from drawn
"""
