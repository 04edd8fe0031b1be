"""What is learned of who leaves: noise, scores counted plainly, exact reasons."""

from dataclasses import replace
from datetime import UTC, datetime
from math import exp, log, log1p

import numpy as np
import pytest

from journeymine.churn_risk.model import learned
from journeymine.churn_risk.reasons import REASONS, Pace, columns, matrix
from journeymine.churn_risk.states import States
from journeymine.churn_risk.trials import NOT_BETTER, TOO_FEW, split, trials
from journeymine.personas.threads import on_one_thread
from journeymine.prediction.baselines import rates_by
from journeymine.prediction.prefixes import Floats

AS_OF = datetime(2024, 7, 1, tzinfo=UTC)
DAY_US = 86_400_000_000
HORIZON = 30 * DAY_US


@pytest.mark.parametrize("seed", range(5))
def test_of_shuffled_labels_no_claim_is_made(seed: int) -> None:
    states = _drawn(4800, seed)
    shuffled = np.random.default_rng(seed).permutation(states.is_lost)
    with on_one_thread():
        rows = trials(split(replace(states, is_lost=shuffled)))
        real = trials(split(states))
    assert [row[12:14] for row in rows if row[:2] == ("model", 0)] == [
        (False, NOT_BETTER)
    ]
    assert [row[12:14] for row in real if row[:2] == ("model", 0)] == [(True, None)]


def test_scores_are_those_of_a_plain_loop() -> None:
    parts = split(_drawn(3600, 8))
    with on_one_thread():
        rows = {str(row[0]): row for row in trials(parts) if row[1] == 0}
        model = learned(parts.train).risk(parts.test)
    happened = parts.test.is_lost.tolist()
    silences = [
        min(9, 10 * one // HORIZON)
        for one in (*parts.train.silence_us.tolist(), *parts.test.silence_us.tolist())
    ]
    learned_from, told = silences[: len(parts.train)], silences[len(parts.train) :]
    lost = parts.train.is_lost.tolist()
    overall = (sum(lost) + 0.5) / (len(lost) + 1)
    by_silence = {}
    for tenth in range(10):
        those = [one for one, of in zip(lost, learned_from, strict=True) if of == tenth]
        by_silence[tenth] = (sum(those) + 10 * overall) / (len(those) + 10)
    expected = {
        "model": model.tolist(),
        "recency": [by_silence[tenth] for tenth in told],
        "base_rate": [overall] * len(happened),
    }
    for basis, risk in expected.items():
        assert rows[basis][3:8] == pytest.approx(
            (
                len(happened),
                sum(happened),
                sum(risk) / len(risk),
                _counted_auc(risk, happened),
                sum((one - of) ** 2 for one, of in zip(risk, happened, strict=True))
                / len(risk),
            ),
            abs=1e-6,
        )


def _counted_auc(risk: list[float], happened: list[int]) -> float:
    left = [one for one, of in zip(risk, happened, strict=True) if of]
    stayed = [one for one, of in zip(risk, happened, strict=True) if not of]
    wins = sum((one > other) + (one == other) / 2 for one in left for other in stayed)
    return wins / (len(left) * len(stayed))


def test_what_was_not_known_at_the_trial_is_not_learned_from() -> None:
    parts = split(_drawn(3600, 8))
    assert set(parts.test.moment_index) == {1}
    assert parts.train.until_us.max() == parts.test.moment_us.min()
    assert len(set(parts.test.customer_code)) == len(parts.test) > 100


def test_of_few_customers_no_claim_is_made() -> None:
    (row,) = trials(split(_drawn(1800, 8)))
    assert row[:2] == ("model", 0)
    assert row[12:14] == (False, TOO_FEW)


def test_a_contribution_is_the_weight_times_the_deviation_from_the_mean() -> None:
    states = _drawn(800, 3)
    with on_one_thread():
        model = learned(states)
    parts, told = model.contributions(states), model.log_odds(states)
    np.testing.assert_allclose(parts.sum(axis=1), told - told.mean(), atol=1e-9)
    weights = iter(model.weights.tolist())
    for place, (reason, found) in enumerate(columns(states, model.pace).items()):
        assert REASONS[place] == reason
        by_hand: Floats = np.zeros(len(states))
        for column in found:
            by_hand += next(weights) * (column - sum(column.tolist()) / len(states))
        np.testing.assert_allclose(parts[:, place], by_hand, atol=1e-9)


def test_columns_are_worked_out_by_hand() -> None:
    states = _drawn(2, 1)
    states = replace(
        states,
        silence_us=np.array([10, 0]) * DAY_US,
        spell_us=np.array([20, 0]) * DAY_US,
        spell_days=np.array([5, 1]),
        active_days=np.array([9, 1]),
    )
    pace = Pace.of(states)  # five days between four visits, and nothing of the other
    assert pace.gap_days == 5
    assert pace.per_day(states).tolist() == [0.2, 0.2]
    one, other = matrix(states, pace)[:, :5].tolist()
    # Of 30 days 20 are left, for four visits; two were missed.
    assert one == pytest.approx([-log(exp(4) - 1), 2, log1p(10), 0, log(2 / 3)])
    assert other == pytest.approx([-log(exp(6) - 1), 0, 0, 0, 0])


def test_shares_of_groups_are_drawn_to_those_of_all() -> None:
    groups, labels = np.array([0, 0, 0, 1]), np.array([1, 1, 0, 0])
    # Of all (with half a case each) 2.5 of 5; ten such beside the three and the one.
    assert rates_by(groups, labels, (3, 2))[:, 1].tolist() == pytest.approx(
        [7 / 13, 5 / 11, 0.5]
    )


def _drawn(rows: int, seed: int) -> States:
    """States of twelve moments; who leaves depends on its silence and its visits."""
    chance = np.random.default_rng(seed)
    moment = np.sort(chance.integers(1, 13, rows))[::-1]
    silence = chance.integers(0, HORIZON, rows)
    recent = chance.integers(1, 9, rows)
    log_odds = 4 * silence / HORIZON - 0.5 * recent
    moment_us = AS_OF.timestamp() * 10**6 - HORIZON - (moment - 1) * HORIZON / 4
    counts = {
        name: chance.integers(0, 4, rows)
        for name in (
            "former_days",
            "conversions",
            "recent_support",
            "recent_exits",
            "recent_messages",
            "returns",
        )
    }
    return States(
        customer_code=np.arange(rows),
        moment_index=moment,
        moment_us=moment_us.astype(np.int64),
        until_us=moment_us.astype(np.int64) + HORIZON,
        is_lost=(chance.random(rows) < 1 / (1 + np.exp(-log_odds))).astype(np.int64),
        silence_us=silence,
        spell_us=chance.integers(0, HORIZON, rows),
        spell_days=recent + 1,
        tenure_us=chance.integers(HORIZON, 2 * HORIZON, rows),
        active_days=recent + 2,
        recent_days=recent,
        conversion_us=chance.integers(0, HORIZON, rows),
        **counts,
    )
