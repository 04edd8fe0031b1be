"""The compiled loops against window functions, which are slower and much shorter."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from tests.core.bench import Bench
from tests.core.funnel_variants import START

STEPS = ("a", "b", "c", "d")
ROUND = Path(__file__).with_name("funnel_sql_oracle.sql").read_text(encoding="utf-8")
EVENTS = 30_000
CUSTOMERS = 1_500


@pytest.mark.parametrize("window", ["20 minutes", "3 hours"])
def test_the_default_funnel_is_that_of_window_functions(
    window: str, bench: Bench
) -> None:
    rng = random.Random(len(window))
    minutes = [rng.randrange(1_000) for _ in range(EVENTS)]
    bench.set_project(f'[funnels.f]\nsteps = {[*STEPS]}\nwindow = "{window}"')
    bench.given(
        stg_events={
            "customer": [f"u{rng.randrange(CUSTOMERS)}" for _ in minutes],
            "activity": [rng.choice("abcdz") for _ in minutes],
            "occurred_at": [START + timedelta(minutes=one) for one in minutes],
        }
    )
    bench.build("int_funnel_units")
    assert (
        by_windows(bench)
        == bench.con.execute(
            """
        select unit_code, depth, depth_strict, last_entry_us
        from int_funnel_units
        order by all
        """
        ).fetchall()
    )


def by_windows(bench: Bench) -> list[tuple[object, ...]]:
    """Return unit, both depths, and the last entry, round by round."""
    con = bench.con
    con.execute(
        """
        create or replace temp view funnel_events as
        select funnel_index, unit_code, event_number, occurred_us, steps, is_customer
        from int_unit_events
        inner join int_funnel_roles using (activity_code)
        where unit = 'customer'
        """
    )
    con.execute(
        """
        create or replace temp table chain as
        select funnel_index, unit_code, event_number, occurred_us,
            occurred_us as free_us, occurred_us as strict_us
        from funnel_events
        where steps & 1 = 1 and is_customer
        """
    )
    con.execute("create or replace temp table reached as select *, 1 as k from chain")
    for k in range(2, len(STEPS) + 1):
        con.execute(f"create or replace temp table next as {ROUND}", {"k": k})
        con.execute("create or replace temp table chain as from next")
        con.execute(f"insert into reached select *, {k} from chain")
    return con.execute(
        """
        select unit_code, max(k) filter (where free_us is not null),
            max(k) filter (where strict_us is not null),
            max(free_us) filter (where k = 1)
        from reached
        group by unit_code
        order by all
        """
    ).fetchall()
