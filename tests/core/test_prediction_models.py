"""What is learned from states: known logs, noise, and scores worked out elsewhere."""

import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.metrics import log_loss as expected_log_loss
from tests.core.bench import Bench

from journeymine.personas.threads import on_one_thread
from journeymine.prediction import learners
from journeymine.prediction.markov import absorption, arcs_of, following
from journeymine.prediction.prefixes import Prefixes, read_prefixes
from journeymine.prediction.scores import auc, brier, calibration, log_loss
from journeymine.prediction.trials import Split, split, trials

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PROJECT = """
[journey]
goal = ["order"]
inactivity = "10 days"
[prediction]
"""
BUYS = {"offer": 0.8, "brochure": 0.1}
SLOWEST = 6.0


def test_the_markov_chain_is_the_matrix_computed_by_hand() -> None:
    # After a (1) came b (2) twice and once the end 1; after b came a once, end 0 once.
    ways = [np.array([1, 2, 1]), np.array([1, 2])]
    counts = arcs_of(ways, np.array([1, 0]), (3, 2))
    assert counts.tolist() == [
        [0, 0, 0, 0, 0],
        [0, 0, 2, 0, 1],
        [0, 1, 0, 1, 0],
    ]
    # P(a) = 2/3 P(b) and P(b) = 1/2 + 1/2 P(a), so P(a) = 1/2 and P(b) = 3/4.
    # Of what never came, nothing but the shares of the ends is known.
    np.testing.assert_allclose(
        absorption(counts), [[0.5, 0.5], [0.5, 0.5], [0.75, 0.25]]
    )
    np.testing.assert_allclose(
        following(counts)[1:], [[1 / 3, 0, 2 / 3], [0.5, 0.5, 0]]
    )


