"""Repeats and noise: no steps of a path, but events of the journey."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError
from tests.core.bench import WHOLE, Bench, Given, ResultOf, SetProject

START = datetime(2024, 5, 1, tzinfo=UTC)
LOG = """
    customer | activity | occurred_at
    ann      | view     | 2024-05-01 09:00
    ann      | view     | 2024-05-01 09:10
    ann      | beat     | 2024-05-01 09:11
    ann      | view     | 2024-05-01 09:20
    ann      | cart     | 2024-05-01 09:30
    ann      | cart     | 2024-05-01 09:31
    ann      | view     | 2024-05-01 09:40
"""
ACTIVITIES = ["view", "beat", "cart", "order", "login"]
JOURNEY = '[journey]\ngoal = ["order"]\n{more}\n[stages]\nretention = ["login"]\n'
BALANCE = """
select
    (
        select sum(events - ends - open_ends - aftermath_events - collapsed)
        from fct_activities
    )
    - (select sum(transitions) from fct_transitions)
"""


@pytest.mark.parametrize(
    ("more", "variant"),
    [
        ("", "view > view > beat > view > cart > cart > view"),
        ('noise = "beat"', "view > view > view > cart > cart > view"),
        ('collapse = ["view"]', "view > beat > view > cart > cart > view"),
        ('collapse = ["view"]\nnoise = "beat"', "view > cart > cart > view"),
        ('collapse = "all"\nnoise = "beat"', "view > cart > view"),
    ],
)
def test_repeats_and_noise_are_no_steps(
    more: str, variant: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(JOURNEY.format(more=more))
    given(stg_events=LOG)
    assert result_of("fct_variants", "variant", where=WHOLE) == [(variant,)]
    steps = variant.count(">") + 1
    assert result_of("fct_journeys", "events, duration_seconds") == [(7, 2400)]
    assert result_of("fct_events", "count(*)", where="is_step") == [(steps,)]
    assert result_of("fct_activities", "sum(collapsed)", where=WHOLE) == [(7 - steps,)]


def test_a_run_of_repeats_is_waited_for_from_its_first_event(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(JOURNEY.format(more='collapse = "all"\nnoise = "beat"'))
    given(stg_events=LOG)
    assert result_of(
        "fct_transitions", "from_activity, to_activity, p50_seconds", where=WHOLE
    ) == [("cart", "view", 600), ("view", "cart", 1800)]


def test_a_journey_of_noise_alone_has_an_empty_path(
    project: SetProject, given: Given, result_of: ResultOf
) -> None:
    project(JOURNEY.format(more='noise = ["view", "beat", "cart"]'))
    given(stg_events=LOG)
    assert result_of("fct_variants", "variant, journeys", where=WHOLE) == [("", 1)]


def test_paths_are_those_of_a_loop_that_skips(bench: Bench) -> None:
    rng = random.Random(3)
    logs = {
        f"c{number:03}": rng.choices(ACTIVITIES, [6, 3, 3, 1, 1], k=rng.randint(1, 20))
        for number in range(300)
    }
    rows = [
        (customer, activity, START + timedelta(minutes=minute))
        for customer, activities in logs.items()
        for minute, activity in enumerate(activities)
    ]
    rng.shuffle(rows)
    bench.set_project(JOURNEY.format(more='collapse = ["view"]\nnoise = ["beat"]'))
    names = ("customer", "activity", "occurred_at")
    bench.given(stg_events=dict(zip(names, zip(*rows, strict=True), strict=True)))
    found = bench.result_of("fct_variants", "variant", "journeys", where=WHOLE)
    truth: dict[str, int] = {}
    for activities in logs.values():
        for path in _paths(activities):
            truth[path] = truth.get(path, 0) + 1
    assert found == sorted(truth.items())
    bench.build("fct_transitions")
    bench.build("fct_activities")
    assert bench.con.execute(BALANCE).fetchall() == [(0,)]


def _paths(activities: list[str]) -> list[str]:
    """Return the paths of one customer's journeys, each up to the goal."""
    journeys: list[list[str]] = []
    is_open = False
    for activity in activities:
        if not journeys or (not is_open and activity != "login"):
            journeys.append([])
            is_open = True
        if is_open:
            journeys[-1].append(activity)
        is_open = is_open and activity != "order"
    return [" > ".join(_steps(journey)) for journey in journeys]


def _steps(journey: list[str]) -> list[str]:
    steps: list[str] = []
    for activity in journey:
        if activity != "beat" and not (steps[-1:] == [activity] == ["view"]):
            steps.append(activity)
    return steps


def test_what_ends_a_journey_is_no_noise(project: SetProject) -> None:
    with pytest.raises(ValidationError, match="'order' ends a journey"):
        project(JOURNEY.format(more='noise = ["order"]'))
