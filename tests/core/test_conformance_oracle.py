"""10,000 random journeys cost what it takes to make them one of those expected."""

import json
import random
from functools import cache

import pytest
from tests.core.bench import Given, ResultOf, SetProject
from tests.core.conformance_brute_force import (
    MOST_FREE,
    MOST_REPEATS,
    Language,
    Meant,
    Step,
)

JOURNEYS = 2500
LONGEST = 6
EXPECTED = {
    "loose": Meant(
        [Step("a", may=True), Step("bc", repeat=True), Step("d", may=True), Step("b")]
    ),
    "before": Meant(
        [Step("a"), Step("b", may=True), Step("c", repeat=True)],
        before={"c": "t", "u": "ab"},
        never="x",
    ),
    "all may": Meant(
        [Step("a", may=True), Step("b", may=True, repeat=True), Step("c", may=True)],
        before={"c": "bt"},
        counts_others=True,
    ),
    "only rules": Meant([], before={"b": "a", "c": "b"}, never="x"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_random_journeys_cost_the_fewest_events_in_and_out(
    name: str, project: SetProject, given: Given, result_of: ResultOf
) -> None:
    meant = EXPECTED[name]
    words = meant.words()
    settled = Language(words, is_open=False)
    still_open = Language(words, is_open=True)

    @cache
    def expected(path: str, is_open: bool) -> tuple[int, int]:
        said = [one for one in path if one in meant.letters or meant.counts_others]
        language = still_open if is_open else settled
        return language.cost("".join(said)), len(said) + language.cost("")

    paths = drawn_paths(meant)
    project(written(meant))
    given(stg_events=events_of(paths))
    found = result_of(
        "fct_journey_conformance inner join int_journeys using (journey_id)"
        " inner join int_set_customers using (customer_code)"
        " inner join int_journey_conformance using (journey_code)",
        "identifiers, int_journeys.outcome = 'in_progress'",
        "int_journey_conformance.cost, worst_cost",
    )
    assert len(found) == JOURNEYS
    for path, (customer, is_open, *costs) in zip(paths, found, strict=True):
        assert tuple(costs) == expected(path, bool(is_open)), (customer, path)


def drawn_paths(meant: Meant) -> list[str]:
    rng = random.Random(meant.letters)
    letters = meant.letters + "xz"
    paths: list[str] = []
    while len(paths) < JOURNEYS:
        path = "".join(rng.choices(letters, k=rng.randint(1, LONGEST)))
        is_free = any(path.count(one) > MOST_FREE for one in meant.free)
        is_repeated = any(
            sum(path.count(one) for one in step.any) > MOST_REPEATS
            for step in meant.steps
        )
        if not (is_free or is_repeated):
            paths.append(path)
    return paths


def written(meant: Meant) -> str:
    steps = [
        f"{{ any = {json.dumps([*step.any])}, repeat = {json.dumps(step.repeat)},"
        f" rule = '{'may' if step.may else 'must'}' }}"
        for step in meant.steps
    ]
    before = [
        f"{late} = {json.dumps([*early])}" for late, early in meant.before.items()
    ]
    return f"""
        [project]
        name = "Test"
        as_of = 2024-07-01T00:00:00Z
        [journey]
        inactivity = "10 days"
        [expected]
        steps = [{", ".join(steps)}]
        before = {{ {", ".join(before)} }}
        never = {json.dumps([*meant.never])}
        others = "{"inserted" if meant.counts_others else "allowed"}"
    """


def events_of(paths: list[str]) -> dict[str, list[object]]:
    """Return the events: every third journey is in progress."""
    events: dict[str, list[object]] = {
        "customer": [],
        "activity": [],
        "occurred_at": [],
    }
    for place, path in enumerate(paths):
        month = 6 if place % 3 == 0 else 5
        for minute, activity in enumerate(path):
            events["customer"].append(f"c{place:05}")
            events["activity"].append(activity)
            events["occurred_at"].append(f"2024-{month:02}-29 09:{minute:02}:00Z")
    return events
