"""A million customers get their persona, and noise gets none: `make bench`."""

import time

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from tests.core.bench import Bench
from tests.core.planted import FEATURES, fitted, noise, tastes

from journeymine.personas import make_personas

CUSTOMERS = 1_000_000


def test_noise_has_no_personas_in_95_of_100_seeds() -> None:
    found = sum(fitted(noise(seed, 400))[0].personas == [] for seed in range(100))
    print(f"\nno personas in {found} of 100 logs of noise")
    assert found >= 95


def test_planted_personas_are_found_in_95_of_100_seeds() -> None:
    found = sum(
        len(fitted(tastes(seed, 400)[0])[0].personas) == 3 for seed in range(100)
    )
    print(f"\nthree personas in {found} of 100 logs of three tastes")
    assert found >= 95


def test_a_million_customers_are_assigned_within_a_minute(bench: Bench) -> None:
    _draw(bench)
    start = time.perf_counter()
    make_personas(bench.context)
    seconds = time.perf_counter() - start
    found = bench.con.execute(
        "select count(*), count(distinct persona) from py_personas"
    ).fetchone()
    print(f"\n{CUSTOMERS:,} customers: {seconds:.1f} s")
    assert found == (CUSTOMERS, 3)
    if seconds >= 60:
        pytest.fail(f"{seconds:.0f} s")


def _draw(bench: Bench) -> None:
    """Draw the counts of a million customers: 10,000 of three tastes, repeated."""
    log, _ = tastes(1, 10_000)
    con = bench.con
    con.register("drawn", _long(log.counts.values))
    con.execute(
        f"""
        create table int_customer_features as
        select one.customer + copy.copy * 10000 as customer_code, family, feature,
            count_value
        from drawn as one
        cross join (select unnest(range({CUSTOMERS // 10_000})) as copy) as copy
        """
    )
    con.unregister("drawn")
    con.execute(
        """
        create table int_features as
        select row_number() over (order by family, feature) - 1 as feature_index, *
        from (select distinct family, feature from int_customer_features)
        """
    )
    con.execute(
        "create table int_customers as select distinct customer_code, 0 as first_us"
        " from int_customer_features"
    )
    con.execute(
        """
        create table int_activities as
        select 'activity' || code as activity, code as activity_code,
            null::varchar as stage
        from (select unnest(range(8)) as code)
        """
    )
    con.execute(
        """
        create table int_exposed as
        select code as activity_code, 'channel' || code % 3 as channel, 0 as occurred_us
        from (select unnest(range(8)) as code)
        """
    )
    con.execute("create table int_persona_brinks as select 0 as activity_code limit 0")


def _long(values: NDArray[np.float32]) -> pa.Table:
    """Return one row per customer and feature that is not zero."""
    rows, places = np.nonzero(values)
    families, features = zip(*FEATURES, strict=True)
    return pa.table(
        {
            "customer": rows + 1,
            "family": np.array(families)[places],
            "feature": np.array(features)[places],
            "count_value": values[rows, places].astype(np.int64),
        }
    )