@settings(max_examples=50, deadline=None)
@over(st.integers(2, 60), st.integers(0, 10**6))
def test_scores_equal_those_of_scikit_learn(rows: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    happened = np.r_[0, 1, chance.integers(0, 2, rows)]
    shares = np.round(chance.uniform(0.01, 0.99, rows + 2), 1)  # with ties
    shares = np.clip(shares, 0.01, 0.99)
    both = np.column_stack([1 - shares, shares])
    assert auc(shares, happened) == pytest.approx(roc_auc_score(happened, shares))
    assert brier(both, happened).mean() / 2 == pytest.approx(
        brier_score_loss(happened, shares)
    )
    assert log_loss(both, happened) == pytest.approx(
        expected_log_loss(happened, shares)
    )


def test_where_the_last_activity_decides_the_model_is_near_the_best(
    bench: Bench,
) -> None:
    bench.set_project(f'{PROJECT}[project]\nname = "T"\nas_of = 2024-07-01T00:00:00Z')
    events = _planted(1600)
    bench.given(
        stg_events={
            "customer": [one[0] for one in events],
            "occurred_at": [one[1] for one in events],
            "activity": [one[2] for one in events],
        }
    )
    bench.build("fct_predictions")
    prefixes = read_prefixes(bench.con)
    names = dict(
        bench.con.sql("select activity_code, activity from int_activities").fetchall()
    )
    parts = split(prefixes.where(prefixes.outcome >= 0))
    happened = (parts.test.outcome == 0).astype(np.int64)
    silence = np.expm1(parts.test.told[:, 2]) / 86_400
    truth = np.array(
        [
            _truth(names[int(code)], days)
            for code, days in zip(parts.test.last, silence, strict=True)
        ]
    )
    best = auc(truth, happened)
    quality = bench.result_of(
        "fct_prediction_quality",
        "auc, is_better",
        where="target = 'converted' and basis = 'model'",
    )
    assert best is not None
    assert best > 0.8
    ((mine, is_better),) = quality
    assert float(str(mine)) > best - 0.03
    assert is_better is True
    told = bench.result_of(
        "fct_predictions",
        "outcome_basis, last_activity, avg(converted_probability)",
        where="silence_seconds < 86400 group by all",
    )
    assert {row[0] for row in told} == {"model"}
    means = {row[1]: row[2] for row in told}
    assert means["offer"] == pytest.approx(0.8, abs=0.12)
    assert means["brochure"] == pytest.approx(0.1, abs=0.08)


def _planted(customers: int) -> list[tuple[str, datetime, str]]:
    """Two looks, then an offer or a brochure; the buyers buy within six days."""
    chance = random.Random(5)
    events = []
    for number in range(customers):
        at = AS_OF - chance.uniform(0, 150) * DAY
        last = chance.choice(sorted(BUYS))
        told = [(at - 2 * DAY, "look"), (at - DAY, "look"), (at, last)]
        if chance.random() < BUYS[last]:
            told.append((at + chance.uniform(0, SLOWEST) * DAY, "order"))
        events += [(f"c{number}", when, name) for when, name in told if when <= AS_OF]
    return events


def _truth(last: str, silence: float) -> float:
    """The chance to buy yet, of who had a last activity and has been silent since."""
    if last not in BUYS:
        # A look may be followed by either; by the second look within a day.
        return sum(BUYS.values()) / 2
    left = BUYS[last] * max(0.0, 1 - silence / SLOWEST)
    return left / (left + 1 - BUYS[last])


def _drawn(rows: int, seed: int, is_noise: bool) -> tuple[Prefixes, np.ndarray]:
    """States with random features; the outcome depends on one of them, or on none."""
    chance = np.random.default_rng(seed)
    signal = chance.normal(size=rows)
    shares = np.full(rows, 0.3) if is_noise else 1 / (1 + np.exp(1 - 1.5 * signal))
    converted = chance.random(rows) < shares
    path = chance.integers(1, 6, (rows, 4))
    later = chance.integers(0, 6, rows)
    ways = np.empty(rows, dtype=object)
    ways[:] = list(np.column_stack([path, np.maximum(later, 1)]))
    moments = np.sort(chance.integers(0, 100, rows)) * 10**9
    return Prefixes(
        journey=np.arange(rows),
        customer=np.arange(rows),
        moment_us=moments,
        until_us=moments + 10**10,
        last=path[:, -1],
        before=path[:, -2],
        counts=np.stack([np.bincount(one, minlength=6) for one in path]).astype(
            np.int32
        ),
        told=np.column_stack([signal, chance.normal(size=(rows, 3))]),
        next=later,
        outcome=np.where(converted, 0, chance.integers(2, 4, rows)),
        conversion_us=np.where(converted, chance.exponential(10**9, rows), math.nan),
        way=ways,
    ), shares


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_pure_noise_no_model_claims_to_be_better(seed: int) -> None:
    states, _ = _drawn(2500, seed, is_noise=True)
    with on_one_thread():
        rows = trials(split(states))
    claims = {row[0]: row[14] for row in rows if row[1] == "model" and row[2] == 0}
    assert set(claims) >= {"outcome", "converted", "next_activity"}
    assert not any(claims.values())


def test_what_is_told_of_later_states_is_calibrated() -> None:
    states, shares = _drawn(9000, 4, is_noise=False)
    parts = split(states)
    with on_one_thread():
        told = learners.outcomes(parts.train, parts.test)["model"][:, 0]
    happened = (parts.test.outcome == 0).astype(np.int64)
    best = auc(shares[states.moment_us > parts.split_us], happened)
    mine = auc(told, happened)
    assert best is not None
    assert mine is not None
    assert mine > best - 0.02
    for rows, cases, mean in calibration(told, happened):
        error = 3.3 * math.sqrt(mean * (1 - mean) / rows)
        assert abs(cases / rows - mean) < error + 0.01


def test_what_was_not_known_at_the_split_is_not_learned_from() -> None:
    states, _ = _drawn(1000, 8, is_noise=True)
    parts: Split = split(states)
    assert parts.train.until_us.max() <= parts.split_us < parts.test.moment_us.min()


def test_each_customer_is_tried_once() -> None:
    states, _ = _drawn(1000, 8, is_noise=True)
    tried = split(replace(states, customer=np.arange(1000) // 3)).test.customer
    assert len(tried) == len(set(tried.tolist())) > 50


def test_the_same_states_are_told_the_same() -> None:
    states, _ = _drawn(1500, 9, is_noise=False)
    with on_one_thread():
        assert trials(split(states)) == trials(split(states))


def test_of_few_cases_no_model_claims_to_be_better() -> None:
    states, _ = _drawn(4000, 6, is_noise=False)
    # A feature tells exits without error; of the states to judge by, too few are some.
    place = np.arange(len(states))
    exits = np.where(place < 2800, place % 20 == 0, place % 150 == 0)
    told = np.column_stack([states.told, exits])
    states = replace(states, told=told, outcome=np.where(exits, 1, states.outcome))
    with on_one_thread():
        rows = trials(split(states))
    claims = {row[0]: row[14] for row in rows if row[1] == "model" and row[2] == 0}
    assert claims["converted"] is True
    assert claims["exited"] is False
