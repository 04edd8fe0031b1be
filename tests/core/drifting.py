"""Logs that drift or do not, as the trials in which drift is looked for."""

from datetime import date
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from tests.core.bench import Bench

from journeymine.warehouse import Row

FIRST = date(2024, 1, 1)
ACTIVITIES = 8
Kind = Literal["regulars", "sprees", "strangers"]
Integers = NDArray[np.int64]


def stationary(
    seed: int, customers: int = 1_500, days: int = 180, kind: Kind = "regulars"
) -> pa.Table:
    """Draw journeys of which nothing changes.

    Customers walk from activity to activity and may stay for days. `regulars` have
    tastes of their own and come as often as they like, some ten times as often as
    others, more at weekends. In `sprees` each comes seven times in one week and never
    again, and tastes differ more. `strangers` are all alike, and come once.
    """
    rng = np.random.default_rng(seed)
    common = rng.dirichlet(np.full(ACTIVITIES + 1, 0.6), ACTIVITIES + 1)
    alike = {"regulars": 8, "sprees": 1, "strangers": 1e9}[kind]
    shape = (customers, *common.shape)
    tastes = rng.gamma(alike * common + 0.01, size=shape).cumsum(axis=2)
    customer, day = _visits(rng, customers, days, kind)
    journey, at, parts = np.arange(len(customer)), np.zeros_like(customer), []
    while len(journey):
        ways = tastes[customer, at]
        to = (ways < ways[:, -1:] * rng.random((len(at), 1))).sum(axis=1)
        parts.append(np.stack([journey, day, at, customer, to], axis=1))
        day = day + (rng.random(len(day)) < 0.1)
        goes_on = (to > 0) & (day < days) & (rng.random(len(to)) < 0.85)
        journey, day, at, customer = (
            one[goes_on] for one in (journey, day, to, customer)
        )
    return _table(np.concatenate(parts))


def _visits(
    rng: np.random.Generator, customers: int, days: int, kind: Kind
) -> tuple[Integers, Integers]:
    """Return whose each journey is, and on which day it begins."""
    everyone = np.arange(customers)
    if kind == "sprees":
        customer = np.repeat(everyone, 7)
        first = rng.integers(0, days - 7, customers)
        return customer, first[customer] + np.arange(len(customer)) % 7
    if kind == "strangers":
        return everyone, rng.integers(0, days, customers)
    customer = np.repeat(
        everyone, rng.poisson(rng.choice([0.7, 0.7, 0.7, 7], customers))
    )
    weekend = np.where(np.arange(days) % 7 > 4, 2.0, 1.0)
    return customer, rng.choice(days, len(customer), p=weekend / weekend.sum())


def stepped(seed: int, journeys: int = 5_000, days: int = 140) -> pa.Table:
    """Draw journeys that go from a to b in 20 % of cases, half-way through in 30 %."""
    rng = np.random.default_rng(seed)
    day = np.sort(rng.integers(0, days, journeys))
    share = np.where(day < days // 2, 0.2, 0.3)
    to = np.where(rng.random(journeys) < share, 2, rng.choice([0, 3, 4], journeys))
    numbers = np.arange(journeys)
    return _table(np.stack([numbers, day, np.ones_like(day), numbers, to], 1))


def drift_of(bench: Bench, trials: pa.Table) -> list[Row]:
    """Return the changes in a log, as (from, to, day from 0, probability)."""
    bench.set_project("[drift]")
    con = bench.con
    con.register("trials", trials)
    con.execute(
        """
        create or replace table int_drift_trials as
        from trials
        qualify row_number() over (
            partition by journey_code, day, activity_code order by next_activity_code
        ) = 1;
        create or replace table int_drift_slices as
        select 1 as slice_set, 1 as slice_code, 'all' as persona, 'all' as segment,
            'all' as segment_value;
        """
    )
    con.unregister("trials")
    bench.drawn |= {"int_drift_trials", "int_drift_slices"}
    bench.made = set()
    return bench.result_of(
        "py_drift",
        "activity_code, next_activity_code",
        f"date_diff('day', date '{FIRST}', changed_on), p_value",
    )


def _table(rows: Integers) -> pa.Table:
    journey, day, at, customer, to = rows.T
    return pa.table(
        {
            "journey_code": journey,
            "day": np.datetime64(FIRST) + day,
            "activity_code": at,
            "customer_code": customer,
            "slice_set": np.ones_like(day),
            "next_activity_code": to,
        }
    )
