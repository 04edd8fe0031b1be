"""Customers who leave by known hazards: the risk that is told is the true one."""

from datetime import UTC, datetime, timedelta
from math import exp

import numpy as np
import pytest
from tests.core.bench import Bench

from journeymine.churn_risk.states import read_states

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)
DAY_US = 86_400_000_000
PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[churn]
horizon = "30 days"
risk = true
"""
PACES, LEAVING = (2.0, 5.0, 10.0), 0.1


def test_of_known_hazards_the_risk_is_the_true_one(bench: Bench) -> None:
    bench.set_project(PROJECT)
    visits = _visits(3000)
    bench.given(
        stg_events={
            "customer": [name for name, _ in visits],
            "occurred_at": [at for _, at in visits],
            "activity": ["view"] * len(visits),
        }
    )
    rows = bench.result_of(
        "py_churn_risk inner join int_churn_states"
        " on py_churn_risk.customer_code = int_churn_states.customer_code"
        " and moment_index = 0 inner join int_customers"
        " on py_churn_risk.customer_code = int_customers.customer_code"
        " inner join (select distinct customer_id, identifiers from int_set_customers)"
        " as named on int_customers.customer_id = named.customer_id",
        "split_part(identifiers, '=', 2), silence_us, risk",
    )
    truth = np.array([_truth(str(who), int(str(us)) / DAY_US) for who, us, _ in rows])
    risk = np.array([float(str(told)) for _, _, told in rows])
    assert len(rows) > 1000
    assert np.corrcoef(truth, risk)[0, 1] > 0.93
    order = np.argsort(risk, kind="stable")
    for part in np.array_split(order, 10):
        assert risk[part].mean() == pytest.approx(truth[part].mean(), abs=0.05)
    for tried, mean, rate in bench.result_of(
        "fct_churn_risk_calibration", "tried, mean_risk, churn_rate"
    ):
        told, size = float(str(mean)), int(str(tried))
        error = 3.3 * (told * (1 - told) / size) ** 0.5
        assert float(str(rate)) == pytest.approx(told, abs=error + 0.02)
    claims = bench.result_of("fct_churn_risk_quality", "basis, has_claim, gain_low > 0")
    assert claims == [
        ("base_rate", None, True),
        ("model", True, None),
        ("recency", None, True),
    ]
    _check_sums(bench)


def _check_sums(bench: Bench) -> None:
    """What is told of a customer sums to its risk; told again, it is the same."""
    first = bench.result_of("py_churn_risk", "*")
    for _, risk, _, contributions, other, mean in first:
        assert isinstance(contributions, list)
        assert len(contributions) == 3
        sizes = [abs(one) for one in contributions]
        assert sizes == sorted(sizes, reverse=True)
        told = 1 / (1 + exp(-sum([*contributions, other, mean])))
        assert told == pytest.approx(risk, abs=1e-5)
    bench.made -= {"py_churn_risk", "py_churn_trials", "int_churn_states"}
    assert bench.result_of("py_churn_risk", "*") == first
    states = read_states(bench.con)
    assert (np.diff(states.moment_us) >= 0).all()


def _visits(customers: int) -> list[tuple[str, datetime]]:
    """Visits at random, at a pace of one's own; each is the last one with a chance."""
    chance = np.random.default_rng(5)
    visits = []
    for number in range(customers):
        pace = PACES[number % len(PACES)]
        at = AS_OF - chance.uniform(0, 200) * DAY
        while at <= AS_OF:
            visits.append((f"{pace}-{number}", at))
            if chance.random() < LEAVING:
                break
            at += chance.exponential(pace) * DAY
    return visits


def _truth(who: str, silence: float) -> float:
    """The chance that no visit comes before the horizon, after so many days."""
    pace = float(who.split("-")[0])
    silent, for_good = (
        LEAVING + (1 - LEAVING) * exp(-days / pace) for days in (silence, 30)
    )
    return for_good / silent
