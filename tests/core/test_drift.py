"""Where a process changes: the rules of what is looked at, and what is found."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.drifting import drift_of, stationary, stepped

from journeymine.comparing.drift import bin_days
from journeymine.comparing.segments import add_likelihoods, best_cuts

Counts = NDArray[np.int64]


def likelihood(cases: Counts, trials: Counts) -> float:
    """Return the greatest log-likelihood of one share for all of these bins."""
    k, n = int(cases.sum()), int(trials.sum())
    return sum(float(count * np.log(count / n)) for count in (k, n - k) if count and n)


def cut(values: Counts, places: tuple[int, ...]) -> Iterator[Counts]:
    yield from np.split(values, places)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_cuts_are_the_best_of_all(seed: int) -> None:
    rng = np.random.default_rng(seed)
    trials = rng.integers(0, 12, 8)
    cases = rng.binomial(trials, rng.choice([0.1, 0.6], 8))
    found = np.zeros((9, 9))
    counts = np.stack([cases, trials - cases, trials], axis=1)
    add_likelihoods(counts, np.array([1.0, 1.0, -1.0]), found)
    gains, places = best_cuts(found, 3)
    for cuts in range(4):
        told = {
            where: sum(map(likelihood, cut(cases, where), cut(trials, where)))
            for where in combinations(range(1, 8), cuts)
        }
        best = max(told.values())
        none = likelihood(cases, trials)
        assert gains[cuts] == pytest.approx(2 * (best - none), abs=1e-9)
        where: list[int] = []
        last = 8
        for left in range(cuts, 0, -1):
            last = int(places[left, last])
            where.insert(0, last)
        assert told[tuple(where)] == pytest.approx(best)


def test_a_journey_counts_once_a_day_at_an_activity_by_what_came_first(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[drift]\nwithin = "2 hours"')
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-05-01 09:00
            ann      | cart     | 2024-05-01 09:10
            ann      | view     | 2024-05-01 09:20
            ann      | help     | 2024-05-01 09:30
            ann      | view     | 2024-05-02 09:00
            ann      | cart     | 2024-05-02 11:01
        """,
    )
    codes = ("activity_code", "next_activity_code")
    names = {0: "-", 1: "cart", 2: "help", 3: "view"}
    found = result_of("int_drift_trials", "day::varchar", *codes)
    assert [(day, names[one], names[other]) for day, one, other in found] == [  # type: ignore[index]
        ("2024-05-01", "-", "view"),
        ("2024-05-01", "cart", "view"),
        ("2024-05-01", "help", "-"),
        ("2024-05-01", "view", "cart"),
        ("2024-05-02", "cart", "-"),
        ("2024-05-02", "view", "-"),  # it took longer than two hours
    ]


def test_what_may_still_be_followed_is_not_looked_at(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(
        """
        [project]
        name = "Test"
        as_of = 2024-07-01T00:00:00Z
        timezone = "Europe/Berlin"
        [drift]
        """
    )
    given(
        stg_events="""
            customer | activity | occurred_at
            ann      | view     | 2024-06-29 23:00
            ann      | cart     | 2024-06-30 00:01
        """,
    )
    assert result_of("int_drift_trials", "day::varchar, next_activity_code") == [
        ("2024-06-30", 1),
        ("2024-06-30", 2),
    ]


def test_drift_is_looked_for_in_the_slices_that_are_named(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project('[drift]\nby = ["channel", "persona"]')
    given(
        stg_events="""
            customer | activity | occurred_at      | channel
            ann      | view     | 2024-05-01 09:00 | web
            bob      | view     | 2024-05-01 09:00 | app
        """,
    )
    assert result_of(
        "int_drift_slices", "distinct persona, segment, segment_value"
    ) == [
        ("all", "all", "all"),
        ("all", "channel", "app"),
        ("all", "channel", "web"),
        ("none", "all", "all"),
    ]


@pytest.mark.parametrize(
    ("days", "told", "length"),
    [(28, "auto", 1), (29, "auto", 7), (28, "week", 7), (60, "day", 1), (61, "day", 2)],
)
def test_bins_are_days_or_weeks_and_not_too_many(
    days: int, told: str, length: int
) -> None:
    assert bin_days(days, told) == length


def test_no_drift_is_found_where_nothing_changes(bench: Bench) -> None:
    found = [seed for seed in range(10) if drift_of(bench, stationary(seed, 700))]
    assert found == []


def test_customers_who_come_in_sprees_are_no_drift(bench: Bench) -> None:
    logs = (stationary(seed, 300, kind="sprees") for seed in range(3))
    assert [drift_of(bench, log) for log in logs] == [[], [], []]


def test_a_step_from_20_to_30_per_cent_is_found_and_dated(bench: Bench) -> None:
    places = []
    for seed in range(10):
        found = [row for row in drift_of(bench, stepped(seed)) if row[:2] == (1, 2)]
        assert len(found) == 1
        places.append(int(str(found[0][2])))
    is_near = [abs(place - 70) <= 7 for place in places]
    assert sum(is_near) >= 9


def test_a_change_is_told_with_its_days_and_rates(
    project: SetProject, given: Given, bench: Bench
) -> None:
    project("[drift]")
    # From the eleventh of May on, payments fail.
    rows = [
        (f"c{day}x{number}", activity, f"2024-05-{day:02} 09:{minute}")
        for day in range(1, 21)
        for number in range(30)
        for minute, activity in (
            (10, "pay"),
            (20, "failed" if number < (3 if day < 11 else 24) else "done"),
        )
    ]
    names = ("customer", "activity", "occurred_at")
    columns = map(list, zip(*rows, strict=True))
    given(stg_events=dict(zip(names, columns, strict=True)))
    found = bench.result_of(
        "fct_drift",
        "scope, from_activity, to_activity, changed_on::varchar",
        "earliest_on::varchar, latest_on::varchar",
        "journeys_before, journeys_after, rate_before, rate_after",
        "finding",
    )
    days = ("2024-05-11",) * 3
    ways = ((300, 300, 0.9, 0.2, "done"), (300, 300, 0.1, 0.8, "failed"))
    assert found == [
        (
            "process",
            "all",
            "all",
            *days,
            *[None] * 4,
            "The process changed on 2024-05-11",
        ),
        *(
            (
                *("transition", "pay", to, *days, n, other_n, before, after),
                f"pay is followed by {to}: {100 * before:.1f} % before 2024-05-11,"
                f" {100 * after:.1f} % since",
            )
            for n, other_n, before, after, to in ways
        ),
    ]
