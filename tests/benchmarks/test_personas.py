"""A million customers get their persona, and noise gets none: `make bench`."""

import time

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score
from tests.core.bench import Bench
from tests.core.noises import NOISES, noise_log
from tests.core.planted import FEATURES, fitted, tastes

from journeymine.personas import make_personas
from journeymine.personas.kmeans import assigned
from journeymine.personas.scaling import vectors_of

CUSTOMERS = 1_000_000


@pytest.mark.parametrize("customers", [400, 1000])
@pytest.mark.parametrize("name", NOISES)
def test_noise_has_no_personas_in_95_of_100_seeds(name: str, customers: int) -> None:
    found = sum(
        fitted(noise_log(NOISES[name], seed, customers))[0].personas == []
        for seed in range(100)
    )
    print(f"\nno personas in {found} of 100 logs: {name}, {customers} customers")
    assert found >= 95


@pytest.mark.parametrize("customers", [400, 1000])
def test_planted_personas_are_found_in_95_of_100_seeds(customers: int) -> None:
    scores = []
    for seed in range(100):
        log, truth = tastes(seed, customers)
        model, _ = fitted(log)
        labels = np.zeros(customers, dtype=np.int64)
        if model.personas:
            labels = assigned(vectors_of(log.counts, model.scaling), model.centroids)
        scores.append((len(model.personas), adjusted_rand_score(truth, labels)))
    right = [score for count, score in scores if count == 3]
    print(
        f"\nthree personas in {len(right)} of 100 logs of {customers} customers: "
        f"adjusted Rand index {np.mean(right):.3f}, at least {min(right):.3f}"
    )
    assert len(right) >= 95
    assert np.mean(right) >= 0.9


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
