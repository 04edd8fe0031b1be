"""What a customer does first says nothing of an outcome that a coin decides later."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import duckdb
import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from tests.core.bench import Bench

from journeymine.personas.counts import read_batches
from journeymine.personas.scaling import scaling_of, vectors_of
from journeymine.personas.threads import on_one_thread

CUSTOMERS = 10_000
START = datetime(2024, 1, 1, tzinfo=UTC)
BROWSING = ("view", "search", "read", "cart")
Event = tuple[str, str, datetime, float | None]
After = Callable[[random.Random, bool], list[tuple[str, int]]]
"""What follows on a checkout, given the coin: activities, and hours before each."""


def at_once(rng: random.Random, converts: bool) -> list[tuple[str, int]]:
    return [("order", 1)] if converts else []


def days_after(rng: random.Random, converts: bool) -> list[tuple[str, int]]:
    return [("view", 20)] * rng.randint(0, 3) + [("order", 30)] * converts


def droppers_go_on(rng: random.Random, converts: bool) -> list[tuple[str, int]]:
    return [("order", 1)] if converts else [("view", 9), ("help", 9), ("checkout", 9)]


def with_payment(rng: random.Random, converts: bool) -> list[tuple[str, int]]:
    return [("payment", 1), ("order", 1)] if converts else [("search", 12)] * 4


def converters_cancel(rng: random.Random, converts: bool) -> list[tuple[str, int]]:
    return [("order", 1), ("view", 1)] if converts else [("cancel", 1), ("view", 90)]


@pytest.mark.parametrize(
    "after", [at_once, days_after, droppers_go_on, with_payment, converters_cancel]
)
def test_a_coin_after_the_checkout_can_not_be_told_beforehand(
    bench: Bench, after: After
) -> None:
    bench.set_project(
        '[journey]\ngoal = ["order"]\nexits = { cancelled = ["cancel"] }\n'
    )
    assert auc(bench, coin_log(after)) == pytest.approx(0.5, abs=0.02)


def test_watched_up_to_the_goal_alone_it_could_be_told(bench: Bench) -> None:
    bench.set_project('[journey]\ngoal = ["order"]\n[personas]\nuntil = "nothing"')
    assert auc(bench, coin_log(droppers_go_on)) > 0.9


def test_activities_that_are_named_end_the_watch(bench: Bench) -> None:
    bench.set_project('[journey]\ngoal = ["order"]\n[personas]\nuntil = "cart"')
    bench.given(
        stg_events="""
            customer | activity | occurred_at      | is_customer
            ann      | view     | 2024-05-01 09:00 | true
            ann      | cart     | 2024-05-01 09:01 | true
            ann      | pay      | 2024-05-01 09:02 | true
            ann      | order    | 2024-05-01 09:03 | true
        """,
    )
    assert bench.result_of(
        "int_customer_features", "feature, count_value", where="family = 'activity'"
    ) == [("view", 1)]


def coin_log(after: After) -> list[Event]:
    """Return events of customers of different habits, all of whom check out."""
    rng, events = random.Random(7), []
    for number in range(CUSTOMERS):
        who, converts = f"c{number}", rng.random() < 0.5
        time = START + timedelta(minutes=rng.randrange(60 * 24 * 60))
        habit = rng.choices(BROWSING[:3], k=2)
        for _ in range(rng.randint(1, 6)):
            events.append((who, rng.choice(habit), time, rng.choice([None, 9.5])))
            time += timedelta(minutes=rng.choice([1, 5, 60, 2000]))
        for activity in ("cart", "checkout"):
            events.append((who, activity, time, None))
            time += timedelta(minutes=rng.randint(1, 9))
        for activity, hours in after(rng, converts):
            time += timedelta(hours=hours, minutes=rng.randrange(30))
            events.append((who, activity, time, None))
    return events


def auc(bench: Bench, events: list[Event]) -> float:
    """Return how well a classifier tells from the features who converts."""
    names = ("customer", "activity", "occurred_at", "amount")
    columns = dict(zip(names, map(list, zip(*events, strict=True)), strict=True))
    bench.given(stg_events=columns | {"event_id": list(map(str, range(len(events))))})
    bench.build("int_features")
    (counts,) = read_batches(bench.con)
    vectors = vectors_of(counts, scaling_of(counts))
    assert len(vectors) == CUSTOMERS
    assert vectors.std(axis=0).max() > 0.2
    converted = np.isin(counts.customer_codes, converters(bench.con))
    model = HistGradientBoostingClassifier(max_iter=40, random_state=0)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    with on_one_thread():  # threads that wait for each other cost more than they bring
        chances = cross_val_predict(
            model, vectors, converted, cv=folds, method="predict_proba"
        )
    return float(roc_auc_score(converted, chances[:, 1]))


def converters(con: duckdb.DuckDBPyConnection) -> list[int]:
    found = con.execute(
        """
        select distinct customer_code
        from int_event_log
        inner join int_activities
            on int_event_log.activity_code = int_activities.activity_code
        where is_goal
        """
    ).fetchall()
    return [code for (code,) in found]
