"""Journeys against an expected one: 32 alignments made by hand."""

import pytest
from tests.core.bench import Given, ResultOf, SetProject
from tests.core.drawing import cells

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["goal"]
inactivity = "10 days"
[expected]
steps = [
    "a",
    "b",
    { any = "c", rule = "may" },
    { any = ["d", "e"], repeat = true },
    "f",
]
before = { f = "t" }
never = "x"
"""

# Nobody speaks of z. The deviations: `-` skipped, `...` unfinished, `~` wrong order,
# `+` inserted, `!` forbidden. A settled journey lacks at most a, b, d, f and t.
CASES = """
    path              | ending    | cost | worst | deviations
    t a b d f         | converted | 0    | 10    |
    a b c e t f       | converted | 0    | 11    |
    a t b d e d f     | converted | 0    | 12    |
    t a b e t f t z z | converted | 0    | 12    |
    t b d f           | converted | 1    | 9     | -a
    t a c d f         | converted | 1    | 10    | -b
    t a b f           | converted | 1    | 9     | -d
    a b d f           | converted | 1    | 9     | -t
    a b d f t         | converted | 1    | 10    | ~t
    t b a d f         | converted | 2    | 10    | ~b
    t a d b f         | converted | 2    | 10    | ~d
    t a b d c f       | converted | 1    | 11    | ~c
    t a c b d f       | converted | 1    | 11    | ~c
    t a b d e c d f   | converted | 1    | 13    | ~c
    t a a b d f       | converted | 1    | 11    | +a
    t a b b c c d f   | converted | 2    | 13    | +b +c
    t a b d b f       | converted | 1    | 11    | +b
    t a b x d f       | converted | 1    | 11    | !x
    x t a x b d f     | converted | 2    | 12    | !x !x
    t a b c c d f x f | converted | 3    | 14    | +c +f !x
    t a b             | converted | 2    | 8     | -d -f
    f                 | lost      | 4    | 6     | -a -b -d -t
    f d b a t         | lost      | 6    | 10    | ~b ~d ~f
    z                 | lost      | 5    | 5     | ...a ...b ...d ...f ...t
    t a b             | lost      | 2    | 8     | ...d ...f
    x x               | lost      | 7    | 7     | ...a ...b ...d ...f ...t !x !x
    a b x t           | lost      | 3    | 9     | ...d ...f !x
    t a b             | open      | 0    | 3     |
    z                 | open      | 0    | 0     |
    t b               | open      | 1    | 2     | -a
    t a c             | open      | 1    | 3     | -b
    t b a             | open      | 1    | 3     | ~b
    t d e             | open      | 2    | 3     | -a -b
"""
MARKS = {
    "skipped": "-",
    "unfinished": "...",
    "wrong_order": "~",
    "inserted": "+",
    "forbidden": "!",
}
LETTERS = {"d or e": "d", "t before f": "t"}
NUMBER = len(CASES.strip().splitlines()) - 1


@pytest.fixture
def cases() -> list[dict[str, str]]:
    drawn = cells(CASES)
    rows = zip(*drawn.values(), strict=True)
    return [
        {name: value or "" for name, value in zip(drawn, row, strict=True)}
        for row in rows
    ]


@pytest.fixture
def results(
    project: SetProject,
    given: Given,
    result_of: ResultOf,
    cases: list[dict[str, str]],
) -> ResultOf:
    """Return a function that reads tables in which each case is a customer."""
    project(PROJECT)
    events: dict[str, list[object]] = {
        "customer": [],
        "activity": [],
        "occurred_at": [],
    }
    for place, case in enumerate(cases):
        month = 6 if case["ending"] == "open" else 5
        goal = ["goal"] if case["ending"] == "converted" else []
        for minute, activity in enumerate([*case["path"].split(), *goal]):
            events["customer"].append(f"c{place:02}")
            events["activity"].append(activity)
            events["occurred_at"].append(f"2024-{month:02}-29 09:{minute:02}:00Z")
    given(stg_events=events)
    return result_of


def test_every_case_costs_what_it_does_by_hand(
    results: ResultOf, cases: list[dict[str, str]]
) -> None:
    found = results(
        "fct_journey_conformance inner join int_journeys using (journey_id)"
        " inner join int_set_customers using (customer_code)",
        "identifiers, cost, fitness, fct_journey_conformance.deviations = 0",
    )
    assert len(found) == NUMBER == 33
    for case, (_, cost, fitness, is_conforming) in zip(cases, found, strict=True):
        worst = int(case["worst"])
        assert cost == int(case["cost"]), case
        assert fitness == ((worst - cost) / worst if worst else 1), case
        assert is_conforming is (case["deviations"] == ""), case


def test_every_case_deviates_as_it_does_by_hand(
    results: ResultOf, cases: list[dict[str, str]]
) -> None:
    found: dict[object, list[str]] = {}
    for customer, kind, step, deviations in results(
        "int_deviations inner join int_journeys using (journey_code)"
        " inner join int_set_customers using (customer_code)"
        " inner join py_expected_steps using (step_index)",
        "identifiers, kind, step, deviations",
    ):
        told = MARKS[str(kind)] + LETTERS.get(str(step), str(step))
        found.setdefault(customer, []).extend([told] * int(str(deviations)))
    assert {
        f"user_id=c{place:02}": sorted(case["deviations"].split())
        for place, case in enumerate(cases)
        if case["deviations"]
    } == {customer: sorted(told) for customer, told in found.items()}


def test_every_move_that_differs_is_part_of_one_deviation(results: ResultOf) -> None:
    # A step at the wrong place is one event in surplus, and missing if it had to come.
    assert results(
        "int_journey_conformance",
        "sum(cost - skipped - unfinished - inserted - forbidden between wrong_order"
        " and 2 * wrong_order) = count(*)",
    ) == [(True,)]
