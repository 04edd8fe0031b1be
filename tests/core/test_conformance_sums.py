"""Deviations of journeys sum to those of slices and steps, in any order of rows."""

import random
from collections import Counter

import pytest
from tests.core.bench import Bench, Given, ResultOf, SetProject
from tests.core.expected_project import MARTS

from journeymine.warehouse import Row

PROJECT = """
[project]
name = "Test"
as_of = 2024-07-01T00:00:00Z
[journey]
goal = ["f"]
inactivity = "10 days"
[expected]
steps = ["a", { any = "b", within = "1 minute" }, { any = "c", rule = "may" }, "f"]
before = { c = "t" }
never = "x"
others = "inserted"
within = "3 minutes"
[expected.p2]
steps = ["b", { any = "a", repeat = true }]
never = "c"
"""
KINDS = ("skipped", "unfinished", "wrong_order", "inserted", "forbidden", "too_late")
CUSTOMERS = 300


def rows_of_events() -> list[tuple[str, str, str]]:
    rng = random.Random(1)
    rows = []
    for number in range(CUSTOMERS):
        for month in rng.sample((4, 5, 6), rng.randint(1, 3)):
            minute = 0
            for activity in rng.choices("aabbccffxtz", k=rng.randint(1, 7)):
                minute += rng.randint(0, 3)
                at = f"2024-{month:02}-28 09:{minute:02}:00Z"
                rows.append((f"c{number:03}", activity, at))
    return rows


def drawn(rows: list[tuple[str, str, str]]) -> dict[str, list[str]]:
    columns = zip(*rows, strict=True)
    names = ("customer", "activity", "occurred_at")
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


@pytest.fixture
def results(project: SetProject, given: Given, result_of: ResultOf) -> ResultOf:
    project(PROJECT)
    rows = rows_of_events()
    given(
        stg_events={**drawn(rows), "event_id": [f"e{n:05}" for n in range(len(rows))]}
    )
    customers = [code for (code,) in result_of("int_customers", "customer_code")]
    personas = [f"p{1 + int(str(code)) % 2}" for code in customers]
    given(int_personas={"customer_code": customers, "persona": personas})
    return result_of


def test_deviations_of_journeys_sum_to_those_of_every_slice(results: ResultOf) -> None:
    sums = ", ".join(f"sum({kind})" for kind in KINDS)
    (whole,) = results("fct_journey_conformance", f"count(*), {sums}")
    assert all(int(str(count)) > 0 for count in whole)
    for where in ("persona = 'all'", "persona <> 'all'"):
        for segment in ("all", "outcome", "month"):
            assert results(
                "fct_conformance",
                f"sum(journeys), {sums}",
                where=f"{where} and segment = '{segment}'",
            ) == [whole]


def test_deviations_of_steps_sum_to_those_of_their_slice(results: ResultOf) -> None:
    key = "persona, segment, segment_value"
    steps: Counter[Row] = Counter()
    for *cell, deviations in results("fct_deviations", f"{key}, kind, deviations"):
        steps[tuple(cell)] += int(str(deviations))
    slices = results("fct_conformance", f"{key}, {', '.join(KINDS)}, deviations")
    assert slices
    for row in slices:
        slice_, counts, total = row[:3], row[3:-1], row[-1]
        assert counts == tuple(steps[*slice_, kind] for kind in KINDS)
        assert total == sum(int(str(count)) for count in counts)


def test_a_conforming_journey_has_fitness_1_and_none_is_out_of_0_to_1(
    results: ResultOf,
) -> None:
    assert results(
        "fct_journey_conformance",
        "min(fitness) filter (where is_conforming)",
        "min(deviations) filter (where not is_conforming)",
        "min(fitness) >= 0 and max(fitness) = 1",
        "bool_and(fitness < 1 or deviations = too_late)",
    ) == [(1, 1, True, True)]


def test_the_order_of_rows_changes_nothing(
    results: ResultOf, bench: Bench, given: Given
) -> None:
    told = {mart: results(mart, "*") for mart in MARTS}
    personas = results("int_personas", "customer_code, persona")
    rows = [(*row, f"e{n:05}") for n, row in enumerate(rows_of_events())]
    random.Random(2).shuffle(rows)
    columns = zip(*rows, strict=True)
    names = ("customer", "activity", "occurred_at", "event_id")
    given(
        stg_events={name: list(one) for name, one in zip(names, columns, strict=True)},
        int_personas={
            "customer_code": [code for code, _ in personas],
            "persona": [persona for _, persona in personas],
        },
    )
    bench.con.execute("set threads = 2")
    assert {mart: results(mart, "*") for mart in MARTS} == told
